// Resources of other versions of FHIR, as far as they can be told from R4 by what they are called and how they are
// built. The differences are those of hl7.org/fhir/R4/diff.html and hl7.org/fhir/R5/diff.html in what is read here.
#ifndef BEDSIDE_SERVICES_FHIR_FHIR_VERSION_H_
#define BEDSIDE_SERVICES_FHIR_FHIR_VERSION_H_

#include "services/fhir/fhir_element.h"

namespace bedside {

// Notes a fault where `resource` is of DSTU2, STU3 or R5, or of an unknown version that it names itself.
void CheckIsR4(const FhirElement& resource, absl::string_view type);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_FHIR_VERSION_H_
