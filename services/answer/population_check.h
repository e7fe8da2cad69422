// Whether cited evidence speaks of other people than the patient: of another age or sex, of pregnancy or breast-feeding
// where there is none, of another renal function. Where the patient or the evidence says nothing, nothing is said.
// English, by words and MeSH headings. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_POPULATION_CHECK_H_
#define BEDSIDE_SERVICES_ANSWER_POPULATION_CHECK_H_

#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "proto/bedside/v1/patient_facts.pb.h"
#include "services/answer/evidence_source.h"
#include "services/answer/patient.h"

namespace bedside {

// Of each aspect, what stands closest to the claim decides whom the evidence is about: the cited bytes, else headings
// and what stands above lists and tables, else the title, else the MeSH headings of the document. A claim that names
// pregnancy, breastfeeding or a kidney disease further on than in its first words may name one case among others, so
// that nothing is said. At most one a piece of evidence and aspect, in the order of their first citations. Citations
// outside `evidence` are passed over.
std::vector<v1::PopulationMismatch> FindMismatches(const Patient& patient, const v1::AnswerText& answer,
                                                   const std::vector<EvidencePassage>& evidence);

// OTHER_POPULATION; says what the patient is, so it is not to be kept.
v1::AnswerWarning MismatchWarning(const v1::PopulationMismatch& mismatch);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_POPULATION_CHECK_H_
