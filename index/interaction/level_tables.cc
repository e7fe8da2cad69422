#include "index/interaction/level_tables.h"

#include <immintrin.h>

namespace bedside {
namespace {

// Bits that are looked up together, and entries of their table.
constexpr size_t kBits = 4;
constexpr size_t kEntries = 16;
static_assert(LevelTables::kMostValues * LevelTables::kTopLevel < LevelTables::kNoCode);

// Groups of bits whose distances fit a byte together.
constexpr size_t kGroups = 4;
static_assert(kGroups * kBits * LevelTables::kTopLevel <= 255);

// Each bit doubles the entries: those where it is set follow those where it is not.
void FillTable(const uint8_t* levels, uint8_t* table) {
  const int of_bit[kBits] = {levels[0] & 15, levels[0] >> 4, levels[1] & 15, levels[1] >> 4};
  table[0] = static_cast<uint8_t>(of_bit[0] + of_bit[1] + of_bit[2] + of_bit[3]);
  for (size_t bit = 0; bit < kBits; ++bit) {
    const size_t known = size_t{1} << bit;
    const int change = LevelTables::kTopLevel - 2 * of_bit[bit];
    for (size_t i = 0; i < known; ++i) table[known + i] = static_cast<uint8_t>(table[i] + change);
  }
}

__attribute__((target("avx2"))) __m256i LookUp(const uint8_t* table, const uint8_t* row) {
  const __m128i entries = _mm_loadu_si128(reinterpret_cast<const __m128i*>(table));
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(entries),
                             _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row)));
}

__attribute__((target("avx2"))) __m256i LookUpGroups(const uint8_t* tables, const uint8_t* rows) {
  __m256i sum = LookUp(tables, rows);
  for (size_t group = 1; group < kGroups; ++group) {
    sum = _mm256_add_epi8(sum, LookUp(tables + group * kEntries, rows + group * CodeBlocks::kCodes));
  }
  return sum;
}

// The smaller distance of each two codes of a block.
__attribute__((target("avx2"))) __m256i CloserOfTwo(const uint8_t* tables, const uint8_t* rows, size_t groups) {
  const __m256i low = _mm256_set1_epi16(255);
  __m256i even = _mm256_setzero_si256(), odd = _mm256_setzero_si256();
  for (size_t group = 0; group < groups; group += kGroups) {
    const __m256i sum = LookUpGroups(tables + group * kEntries, rows + group * CodeBlocks::kCodes);
    even = _mm256_add_epi16(even, _mm256_and_si256(sum, low));
    odd = _mm256_add_epi16(odd, _mm256_srli_epi16(sum, 8));
  }
  return _mm256_min_epu16(even, odd);
}

__attribute__((target("avx2"))) uint32_t Smallest(__m256i values) {
  const __m128i halves = _mm_min_epu16(_mm256_castsi256_si128(values), _mm256_extracti128_si256(values, 1));
  return static_cast<uint32_t>(_mm_extract_epi16(_mm_minpos_epu16(halves), 0));
}

}  // namespace

void LevelTables::Add(absl::Span<const uint8_t> levels) {
  constexpr size_t kBytes = kBits / 2;
  const size_t begin = tables_.size();
  tables_.resize(begin + levels.size() / kBytes * kEntries);
  for (size_t group = 0; group < levels.size() / kBytes; ++group) {
    FillTable(levels.data() + group * kBytes, tables_.data() + begin + group * kEntries);
  }
}

__attribute__((target("avx2"))) uint32_t LevelTables::Closest(size_t vector, const CodeBlocks& codes) const {
  const size_t groups = codes.groups();
  const uint8_t* tables = tables_.data() + vector * groups * kEntries;
  __m256i closest = _mm256_set1_epi16(static_cast<int16_t>(kNoCode));
  for (size_t block = 0; block < codes.blocks(); ++block) {
    const uint8_t* rows = codes.rows() + block * groups * CodeBlocks::kCodes;
    closest = _mm256_min_epu16(closest, CloserOfTwo(tables, rows, groups));
  }
  return Smallest(closest);
}

}  // namespace bedside
