// What must be thought of of a patient beside cited evidence on drugs: allergies to what it names or to others of the
// class, and the renal function where it doses by that, or says nothing of it though it is reduced. Facts that only the
// question says are not repeated. English, by names and words. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_PATIENT_CAUTIONS_H_
#define BEDSIDE_SERVICES_ANSWER_PATIENT_CAUTIONS_H_

#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "proto/bedside/v1/patient_context.pb.h"
#include "services/answer/evidence_source.h"
#include "services/patient/patient_summary.h"

namespace bedside {

// Allergies first. A piece of evidence is on the drugs that its cited bytes name, else its headings, else its title.
// Citations outside `evidence` are passed over.
std::vector<v1::PatientCaution> FindCautions(const PatientSummary& patient, const v1::AnswerText& answer,
                                             const std::vector<EvidencePassage>& evidence);

// PATIENT_CAUTION; says what the patient has, so it is not to be kept.
v1::AnswerWarning CautionWarning(const v1::PatientCaution& caution);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PATIENT_CAUTIONS_H_
