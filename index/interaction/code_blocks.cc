#include "index/interaction/code_blocks.h"

#include <immintrin.h>

#include <algorithm>
#include <array>

namespace bedside {
namespace {

// What is transposed at once: a word of each of kPlaces codes.
constexpr size_t kPlaces = 16;
constexpr size_t kWord = 8;
static_assert(CodeBlocks::kCodes % kPlaces == 0);

struct Rows {
  __m128i row[kWord];
};

// A perfect shuffle of the bytes of all rows: those of the first half and of the second in turn.
Rows Shuffle(const Rows& in) {
  Rows out;
  for (size_t i = 0; i < kWord / 2; ++i) {
    out.row[2 * i] = _mm_unpacklo_epi8(in.row[i], in.row[i + kWord / 2]);
    out.row[2 * i + 1] = _mm_unpackhi_epi8(in.row[i], in.row[i + kWord / 2]);
  }
  return out;
}

// Row b holds byte b of the word at each of `places`: 16 words of 8 bytes are transposed by four shuffles, the first of
// which reads them.
Rows Transpose(const std::array<const char*, kPlaces>& places, size_t byte) {
  const auto word = [&](size_t place) {
    return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(places[place] + byte));
  };
  Rows pairs;
  for (size_t i = 0; i < kWord; ++i) pairs.row[i] = _mm_unpacklo_epi8(word(i), word(i + kWord));
  return Shuffle(Shuffle(Shuffle(pairs)));
}

// Each row of bytes to two rows of four bits.
void Split(const Rows& bytes, uint8_t* rows) {
  const __m128i low = _mm_set1_epi8(15);
  for (size_t i = 0; i < kWord; ++i) {
    uint8_t* row = rows + 2 * i * CodeBlocks::kCodes;
    _mm_storeu_si128(reinterpret_cast<__m128i*>(row), _mm_and_si128(bytes.row[i], low));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(row + CodeBlocks::kCodes),
                     _mm_and_si128(_mm_srli_epi16(bytes.row[i], 4), low));
  }
}

}  // namespace

CodeBlocks::CodeBlocks(absl::string_view codes, size_t code_bytes) : groups_(2 * code_bytes) {
  const size_t count = codes.size() / code_bytes;
  rows_.resize((count + kCodes - 1) / kCodes * kCodes * groups_);
  for (size_t first = 0; first < blocks() * kCodes; first += kPlaces) {
    std::array<const char*, kPlaces> places;
    for (size_t i = 0; i < kPlaces; ++i) places[i] = codes.data() + std::min(first + i, count - 1) * code_bytes;
    uint8_t* rows = rows_.data() + first / kCodes * kCodes * groups_ + first % kCodes;
    for (size_t byte = 0; byte < code_bytes; byte += kWord) Split(Transpose(places, byte), rows + 2 * byte * kCodes);
  }
}

}  // namespace bedside
