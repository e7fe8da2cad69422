// Whether an answer is for the patient that the question is about. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_PATIENT_CHECK_H_
#define BEDSIDE_SERVICES_ANSWER_PATIENT_CHECK_H_

#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Adds to `basis`, each with a warning, where what `answer` cites is about other people than the patient
// (population_check.h) and what is to be thought of beside it (patient_cautions.h), and warnings of what decides the
// first and is not known (missing_facts.h), these only where facts were told or the question is about one patient.
void CheckPatient(const EvidenceQuestion& question, const v1::AnswerText& answer,
                  const std::vector<EvidencePassage>& evidence, v1::Basis* basis);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PATIENT_CHECK_H_
