// How far codes of a bit a value are from a vector of levels, which is kept as bit planes.
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_INTERACTION_BIT_DIFFERENCES_H_
#define BEDSIDE_INDEX_INTERACTION_BIT_DIFFERENCES_H_

#include <cstddef>
#include <cstdint>

namespace bedside {

// Plane p holds the bits of weight 2^p.
constexpr size_t kLevelPlanes = 4;

// The bits in which a code differs from each plane, times the weight of the plane, summed; of `count` codes of `words`
// words the one with the fewest. `planes`: kLevelPlanes times `words` words.
// REQUIRES: words > 0, and the sum fits 32 bits
using FewestDifferences = uint32_t (*)(const uint64_t* planes, const char* codes, size_t count, size_t words);

// On every CPU with POPCNT. 2^32 - 1 when there is no code.
uint32_t FewestByWords(const uint64_t* planes, const char* codes, size_t count, size_t words);

// The same, where CountsVectors().
uint32_t FewestByVectors(const uint64_t* planes, const char* codes, size_t count, size_t words);

// Whether this CPU counts the bits of vectors (AVX512_VPOPCNTDQ).
bool CountsVectors();

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_BIT_DIFFERENCES_H_
