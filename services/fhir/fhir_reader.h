// Reads what FHIR R4 says of one patient into a v1::PatientContext, which holds nothing that says who the patient is:
// dates become ages, references are followed and forgotten, and of texts nothing is kept but names of drugs and
// allergens. Which elements are read: docs/patient.md.
//
// Errors are INVALID_ARGUMENT and say where ("Bundle.entry[12].resource.valueQuantity.value"), what was wanted and the
// type that was got, never what stands there: what is malformed, too large, nested too deep, of another type than FHIR
// R4 has, of another version of FHIR, or of two patients. What is merely not of use is counted in
// PatientReading.ignored.
//
// Thread-safe. Some 6 ms a megabyte.
#ifndef BEDSIDE_SERVICES_FHIR_FHIR_READER_H_
#define BEDSIDE_SERVICES_FHIR_FHIR_READER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "services/patient/patient_summary.h"

namespace bedside {

// A Bundle, or one resource, as JSON. `now`: what ages are counted from.
absl::StatusOr<PatientReading> ReadFhir(absl::string_view text, absl::Time now);

// A `prefetch` of CDS Hooks as JSON: an object of resources and Bundles by its keys; null where the client had none.
absl::StatusOr<PatientReading> ReadPrefetch(absl::string_view text, absl::Time now);

// The same, of JSON that was parsed already. REQUIRES: `prefetch` is an object
absl::StatusOr<PatientReading> ReadParsedPrefetch(const nlohmann::json& prefetch, absl::Time now);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_FHIR_READER_H_
