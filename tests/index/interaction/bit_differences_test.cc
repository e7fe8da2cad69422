#include "index/interaction/bit_differences.h"

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

std::vector<uint64_t> RandomWords(unsigned seed, size_t count) {
  std::mt19937_64 random(seed);
  std::vector<uint64_t> words(count);
  for (uint64_t& word : words) word = random();
  return words;
}

// Bit by bit.
uint32_t Expected(const std::vector<uint64_t>& planes, const std::vector<uint64_t>& codes, size_t words) {
  uint32_t fewest = std::numeric_limits<uint32_t>::max();
  for (size_t code = 0; code < codes.size(); code += words) {
    uint32_t sum = 0;
    for (size_t bit = 0; bit < planes.size() * 64; ++bit) {
      const size_t plane = bit / (words * 64), place = bit % (words * 64);
      const uint64_t differing = planes[bit / 64] ^ codes[code + place / 64];
      sum += static_cast<uint32_t>((differing >> (place % 64)) & 1) << plane;
    }
    fewest = std::min(fewest, sum);
  }
  return fewest;
}

class BitDifferencesTest : public testing::TestWithParam<size_t> {
 protected:
  void Check(FewestDifferences fewest_differences) {
    const size_t words = GetParam();
    const std::vector<uint64_t> planes = RandomWords(1, kLevelPlanes * words);
    for (size_t count : {0, 1, 2, 30}) {
      const std::vector<uint64_t> codes = RandomWords(2, count * words);
      EXPECT_EQ(fewest_differences(planes.data(), reinterpret_cast<const char*>(codes.data()), count, words),
                Expected(planes, codes, words))
          << count;
    }
  }
};

TEST_P(BitDifferencesTest, ByWordsAreCountedBitByBit) { Check(FewestByWords); }

TEST_P(BitDifferencesTest, ByVectorsAreCountedBitByBit) {
  if (!CountsVectors()) GTEST_SKIP() << "this CPU has no AVX512_VPOPCNTDQ";
  Check(FewestByVectors);
}

INSTANTIATE_TEST_SUITE_P(Words, BitDifferencesTest, testing::Values(1, 6, 7, 8, 9, 16, 20));

}  // namespace
}  // namespace bedside
