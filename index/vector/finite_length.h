// Whether inner products with other such vectors are numbers.
#ifndef BEDSIDE_INDEX_VECTOR_FINITE_LENGTH_H_
#define BEDSIDE_INDEX_VECTOR_FINITE_LENGTH_H_

#include <cmath>

#include "absl/types/span.h"

namespace bedside {

// None of the values is NaN, infinite or so large that sixteen times the sum of squares overflows: what is added to
// make the product of two such vectors, each perhaps less a mean of others, then stays finite.
inline bool HasFiniteLength(absl::Span<const float> vector) {
  float squares = 0;
  for (float value : vector) squares += value * value;
  return std::isfinite(16 * squares);
}

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_FINITE_LENGTH_H_
