#include "index/interaction/bit_differences.h"

#include <immintrin.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace bedside {

__attribute__((target("popcnt"))) uint32_t FewestByWords(const uint64_t* planes, const char* codes, size_t count,
                                                         size_t words) {
  uint32_t fewest = std::numeric_limits<uint32_t>::max();
  for (size_t code = 0; code < count; ++code, codes += words * sizeof(uint64_t)) {
    uint32_t differences = 0;
    for (size_t word = 0; word < words; ++word) {
      uint64_t bits;
      std::memcpy(&bits, codes + word * sizeof(bits), sizeof(bits));
      for (size_t plane = 0; plane < kLevelPlanes; ++plane) {
        differences += static_cast<uint32_t>(__builtin_popcountll(bits ^ planes[plane * words + word])) << plane;
      }
    }
    fewest = std::min(fewest, differences);
  }
  return fewest;
}

// Eight words at a time.
__attribute__((target("avx512f,avx512vpopcntdq"))) uint32_t FewestByVectors(const uint64_t* planes, const char* codes,
                                                                            size_t count, size_t words) {
  uint64_t fewest = std::numeric_limits<uint32_t>::max();
  for (size_t code = 0; code < count; ++code, codes += words * sizeof(uint64_t)) {
    __m512i differences = _mm512_setzero_si512();
    for (size_t word = 0; word < words; word += 8) {
      const auto kept = static_cast<__mmask8>((1U << std::min<size_t>(8, words - word)) - 1);
      const __m512i bits = _mm512_maskz_loadu_epi64(kept, codes + word * sizeof(uint64_t));
      for (unsigned plane = 0; plane < kLevelPlanes; ++plane) {
        const __m512i level = _mm512_maskz_loadu_epi64(kept, planes + plane * words + word);
        const __m512i counts = _mm512_popcnt_epi64(_mm512_xor_si512(bits, level));
        differences = _mm512_add_epi64(differences, _mm512_slli_epi64(counts, plane));
      }
    }
    fewest = std::min(fewest, static_cast<uint64_t>(_mm512_reduce_add_epi64(differences)));
  }
  return static_cast<uint32_t>(fewest);
}

bool CountsVectors() { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq"); }

}  // namespace bedside
