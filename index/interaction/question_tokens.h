// Late interaction of a question with a passage: for each token of the question the token of the passage that is
// closest to it (Khattab and Zaharia, ColBERT, SIGIR 2020, MaxSim), from token vectors of the embedder as it is.
//
// A value of the question is one of 16 levels (level_tables.h), a value of the passage one bit. Immutable, thread-safe.
#ifndef BEDSIDE_INDEX_INTERACTION_QUESTION_TOKENS_H_
#define BEDSIDE_INDEX_INTERACTION_QUESTION_TOKENS_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/interaction/level_tables.h"
#include "index/interaction/token_rotation.h"

namespace bedside {

// How closely a passage answers the tokens of a question, each token by a cosine that is estimated.
struct Interaction {
  // Mean over all tokens.
  double mean = 0;
  // Mean of the kWeakest tokens that are answered worst: low when the passage passes over a part of the question.
  double weakest = 0;
};

class QuestionTokens {
 public:
  static constexpr size_t kWeakest = 3;

  // Tokens that are looked at, the first; few questions have more, and each costs time with every passage.
  static constexpr size_t kMostTokens = 64;

  // Of no token.
  QuestionTokens() = default;

  // `tokens`: vectors of the rotation's dimension, one after another, of any length. One without direction, of length 0
  // or of none that is finite, is close to nothing.
  // REQUIRES: tokens.size() is a multiple of the dimension
  QuestionTokens(absl::Span<const float> tokens, const TokenRotation& rotation);

  bool empty() const { return scales_.empty(); }
  size_t tokens() const { return scales_.size(); }
  size_t dimension() const { return dimension_; }

  // With a passage of these codes (token_codes.h). Zeros when either has no token. Cost: about 5 us for 20 tokens and
  // 100 of the passage.
  // REQUIRES: codes.size() is a multiple of CodeBytes(dimension())
  Interaction With(absl::string_view codes) const;

 private:
  void Add(absl::Span<const float> rotated);

  size_t dimension_ = 0;
  // Of each token: what a step of its levels is worth in a cosine.
  std::vector<double> scales_;
  LevelTables levels_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_QUESTION_TOKENS_H_
