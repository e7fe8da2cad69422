#include "index/interaction/token_rotation.h"

#include <numeric>
#include <utility>

#include "index/hash/split_mix.h"
#include "index/interaction/hadamard.h"

namespace bedside {
TokenRotation::TokenRotation(size_t dimension) : dimension_(dimension), block_(dimension & (~dimension + 1)) {
  SplitMix64 random(dimension);
  for (Round& round : rounds_) {
    round.source.resize(dimension);
    std::iota(round.source.begin(), round.source.end(), 0U);
    for (size_t i = dimension; i > 1; --i) std::swap(round.source[i - 1], round.source[random.Next() % i]);
    for (size_t i = 0; i < dimension; ++i) round.sign.push_back((random.Next() & 1) != 0 ? 1.0F : -1.0F);
  }
}

std::vector<float> TokenRotation::Apply(absl::Span<const float> vector) const {
  std::vector<float> values(vector.begin(), vector.end());
  std::vector<float> moved(dimension_);
  for (const Round& round : rounds_) {
    for (size_t i = 0; i < dimension_; ++i) moved[i] = values[round.source[i]] * round.sign[i];
    std::swap(values, moved);
    for (size_t begin = 0; begin < dimension_; begin += block_) {
      HadamardTransform(absl::MakeSpan(values).subspan(begin, block_));
    }
  }
  return values;
}

}  // namespace bedside
