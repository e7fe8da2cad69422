// Facts of a patient that decide whether cited evidence is for them, and that nobody told. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_MISSING_FACTS_H_
#define BEDSIDE_SERVICES_ANSWER_MISSING_FACTS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"
#include "services/answer/patient.h"

namespace bedside {

// Whether a question is about one patient ("my patient", "this patient", "she"), and not about patients. English, by
// words. REQUIRES: IsValidUtf8(question)
bool IsAboutOnePatient(absl::string_view question);

// A warning PATIENT_DATA_MISSING for each of renal function, pregnancy, breastfeeding, age and sex that cited evidence
// is limited to (evidence_places.h, renal_limit.h) and that is not known of the patient; it names the evidence, and
// nothing of the patient. Citations outside `evidence` are passed over.
std::vector<v1::AnswerWarning> MissingFactWarnings(const Patient& patient, const v1::AnswerText& answer,
                                                   const std::vector<EvidencePassage>& evidence);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_MISSING_FACTS_H_
