// A patient's record for a language model, as far as it is used.
#ifndef BEDSIDE_SERVICES_PATIENT_PATIENT_LINES_H_
#define BEDSIDE_SERVICES_PATIENT_PATIENT_LINES_H_

#include <string>

#include "services/patient/patient_summary.h"

namespace bedside {

// One kind a line, at most 20 of each, values with their age; without the facts (FactLines in
// services/answer/patient.h has them) and what is too old. Empty where there is nothing.
std::string RecordLines(const PatientSummary& summary);

// "eGFR 28 mL/min/1.73 m2", "creatinine 1.9 mg/dL".
std::string ValueText(const KnownValue& value);

// "penicillin V, high criticality".
std::string AllergyText(const v1::PatientAllergy& allergy);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_PATIENT_LINES_H_
