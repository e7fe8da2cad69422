// Whether a question tells of an emergency that is happening now: "patient is in cardiac arrest now". English, by words
// and conservative: somebody who is there ("my patient", "she", "a 4-year-old") is said to be in danger, or a danger is
// said to be there now. What is asked in general ("when a patient is in cardiac arrest", "adrenaline in anaphylaxis")
// is none. No question of bioasq-dev, MedQuAD or PubMedQA-L is taken for one. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_EMERGENCY_H_
#define BEDSIDE_SERVICES_ANSWER_EMERGENCY_H_

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

// Some microseconds. REQUIRES: IsValidUtf8(question)
bool TellsOfEmergency(absl::string_view question);

// TIME_CRITICAL, with what to do first. Repeats nothing of the question.
v1::AnswerWarning EmergencyWarning();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_EMERGENCY_H_
