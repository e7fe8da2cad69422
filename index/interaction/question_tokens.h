// Token vectors of a question, as they are compared with the codes of passages (late_interaction.h): after the rotation
// of the codes, at one of 16 levels a value, which is half a byte.
//
// Immutable, thread-safe. 200 bytes a token at 384 values.
#ifndef BEDSIDE_INDEX_INTERACTION_QUESTION_TOKENS_H_
#define BEDSIDE_INDEX_INTERACTION_QUESTION_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "index/interaction/level_tables.h"
#include "index/interaction/token_rotation.h"

namespace bedside {

class QuestionTokens {
 public:
  static constexpr size_t kMostDimension = LevelTables::kMostValues;

  // Tokens that are looked at, the first; few questions have more, and each costs time with every passage.
  static constexpr size_t kMostTokens = 64;

  // Of no token.
  QuestionTokens() = default;

  // `tokens`: vectors of the rotation's dimension, one after another, of any length. One without direction, of length 0
  // or of none that is finite, is close to nothing.
  // REQUIRES: tokens.size() is a multiple of the dimension, which is at most kMostDimension
  QuestionTokens(absl::Span<const float> tokens, const TokenRotation& rotation);

  bool empty() const { return scales_.empty(); }
  size_t tokens() const { return scales_.size(); }
  size_t dimension() const { return dimension_; }

  // What half of the step from one level to the next is worth in a cosine with a code.
  // REQUIRES: token < tokens()
  double scale(size_t token) const { return scales_[token]; }

  // As LevelTables::Add takes them; those behind the dimension are 0.
  // REQUIRES: token < tokens()
  absl::Span<const uint8_t> levels(size_t token) const;

 private:
  void Add(absl::Span<const float> rotated);

  size_t dimension_ = 0;
  std::vector<double> scales_;
  std::vector<uint8_t> levels_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_QUESTION_TOKENS_H_
