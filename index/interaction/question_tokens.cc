#include "index/interaction/question_tokens.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "index/interaction/bit_differences.h"
#include "index/interaction/token_codes.h"

namespace bedside {
namespace {

// Levels are the odd numbers from -kTop to kTop, so that each plane counts as +1 or -1 times its power of two.
constexpr int kTop = 15;

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

// A code c of +1 and -1 stands for the unit vector c / sqrt(dimension), and a level l for the value largest * l / kTop.
void QuestionTokens::Add(absl::Span<const float> rotated) {
  const float largest = LargestMagnitude(rotated);
  const double length = Length(rotated);
  // A vector of no finite length may hold what is no number.
  const bool has_direction = std::isfinite(length) && length > 0;
  scales_.push_back(has_direction ? largest / (kTop * length * std::sqrt(static_cast<double>(dimension_))) : 0);
  const size_t begin = planes_.size();
  const size_t words = CodeWords(dimension_);
  planes_.resize(begin + kLevelPlanes * words);
  for (size_t i = 0; i < dimension_ && has_direction; ++i) {
    const auto step = static_cast<unsigned>(std::lround((rotated[i] / largest + 1) / 2 * kTop));
    for (size_t plane = 0; plane < kLevelPlanes; ++plane) {
      planes_[begin + plane * words + i / 64] |= static_cast<uint64_t>((step >> plane) & 1) << (i % 64);
    }
  }
}

Interaction QuestionTokens::With(absl::string_view codes) const {
  static const FewestDifferences fewest_differences = CountsVectors() ? FewestByVectors : FewestByWords;
  if (empty() || codes.empty()) return {};
  const size_t words = CodeWords(dimension_);
  const size_t count = codes.size() / CodeBytes(dimension_);
  std::vector<double> closest;
  for (size_t token = 0; token < tokens(); ++token) {
    const double differences =
        fewest_differences(planes_.data() + token * kLevelPlanes * words, codes.data(), count, words);
    closest.push_back(scales_[token] * (kTop * static_cast<double>(dimension_) - 2 * differences));
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
