#include "index/query/word_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "tests/fakes/status_matchers.h"
#include "tests/index/query/table_of_words.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> WordsOf(const WordTable& table) {
  std::vector<std::string> words;
  for (size_t i = 0; i < table.size(); ++i) words.emplace_back(table.word(i));
  return words;
}

TEST(WordTableTest, HoldsEachWordOnceInOrder) {
  const auto table = TableOfWords({"heparin and Warfarin", "Heparin"});
  EXPECT_THAT(WordsOf(*table), ElementsAre("and", "heparin", "warfarin"));
}

TEST(WordTableTest, CountsThePassagesThatHoldAWordNotItsOccurrences) {
  const auto table = TableOfWords({"heparin heparin", "warfarin", "heparin"});
  EXPECT_EQ(table->passages(*table->Find("heparin")), 2u);
  EXPECT_EQ(table->passages(*table->Find("warfarin")), 1u);
}

TEST(WordTableTest, FindsNothingThatItDoesNotHold) {
  const auto table = TableOfWords({"heparin"});
  for (const char* word : {"", "heparins", "hepari", "a", "z"}) EXPECT_FALSE(table->Find(word).has_value()) << word;
}

TEST(WordTableTest, LeavesOutCodesNumbersAndWordsOfUnusualLength) {
  const auto table = TableOfWords({"of CD4 12 α " + std::string(41, 'a') + " " + std::string(40, 'b') + " abc"});
  EXPECT_THAT(WordsOf(*table), ElementsAre("abc", std::string(40, 'b')));
}

TEST(WordTableTest, KnowsTheWordsOfALetter) {
  const auto table = TableOfWords({"aspirin beta blocker zinc"});
  EXPECT_EQ(table->BeginningWith('a'), std::make_pair(size_t{0}, size_t{1}));
  EXPECT_EQ(table->BeginningWith('b'), std::make_pair(size_t{1}, size_t{3}));
  EXPECT_EQ(table->BeginningWith('m'), std::make_pair(size_t{3}, size_t{3}));
  EXPECT_EQ(table->BeginningWith('z'), std::make_pair(size_t{3}, size_t{4}));
}

TEST(WordTableTest, IsEmptyWithoutPassagesAndByDefault) {
  EXPECT_EQ(TableOfWords({})->size(), 0u);
  const WordTable table;
  EXPECT_EQ(table.size(), 0u);
  EXPECT_FALSE(table.Find("heparin").has_value());
  EXPECT_EQ(table.BeginningWith('h'), std::make_pair(size_t{0}, size_t{0}));
}

TEST(WordTableTest, IsTheSameForTheSameTexts) {
  EXPECT_EQ(WordBytes({"one two", "three"}), WordBytes({"two one", "three"}));
}

// "abc" and "abd", so the offsets of everything are known.
constexpr size_t kWordsAt = 12, kTextBytesAt = 16, kBeginsAt = 24, kPassagesAt = 36, kTextAt = 44;
std::string SmallBytes() { return WordBytes({"abc abd"}); }

template <typename T>
std::string With(std::string bytes, size_t offset, T value) {
  std::memcpy(&bytes[offset], &value, sizeof(value));
  return bytes;
}

void ExpectDamaged(std::string bytes, const std::string& part_of_message) {
  EXPECT_THAT(WordTable::Open(std::move(bytes)).status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(part_of_message)));
}

TEST(WordTableDamageTest, TheUndamagedBytesOpen) {
  ASSERT_EQ(SmallBytes().size(), kTextAt + 6);
  EXPECT_THAT(WordTable::Open(SmallBytes()), IsOk());
}

TEST(WordTableDamageTest, EveryTruncationAndAddedBytesAreDataLoss) {
  const std::string bytes = SmallBytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(WordTable::Open(bytes.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss)) << size;
  }
  ExpectDamaged(bytes + '\0', "the header counts");
}

TEST(WordTableDamageTest, OtherBytesAreDataLossAndAnotherVersionIsRefused) {
  ExpectDamaged(std::string(100, 'x'), "do not begin");
  EXPECT_THAT(WordTable::Open(With<uint32_t>(SmallBytes(), 8, 9)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("format version 9")));
}

TEST(WordTableDamageTest, CountsThatOverflowAreDataLoss) {
  ExpectDamaged(With<uint32_t>(SmallBytes(), kWordsAt, ~uint32_t{0}), "the header counts");
  for (uint64_t count : {~uint64_t{0}, uint64_t{1} << 63, ~uint64_t{0} - 43}) {
    ExpectDamaged(With<uint64_t>(SmallBytes(), kTextBytesAt, count), "the header counts");
  }
}

TEST(WordTableDamageTest, OffsetsOutOfOrderAreDataLoss) {
  ExpectDamaged(With<uint32_t>(SmallBytes(), kBeginsAt, 1), "do not cover");
  ExpectDamaged(With<uint32_t>(SmallBytes(), kBeginsAt + 8, 5), "do not cover");
  ExpectDamaged(With<uint32_t>(SmallBytes(), kBeginsAt + 4, 7), "out of order");
  ExpectDamaged(With<uint32_t>(SmallBytes(), kBeginsAt + 4, ~uint32_t{0}), "out of order");
}

TEST(WordTableDamageTest, WordsThatAreNoneOrOutOfOrderAreDataLoss) {
  ExpectDamaged(With<char>(SmallBytes(), kTextAt, 'A'), "is none");
  ExpectDamaged(With<uint32_t>(SmallBytes(), kBeginsAt + 4, 2), "is none");
  ExpectDamaged(With<uint32_t>(SmallBytes(), kPassagesAt, 0), "stands nowhere");
  ExpectDamaged(With<char>(SmallBytes(), kTextAt, 'b'), "not after");
  ExpectDamaged(With<char>(SmallBytes(), kTextAt + 2, 'd'), "not after");
}

}  // namespace
}  // namespace bedside
