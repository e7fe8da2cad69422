// Words of which one turns round what the other says: "increase" and "decrease", "effective" and "ineffective",
// "hypertension" and "hypotension". English. Thread-safe.
#ifndef BEDSIDE_SERVICES_GROUNDING_OPPOSITES_H_
#define BEDSIDE_SERVICES_GROUNDING_OPPOSITES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

// A side of a pair of opposites; two words are opposed where their pairs are equal and their sides are not.
struct Side {
  uint64_t pair;
  bool first;
};

// Unset: the word has no opposite here. `word`: ASCII letters in lower case; `stem`: its WordStem.
absl::optional<Side> SideOf(absl::string_view word, const std::string& stem);
absl::optional<Side> SideOf(absl::string_view word);

// "not", "no", "without", "cannot", "didn't": turns round the clause in which it stands.
bool IsNegation(absl::string_view word);

// A negation, or a word that denies or forbids by itself: "failed", "lack", "avoid", "unlikely", "ineffective".
bool Denies(absl::string_view word);

// For tests and for making errors: lists of words that are interchangeable; each two are opposed. In lower case.
struct OppositeWords {
  std::vector<absl::string_view> first;
  std::vector<absl::string_view> second;
};
const std::vector<OppositeWords>& Opposites();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_OPPOSITES_H_
