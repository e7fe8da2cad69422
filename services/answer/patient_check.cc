#include "services/answer/patient_check.h"

#include <utility>

#include "services/answer/missing_facts.h"
#include "services/answer/patient.h"
#include "services/answer/patient_cautions.h"
#include "services/answer/population_check.h"

namespace bedside {

void CheckPatient(const EvidenceQuestion& question, const v1::AnswerText& answer,
                  const std::vector<EvidencePassage>& evidence, v1::Basis* basis) {
  const Patient patient = PatientOf(question.patient.facts, question.question);
  for (v1::PopulationMismatch& mismatch : FindMismatches(patient, answer, evidence)) {
    *basis->add_warnings() = MismatchWarning(mismatch);
    *basis->add_population_mismatches() = std::move(mismatch);
  }
  if (question.patient.facts.ByteSizeLong() > 0 || IsAboutOnePatient(question.question)) {
    for (v1::AnswerWarning& warning : MissingFactWarnings(patient, answer, evidence)) {
      *basis->add_warnings() = std::move(warning);
    }
  }
  for (v1::PatientCaution& caution : FindCautions(question.patient, answer, evidence)) {
    *basis->add_warnings() = CautionWarning(caution);
    *basis->add_patient_cautions() = std::move(caution);
  }
}

}  // namespace bedside
