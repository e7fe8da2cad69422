// Bytes that are not those of an index, or no longer. Best run with AddressSanitizer, which sees a read outside.
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "index/lexical/lexical_format.h"
#include "index/lexical/lexical_index.h"
#include "tests/index/lexical/random_passages.h"

namespace bedside {
namespace {

constexpr size_t kEntriesAt = sizeof(LexicalHeader);

// Two passages, "aa bb" and "bb", so the offsets of everything are known.
std::string SmallBytes() { return IndexBytes({{{{}, {}, {"aa", "bb"}, {}}}, {{{}, {}, {"bb"}, {}}}}); }
constexpr size_t kBlocksAt = kEntriesAt + 3 * sizeof(LexicalTermEntry);
constexpr size_t kMaximaAt = kBlocksAt + 2 * sizeof(LexicalBlock);
// Of "aa": one offset of two bytes and one impact; of "bb": two of each.
constexpr size_t kPostingsAt = kMaximaAt + 2;
constexpr size_t kSecondPostingsAt = kPostingsAt + 3;
constexpr size_t kTextAt = kSecondPostingsAt + 6;

template <typename T>
std::string With(std::string bytes, size_t offset, T value) {
  std::memcpy(&bytes[offset], &value, sizeof(value));
  return bytes;
}

void ExpectRefused(std::string bytes, absl::StatusCode code, const std::string& part_of_message) {
  const absl::Status status = LexicalIndex::Open(std::move(bytes)).status();
  EXPECT_EQ(status.code(), code) << status;
  EXPECT_TRUE(absl::StrContains(status.message(), part_of_message)) << status;
}

void ExpectDamaged(std::string bytes, const std::string& part_of_message) {
  ExpectRefused(std::move(bytes), absl::StatusCode::kDataLoss, part_of_message);
}

TEST(LexicalIndexDamageTest, TheUndamagedBytesOpen) {
  ASSERT_EQ(SmallBytes().size(), kTextAt + 4);
  EXPECT_TRUE(LexicalIndex::Open(SmallBytes()).ok());
}

TEST(LexicalIndexDamageTest, OtherBytesAreDataLoss) {
  ExpectDamaged("", "header");
  ExpectDamaged("short", "header");
  ExpectDamaged(std::string(500, 'x'), "do not begin");
}

TEST(LexicalIndexDamageTest, AnotherVersionIsFailedPreconditionAndSaysWhich) {
  const auto code = absl::StatusCode::kFailedPrecondition;
  ExpectRefused(With<uint32_t>(SmallBytes(), offsetof(LexicalHeader, format_version), 77), code, "format version 77");
  ExpectRefused(With<uint32_t>(SmallBytes(), offsetof(LexicalHeader, analyzer_version), 78), code,
                "analyser version 78");
}

TEST(LexicalIndexDamageTest, EveryTruncationIsDataLoss) {
  const std::string bytes = SmallBytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(LexicalIndex::Open(bytes.substr(0, size)).status().code(), absl::StatusCode::kDataLoss) << size;
  }
}

TEST(LexicalIndexDamageTest, BytesAfterTheEndAreDataLoss) { ExpectDamaged(SmallBytes() + '\0', "asks for"); }

TEST(LexicalIndexDamageTest, CountsThatOverflowAreDataLoss) {
  for (size_t offset :
       {offsetof(LexicalHeader, terms), offsetof(LexicalHeader, blocks), offsetof(LexicalHeader, posting_bytes),
        offsetof(LexicalHeader, text_bytes), offsetof(LexicalHeader, passages)}) {
    for (uint64_t count : {~uint64_t{0}, uint64_t{1} << 60, (uint64_t{1} << 61) + 3, uint64_t{1} << 63}) {
      ExpectDamaged(With<uint64_t>(SmallBytes(), offset, count), "more than the bytes could hold");
    }
  }
}

TEST(LexicalIndexDamageTest, OffsetsOutOfOrderAreDataLoss) {
  const size_t second = kEntriesAt + sizeof(LexicalTermEntry);
  const size_t text = offsetof(LexicalTermEntry, text_begin);
  const size_t postings = offsetof(LexicalTermEntry, postings_begin);
  ExpectDamaged(With<uint64_t>(SmallBytes(), kEntriesAt + text, 1), "do not cover");
  ExpectDamaged(With<uint64_t>(SmallBytes(), kEntriesAt + postings, 1), "do not cover");
  ExpectDamaged(With<uint64_t>(SmallBytes(), second + text, 1000), "out of order");
  ExpectDamaged(With<uint64_t>(SmallBytes(), second + text, ~uint64_t{0}), "out of order");
  ExpectDamaged(With<uint64_t>(SmallBytes(), second + postings, 1000), "out of order");
  ExpectDamaged(With<uint64_t>(SmallBytes(), second + postings, 0), "out of order");
}

TEST(LexicalIndexDamageTest, TermsOutOfOrderAreDataLoss) {
  ExpectDamaged(With<char>(SmallBytes(), kTextAt, 'c'), "not after");
  ExpectDamaged(With<uint16_t>(SmallBytes(), kTextAt, 'b' * 257), "not after");
}

TEST(LexicalIndexDamageTest, CountsThatDoNotFitAreDataLoss) {
  const size_t second = kEntriesAt + sizeof(LexicalTermEntry);
  const size_t third = second + sizeof(LexicalTermEntry);
  const size_t holders = offsetof(LexicalTermEntry, holders);
  const size_t blocks = offsetof(LexicalTermEntry, blocks_begin);
  for (uint32_t count : {0U, 1U, 3U, 65U, ~0U}) {
    ExpectDamaged(With<uint32_t>(SmallBytes(), second + holders, count), "do not fit");
  }
  ExpectDamaged(With<uint32_t>(SmallBytes(), second + blocks, 0), "do not fit");
  ExpectDamaged(With<uint32_t>(SmallBytes(), second + blocks, ~0U), "do not fit");
  ExpectDamaged(With<uint32_t>(SmallBytes(), kEntriesAt + blocks, 1), "do not cover");
  ExpectDamaged(With<uint32_t>(SmallBytes(), third + blocks, 3), "do not cover");
  ExpectDamaged(With<uint32_t>(SmallBytes(), third + holders, 1), "do not cover");
}

TEST(LexicalIndexDamageTest, PassagesOutOfOrderOrRangeAreDataLoss) {
  const size_t second = kBlocksAt + sizeof(LexicalBlock);
  const size_t last = offsetof(LexicalBlock, last);
  ExpectDamaged(With<uint32_t>(SmallBytes(), second + last, 2), "passages 0 to 2 of 2");
  ExpectDamaged(With<uint32_t>(SmallBytes(), second + last, ~0U), "out of range");
  ExpectDamaged(With<uint32_t>(SmallBytes(), second + last, 0), "false last passage");
  ExpectDamaged(With<uint32_t>(SmallBytes(), second, 1), "false last passage");
  ExpectDamaged(With<uint16_t>(SmallBytes(), kSecondPostingsAt, 1), "begin with its first passage");
  ExpectDamaged(With<uint16_t>(SmallBytes(), kSecondPostingsAt + 2, 0), "passages out of order");
  ExpectDamaged(With<uint16_t>(SmallBytes(), kSecondPostingsAt + 2, 2), "false last passage");
}

// The second block of a list overlaps the first.
TEST(LexicalIndexDamageTest, BlocksOutOfOrderAreDataLoss) {
  const std::string bytes = IndexBytes(std::vector<LexicalTerms>(100, {{{}, {}, {"aa"}, {}}}));
  const size_t second = kEntriesAt + 2 * sizeof(LexicalTermEntry) + sizeof(LexicalBlock);
  EXPECT_TRUE(LexicalIndex::Open(bytes).ok());
  ExpectDamaged(With<uint32_t>(With<uint32_t>(bytes, second, 63), second + offsetof(LexicalBlock, last), 98),
                "block 1 of 2 with passages 63 to 98 of 100 is out of range or out of order");
}

TEST(LexicalIndexDamageTest, ImpactsThatAreNoneAreDataLoss) {
  ExpectDamaged(With<uint8_t>(SmallBytes(), kPostingsAt + 2, 0), "impact of 0");
  ExpectDamaged(With<uint8_t>(SmallBytes(), kSecondPostingsAt + 5, 0), "impact of 0");
}

TEST(LexicalIndexDamageTest, MaximaThatAreFalseAreDataLoss) {
  for (uint8_t impact : {0, 1, 255}) {
    ExpectDamaged(With<uint8_t>(SmallBytes(), kMaximaAt, impact), "false maximum");
    ExpectDamaged(With<uint8_t>(SmallBytes(), kMaximaAt + 1, impact), "false maximum");
  }
}

// Damage that these checks cannot see may change a score, but never where a search reads.
TEST(LexicalIndexDamageTest, RandomDamageIsRefusedOrSearchedInsideTheBytes) {
  RandomPassages random(5);
  const std::string bytes = IndexBytes(random.Passages(60));
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = bytes;
    // Half of the damage to the header and the first offsets, where it has most to break.
    const size_t range = round % 2 == 0 ? 200 : bytes.size();
    for (size_t flips = 1 + random.Below(3); flips > 0; --flips) damaged[random.Below(range)] ^= 1 << random.Below(8);
    if (random.Below(10) == 0) damaged.resize(random.Below(damaged.size()));
    const auto index = LexicalIndex::Open(std::move(damaged));
    if (!index.ok()) {
      ++refused;
      EXPECT_TRUE(index.status().code() == absl::StatusCode::kDataLoss ||
                  index.status().code() == absl::StatusCode::kFailedPrecondition)
          << index.status();
      continue;
    }
    const PassageBitmap all((*index)->passages(), true);
    for (const ScoredPassage& passage : (*index)->Search(random.Terms(8), all, 20)) {
      EXPECT_LT(IndexOf(passage.passage), (*index)->passages());
    }
  }
  EXPECT_GT(refused, 10000);
  EXPECT_LT(refused, 20000);
}

}  // namespace
}  // namespace bedside
