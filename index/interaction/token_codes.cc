#include "index/interaction/token_codes.h"

#include <vector>

namespace bedside {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "codes are stored as they are in memory");

std::string TokenCodesOf(absl::Span<const float> tokens, const TokenRotation& rotation) {
  const size_t dimension = rotation.dimension();
  std::string codes;
  codes.reserve(tokens.size() / dimension * CodeBytes(dimension));
  for (size_t begin = 0; begin < tokens.size(); begin += dimension) {
    const std::vector<float> rotated = rotation.Apply(tokens.subspan(begin, dimension));
    std::vector<uint64_t> words(CodeWords(dimension));
    for (size_t i = 0; i < dimension; ++i) words[i / 64] |= static_cast<uint64_t>(rotated[i] > 0) << (i % 64);
    codes.append(reinterpret_cast<const char*>(words.data()), CodeBytes(dimension));
  }
  return codes;
}

}  // namespace bedside
