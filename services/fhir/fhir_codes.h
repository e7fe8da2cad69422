// Codes of FHIR resources: which of a CodeableConcept's codings is taken, and what statuses mean.
#ifndef BEDSIDE_SERVICES_FHIR_FHIR_CODES_H_
#define BEDSIDE_SERVICES_FHIR_FHIR_CODES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/patient_context.pb.h"
#include "services/fhir/fhir_element.h"

namespace bedside {

// The codings of `codeable` in systems that are known, in their order, with plain displays (clinical_display.h).
std::vector<v1::ClinicalCode> CodesOf(const FhirElement& codeable);

// The first of them with a display, else the first; without system, code and display where there is none.
v1::ClinicalCode CodeOf(const FhirElement& codeable);

// The same of a drug or a substance. Where no coding has a name, the drugs and allergens that its text names
// (substances.h) are taken for it, and nothing else of that text.
v1::ClinicalCode SubstanceOf(const FhirElement& codeable);

// Whether any coding of `codeable` has this code, in whatever system.
bool HasCode(const FhirElement& codeable, std::initializer_list<absl::string_view> codes);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_FHIR_CODES_H_
