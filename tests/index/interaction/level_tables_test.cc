#include "index/interaction/level_tables.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

// As Add takes them.
std::vector<uint8_t> Packed(const std::vector<uint8_t>& levels) {
  std::vector<uint8_t> packed(levels.size() / 2);
  for (size_t i = 0; i < levels.size(); ++i) packed[i / 2] |= static_cast<uint8_t>(levels[i] << (i % 2 * 4));
  return packed;
}

std::vector<uint8_t> RandomLevels(unsigned seed, size_t count) {
  std::mt19937 random(seed);
  std::vector<uint8_t> levels(count);
  for (uint8_t& level : levels) level = static_cast<uint8_t>(random() % (LevelTables::kTopLevel + 1));
  return levels;
}

std::string RandomCodes(unsigned seed, size_t bytes) {
  std::mt19937 random(seed);
  std::string codes(bytes, '\0');
  for (char& byte : codes) byte = static_cast<char>(random());
  return codes;
}

// Value by value.
uint32_t Distance(const std::vector<uint8_t>& levels, const char* code) {
  uint32_t distance = 0;
  for (size_t i = 0; i < levels.size(); ++i) {
    const bool is_set = ((code[i / 8] >> (i % 8)) & 1) != 0;
    distance += is_set ? LevelTables::kTopLevel - levels[i] : levels[i];
  }
  return distance;
}

uint32_t Expected(const std::vector<uint8_t>& levels, const std::string& codes) {
  uint32_t closest = LevelTables::kNoCode;
  for (size_t code = 0; code < codes.size(); code += levels.size() / 8) {
    closest = std::min(closest, Distance(levels, codes.data() + code));
  }
  return closest;
}

class LevelTablesTest : public testing::TestWithParam<size_t> {};

TEST_P(LevelTablesTest, FindTheClosestOfAnyNumberOfCodes) {
  const size_t bytes = GetParam();
  LevelTables tables;
  for (unsigned vector = 0; vector < 3; ++vector) tables.Add(Packed(RandomLevels(vector, 8 * bytes)));
  for (size_t count : {0, 1, 2, 31, 32, 33, 64, 100}) {
    const std::string codes = RandomCodes(static_cast<unsigned>(count), count * bytes);
    for (unsigned vector = 0; vector < 3; ++vector) {
      EXPECT_EQ(tables.Closest(vector, CodeBlocks(codes, bytes)), Expected(RandomLevels(vector, 8 * bytes), codes))
          << count << " codes, vector " << vector;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(BytesOfACode, LevelTablesTest, testing::Values(8, 16, 48, 56, 64, 128, 512));

// Each place of a block is looked at: the only close code is found wherever it stands.
TEST(LevelTables, FindTheOnlyCloseCode) {
  constexpr size_t kBytes = 48, kCount = 70;
  LevelTables tables;
  tables.Add(std::vector<uint8_t>(4 * kBytes, 0xff));
  for (size_t place = 0; place < kCount; ++place) {
    std::string codes(kCount * kBytes, '\0');
    codes.replace(place * kBytes, kBytes, kBytes, '\xff');
    EXPECT_EQ(tables.Closest(0, CodeBlocks(codes, kBytes)), 0U) << place;
  }
}

TEST(LevelTables, TheMostValuesMayAllBeApart) {
  constexpr size_t kBytes = LevelTables::kMostValues / 8;
  LevelTables tables;
  tables.Add(std::vector<uint8_t>(4 * kBytes, 0xff));
  EXPECT_EQ(tables.Closest(0, CodeBlocks(std::string(kBytes, '\0'), kBytes)), 8 * kBytes * LevelTables::kTopLevel);
}

}  // namespace
}  // namespace bedside
