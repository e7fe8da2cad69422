#include "index/interaction/question_tokens.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "index/interaction/token_codes.h"

namespace bedside {
namespace {

constexpr int kTop = LevelTables::kTopLevel;

// Bytes of the levels of a token: four bits for each of a code.
size_t LevelBytes(size_t dimension) { return 4 * CodeBytes(dimension); }

double Length(absl::Span<const float> vector) {
  return std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
}

float LargestMagnitude(absl::Span<const float> vector) {
  float largest = 0;
  for (float value : vector) largest = std::max(largest, std::abs(value));
  return largest;
}

}  // namespace

QuestionTokens::QuestionTokens(absl::Span<const float> tokens, const TokenRotation& rotation)
    : dimension_(rotation.dimension()) {
  tokens = tokens.first(std::min(tokens.size(), kMostTokens * dimension_));
  levels_.reserve(tokens.size() / dimension_ * LevelBytes(dimension_));
  for (size_t begin = 0; begin < tokens.size(); begin += dimension_) {
    Add(rotation.Apply(tokens.subspan(begin, dimension_)));
  }
}

// A code c of +1 and -1 stands for the unit vector c / sqrt(dimension), and level l for the value
// largest * (2 l - kTop) / kTop.
void QuestionTokens::Add(absl::Span<const float> rotated) {
  const float largest = LargestMagnitude(rotated);
  const double length = Length(rotated);
  // A vector of no finite length may hold what is no number.
  const bool has_direction = std::isfinite(length) && length > 0;
  scales_.push_back(has_direction ? largest / (kTop * length * std::sqrt(static_cast<double>(dimension_))) : 0);
  const size_t begin = levels_.size();
  levels_.resize(begin + LevelBytes(dimension_));
  for (size_t i = 0; i < dimension_ && has_direction; ++i) {
    const auto level = static_cast<uint8_t>(std::lround((rotated[i] / largest + 1) / 2 * kTop));
    levels_[begin + i / 2] |= static_cast<uint8_t>(level << (i % 2 * 4));
  }
}

absl::Span<const uint8_t> QuestionTokens::levels(size_t token) const {
  const size_t bytes = LevelBytes(dimension_);
  return absl::MakeConstSpan(levels_).subspan(token * bytes, bytes);
}

}  // namespace bedside
