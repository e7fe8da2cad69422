// What a word says of somebody who asks a question.
#ifndef BEDSIDE_INDEX_QUERY_ASKER_WORDS_H_
#define BEDSIDE_INDEX_QUERY_ASKER_WORDS_H_

#include "absl/strings/string_view.h"

namespace bedside {

enum class AskerWord {
  // None of these: it may mean something.
  kOther,
  // Without a meaning of its own, also people of whom nothing is said ("someone"), places, times and habits of every
  // day.
  kFunction,
  // Asking, greeting, thanking.
  kAsking,
  // Somebody who is not the patient: a relation or acquaintance, also "step", "great" and the like before one.
  kRelation,
  // What somebody does for a living. It may have bearing where they are the patient.
  kOccupation,
  // A man or woman who may be the patient.
  kPerson,
  kInsurance,
  // Sex, ethnicity, nationality, religion.
  kGroup,
  // After which a name follows.
  kTitle,
};

// `word`: as SurfaceWords has it. Words that are also of medicine ("driver" of a mutation) have the kind that they have
// of people: the caller looks at what stands beside them. A word that is drawn out, "pleaaase", has the kind of the
// plain one. Constant time. Thread-safe.
AskerWord KindOfAskerWord(absl::string_view word);

// Whether two words, one behind the other, ask or plead though each alone says something else: "any idea", "real talk".
// Thread-safe.
bool AskTogether(absl::string_view word, absl::string_view next);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ASKER_WORDS_H_
