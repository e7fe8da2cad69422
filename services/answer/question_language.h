// Whether a question is in English, the language that the models, the word lists and the checks of this service read.
//
// By letters: one that is mostly in another script than the Latin is not. And by the commonest words of Spanish,
// French, German, Italian, Portuguese, Dutch, Danish, Swedish and Polish: one with at least two of one of these
// languages, and more of them than of English, is not; "de novo", "van der Woude" and other names tell nothing by
// themselves. A question without such words, as the name of a drug alone, passes. No question of bioasq-dev, MedQuAD or
// PubMedQA-L is taken for another language. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_QUESTION_LANGUAGE_H_
#define BEDSIDE_SERVICES_ANSWER_QUESTION_LANGUAGE_H_

#include "absl/strings/string_view.h"

namespace bedside {

// REQUIRES: IsValidUtf8(question)
bool MayBeEnglish(absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_QUESTION_LANGUAGE_H_
