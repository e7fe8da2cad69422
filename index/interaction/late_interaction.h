// Late interaction of a question with passages: for each token of the question the token of the passage that is closest
// to it (Khattab and Zaharia, ColBERT, SIGIR 2020, MaxSim), from token vectors of the embedder as it is.
//
// Made for one search: it holds 1.5 KB a token of the question at 384 values. Immutable, thread-safe.
#ifndef BEDSIDE_INDEX_INTERACTION_LATE_INTERACTION_H_
#define BEDSIDE_INDEX_INTERACTION_LATE_INTERACTION_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/interaction/level_tables.h"
#include "index/interaction/question_tokens.h"

namespace bedside {

// How closely a passage answers the tokens of a question, each token by a cosine that is estimated.
struct Interaction {
  // Mean over all tokens.
  double mean = 0;
  // Mean of the kWeakest tokens that are answered worst: low when the passage passes over a part of the question.
  double weakest = 0;
};

class LateInteraction {
 public:
  static constexpr size_t kWeakest = 3;

  // `question` must outlive it. Cost: about 1 us a token.
  explicit LateInteraction(const QuestionTokens& question);

  // With a passage of these codes (token_codes.h). Zeros when either has no token. Cost: about 5 us for 20 tokens and
  // 100 of the passage.
  // REQUIRES: codes.size() is a multiple of CodeBytes(question.dimension())
  Interaction With(absl::string_view codes) const;

 private:
  // Of each token of the question with the token of the passage that is closest to it.
  std::vector<double> Cosines(absl::string_view codes) const;

  const QuestionTokens* question_;
  LevelTables levels_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_LATE_INTERACTION_H_
