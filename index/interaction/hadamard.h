// The fast Walsh-Hadamard transform.
#ifndef BEDSIDE_INDEX_INTERACTION_HADAMARD_H_
#define BEDSIDE_INDEX_INTERACTION_HADAMARD_H_

#include "absl/types/span.h"

namespace bedside {

// Applies the Hadamard matrix, scaled so that lengths stay what they are. Cost: n log n additions.
// REQUIRES: values.size() is a power of two
void HadamardTransform(absl::Span<float> values);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_HADAMARD_H_
