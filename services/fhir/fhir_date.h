// Dates of FHIR: YYYY, YYYY-MM, YYYY-MM-DD, or that with a time behind it (hl7.org/fhir/R4/datatypes.html#dateTime).
#ifndef BEDSIDE_SERVICES_FHIR_FHIR_DATE_H_
#define BEDSIDE_SERVICES_FHIR_FHIR_DATE_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"

namespace bedside {

// The day, without regard to the zone; the first one of a month or year that is given alone. Unset: no such date.
absl::optional<absl::CivilDay> ParseFhirDate(absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_FHIR_DATE_H_
