#include "index/interaction/question_tokens.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "index/interaction/code_blocks.h"
#include "index/interaction/token_codes.h"

namespace bedside {
namespace {

// Level l stands for 2 l - kTop, from -kTop to kTop, in units of a vector's largest value over kTop.
constexpr int kTop = LevelTables::kTopLevel;

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
  for (size_t begin = 0; begin < tokens.size(); begin += dimension_) {
    Add(rotation.Apply(tokens.subspan(begin, dimension_)));
  }
}

// A code c of +1 and -1 stands for the unit vector c / sqrt(dimension).
void QuestionTokens::Add(absl::Span<const float> rotated) {
  const float largest = LargestMagnitude(rotated);
  const double length = Length(rotated);
  // A vector of no finite length may hold what is no number.
  const bool has_direction = std::isfinite(length) && length > 0;
  scales_.push_back(has_direction ? largest / (kTop * length * std::sqrt(static_cast<double>(dimension_))) : 0);
  std::vector<uint8_t> levels(CodeBytes(dimension_) * 8);
  for (size_t i = 0; i < dimension_ && has_direction; ++i) {
    levels[i] = static_cast<uint8_t>(std::lround((rotated[i] / largest + 1) / 2 * kTop));
  }
  levels_.Add(levels);
}

Interaction QuestionTokens::With(absl::string_view codes) const {
  if (empty() || codes.empty()) return {};
  const CodeBlocks blocks(codes, CodeBytes(dimension_));
  std::vector<double> closest;
  for (size_t token = 0; token < tokens(); ++token) {
    const double distance = levels_.Closest(token, blocks);
    closest.push_back(scales_[token] * (kTop * static_cast<double>(dimension_) - 2 * distance));
  }
  Interaction interaction;
  interaction.mean = std::accumulate(closest.begin(), closest.end(), 0.0) / static_cast<double>(closest.size());
  const size_t weakest = std::min(kWeakest, closest.size());
  std::partial_sort(closest.begin(), closest.begin() + static_cast<std::ptrdiff_t>(weakest), closest.end());
  interaction.weakest = std::accumulate(closest.begin(), closest.begin() + static_cast<std::ptrdiff_t>(weakest), 0.0) /
                        static_cast<double>(weakest);
  return interaction;
}

}  // namespace bedside
