#include "index/interaction/token_rotation.h"

#include <cmath>
#include <numeric>
#include <utility>

namespace bedside {
namespace {

// Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014). Not that of the library, whose
// distributions differ between implementations.
class SplitMix64 {
 public:
  explicit SplitMix64(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

 private:
  uint64_t state_;
};

}  // namespace

TokenRotation::TokenRotation(size_t dimension) : dimension_(dimension), block_(dimension & (~dimension + 1)) {
  SplitMix64 random(dimension);
  for (Round& round : rounds_) {
    round.source.resize(dimension);
    std::iota(round.source.begin(), round.source.end(), 0U);
    for (size_t i = dimension; i > 1; --i) std::swap(round.source[i - 1], round.source[random.Next() % i]);
    for (size_t i = 0; i < dimension; ++i) round.sign.push_back((random.Next() & 1) != 0 ? 1.0F : -1.0F);
  }
}

// The fast Walsh-Hadamard transform of each block, scaled to keep lengths.
void TokenRotation::TransformBlocks(std::vector<float>* values) const {
  for (size_t half = 1; half < block_; half *= 2) {
    for (size_t begin = 0; begin < dimension_; begin += 2 * half) {
      float* low = values->data() + begin;
      float* high = low + half;
      for (size_t i = 0; i < half; ++i) {
        const float sum = low[i] + high[i];
        high[i] = low[i] - high[i];
        low[i] = sum;
      }
    }
  }
  const float scale = 1 / std::sqrt(static_cast<float>(block_));
  for (float& value : *values) value *= scale;
}

std::vector<float> TokenRotation::Apply(absl::Span<const float> vector) const {
  std::vector<float> values(vector.begin(), vector.end());
  std::vector<float> moved(dimension_);
  for (const Round& round : rounds_) {
    for (size_t i = 0; i < dimension_; ++i) moved[i] = values[round.source[i]] * round.sign[i];
    std::swap(values, moved);
    TransformBlocks(&values);
  }
  return values;
}

}  // namespace bedside
