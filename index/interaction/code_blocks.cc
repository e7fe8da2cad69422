#include "index/interaction/code_blocks.h"

#include <immintrin.h>

#include <algorithm>
#include <array>

namespace bedside {
namespace {

// A square of bytes that is transposed at once: a word of each of kPlaces codes.
constexpr size_t kPlaces = 16;
constexpr size_t kWord = 8;
static_assert(CodeBlocks::kCodes % kPlaces == 0);

struct Rows {
  __m128i of[kWord];
};

Rows Interleave(const Rows& in) {
  Rows out;
  for (size_t i = 0; i < kWord / 2; ++i) {
    out.of[2 * i] = _mm_unpacklo_epi8(in.of[i], in.of[i + kWord / 2]);
    out.of[2 * i + 1] = _mm_unpackhi_epi8(in.of[i], in.of[i + kWord / 2]);
  }
  return out;
}

// Row b holds byte b of the word at each of `places`.
Rows Transpose(const std::array<const char*, kPlaces>& places, size_t byte) {
  const auto word = [&](size_t place) {
    return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(places[place] + byte));
  };
  Rows pairs;
  for (size_t i = 0; i < kWord; ++i) pairs.of[i] = _mm_unpacklo_epi8(word(i), word(i + kWord));
  return Interleave(Interleave(Interleave(pairs)));
}

// Each byte to two rows of four bits.
void Split(const Rows& bytes, uint8_t* row) {
  const __m128i low = _mm_set1_epi8(15);
  for (size_t i = 0; i < kWord; ++i, row += 2 * CodeBlocks::kCodes) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(row), _mm_and_si128(bytes.of[i], low));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(row + CodeBlocks::kCodes),
                     _mm_and_si128(_mm_srli_epi16(bytes.of[i], 4), low));
  }
}

}  // namespace

CodeBlocks::CodeBlocks(absl::string_view codes, size_t code_bytes) : groups_(2 * code_bytes) {
  const size_t count = codes.size() / code_bytes;
  rows_.resize((count + kCodes - 1) / kCodes * kCodes * groups_);
  for (size_t first = 0; first < blocks() * kCodes; first += kPlaces) {
    std::array<const char*, kPlaces> places;
    for (size_t i = 0; i < kPlaces; ++i) places[i] = codes.data() + std::min(first + i, count - 1) * code_bytes;
    uint8_t* row = rows_.data() + first / kCodes * kCodes * groups_ + first % kCodes;
    for (size_t byte = 0; byte < code_bytes; byte += kWord, row += 2 * kWord * kCodes) {
      Split(Transpose(places, byte), row);
    }
  }
}

}  // namespace bedside
