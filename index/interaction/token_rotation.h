// A fixed rotation of token vectors, which spreads what a vector says evenly over its values: after it, the sign of
// each value is worth about as much as that of any other, so that one bit a value keeps most of a cosine (Gao and Long,
// RaBitQ: quantizing high-dimensional vectors with a theoretical error bound, SIGMOD 2024).
//
// Two rounds of: change the sign of some values, permute them, and apply the Hadamard matrix to each block. A block has
// as many values as the largest power of two that divides the dimension. Which signs and places follows from the
// dimension alone: it is part of the format of stored codes (docs/formats/store.md).
//
// Immutable, thread-safe. Cost: for 384 values about 1 us.
#ifndef BEDSIDE_INDEX_INTERACTION_TOKEN_ROTATION_H_
#define BEDSIDE_INDEX_INTERACTION_TOKEN_ROTATION_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace bedside {

class TokenRotation {
 public:
  // REQUIRES: dimension > 0
  explicit TokenRotation(size_t dimension);

  size_t dimension() const { return dimension_; }

  // The rotated vector; lengths and inner products stay what they are, but for rounding.
  // REQUIRES: vector.size() is the dimension
  std::vector<float> Apply(absl::Span<const float> vector) const;

 private:
  struct Round {
    // Value i of the result is the value at source[i], times sign[i].
    std::vector<uint32_t> source;
    std::vector<float> sign;
  };

  size_t dimension_;
  size_t block_;
  Round rounds_[2];
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_TOKEN_ROTATION_H_
