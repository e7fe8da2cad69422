// Errors that make a true sentence untrue, as a language model makes them: what a check of claims must catch.
#ifndef BEDSIDE_TOOLS_EVAL_CLAIM_MUTATION_H_
#define BEDSIDE_TOOLS_EVAL_CLAIM_MUTATION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/hash/split_mix.h"

namespace bedside {

enum class ClaimMutation {
  // Another value.
  kNumberChanged,
  // Two different numbers of the sentence in each other's place.
  kNumbersExchanged,
  // Of a sentence with two drugs, a number with its unit moves behind the other one, or the two change places.
  kDoseMoved,
  // "mg" to "g", "hours" to "days".
  kUnitChanged,
  // "not" behind the first "is", "should", ...
  kNegationAdded,
  // "not", "no", "without", "cannot" is taken out.
  kNegationRemoved,
  // One drug becomes another.
  kDrugSwapped,
  // A word becomes its opposite.
  kDirectionReversed,
};

constexpr ClaimMutation kClaimMutations[] = {ClaimMutation::kNumberChanged, ClaimMutation::kNumbersExchanged,
                                             ClaimMutation::kDoseMoved,     ClaimMutation::kUnitChanged,
                                             ClaimMutation::kNegationAdded, ClaimMutation::kNegationRemoved,
                                             ClaimMutation::kDrugSwapped,   ClaimMutation::kDirectionReversed};

absl::string_view NameOf(ClaimMutation mutation);

// `claim` with one such error; unset where it has nothing to make it of. `drugs`: names that a drug may become, in
// small letters, any number. The same `random` gives the same error. The words that are turned round are a list of its
// own, not that of the checker.
absl::optional<std::string> Mutate(absl::string_view claim, ClaimMutation mutation,
                                   const std::vector<std::string>& drugs, SplitMix64* random);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_CLAIM_MUTATION_H_
