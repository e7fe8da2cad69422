// Token vectors of a passage at one bit a value: the signs after TokenRotation.
//
// Codes of the tokens follow each other, CodeWords(dimension) words of 64 bits each, little-endian; bit j of a code is
// set where value j is above 0; bits behind the dimension are 0. 384 values take 48 bytes.
#ifndef BEDSIDE_INDEX_INTERACTION_TOKEN_CODES_H_
#define BEDSIDE_INDEX_INTERACTION_TOKEN_CODES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "index/interaction/token_rotation.h"

namespace bedside {

constexpr size_t CodeWords(size_t dimension) { return (dimension + 63) / 64; }
constexpr size_t CodeBytes(size_t dimension) { return CodeWords(dimension) * sizeof(uint64_t); }

// The codes of `tokens`, which are vectors of the rotation's dimension one after another.
// REQUIRES: tokens.size() is a multiple of the dimension
std::string TokenCodesOf(absl::Span<const float> tokens, const TokenRotation& rotation);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_TOKEN_CODES_H_
