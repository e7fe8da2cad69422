// What a word that nobody knows was meant to be: words of the corpus that one typing error, or in long words two, turn
// into it. Only the caller knows whether a word is unknown; this class never looks at known ones.
//
// A mistaken drug is worse than none. Where a candidate looks like the name of a drug (drug_names.h), only one error is
// forgiven and never in the first letter; and where two drugs are as close, none is chosen.
//
// Immutable, thread-safe. Cost: a scan of the words with the same first letter, by the set of their letters first;
// about 0.2 ms at 500,000 words.
#ifndef BEDSIDE_INDEX_QUERY_SPELLING_CORRECTOR_H_
#define BEDSIDE_INDEX_QUERY_SPELLING_CORRECTOR_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/query/word_table.h"

namespace bedside {

// At most one of the two is not empty.
struct SpellingGuess {
  // The word that was meant.
  std::string word;
  // Names between which there is no telling, at least one, at most kMaxNames: the likeliest first.
  std::vector<std::string> names;
};

class SpellingCorrector {
 public:
  // A shorter word is never judged: too many others are as close.
  static constexpr size_t kMinLetters = 5;
  // From this length on, two errors are forgiven.
  static constexpr size_t kTwoErrorLetters = 8;
  static constexpr size_t kMaxNames = 4;

  // `words` must outlive the corrector.
  explicit SpellingCorrector(const WordTable* words) : words_(words) {}

  // Empty where nothing is close. REQUIRES: `word` is folded; what is not kMinLetters to WordTable::kMaxLetters letters
  // a to z gets an empty guess.
  SpellingGuess Guess(absl::string_view word) const;

 private:
  struct Candidate {
    size_t index;
    size_t distance;
    double likelihood;
    bool is_drug;
  };

  std::vector<Candidate> CandidatesFor(absl::string_view word) const;
  void AddWithFirstLetter(absl::string_view word, size_t most, std::vector<Candidate>* candidates) const;
  void AddWithOtherFirstLetter(absl::string_view word, std::vector<Candidate>* candidates) const;
  Candidate CandidateOf(size_t index, size_t distance) const;
  std::vector<std::string> DrugsAmong(const std::vector<Candidate>& candidates) const;

  const WordTable* words_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_SPELLING_CORRECTOR_H_
