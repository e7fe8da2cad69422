// Why there is no answer, in words for a clinician.
#ifndef BEDSIDE_SERVICES_ANSWER_ABSTENTION_H_
#define BEDSIDE_SERVICES_ANSWER_ABSTENTION_H_

#include "proto/bedside/v1/answer.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "services/answer/evidence_filter.h"

namespace bedside {

// A word of the question may be one drug or another. Repeats that word only.
v1::Abstention NameNotClear(const v1::Ambiguity& ambiguity);

// Nothing of what was found can be answered from. `filtered.sound()` is empty.
v1::Abstention NothingToAnswerFrom(const FilteredEvidence& filtered);

// The passages bear on the question, but none names what it is about, or whom.
v1::Abstention SubjectNotNamed();

// The passages bear on the question, but state no finding.
v1::Abstention NoFindingStated();

// The language model read the passages and found no answer in them.
v1::Abstention ModelFoundNoAnswer();

// The question is not in English.
v1::Abstention LanguageNotSupported();

// The question names nothing of medicine, and nothing that was found bears on it.
v1::Abstention NotAboutMedicine();

// The language model failed, and the passages that were found state nothing that can be quoted.
v1::Abstention NoGeneratorNorFinding();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ABSTENTION_H_
