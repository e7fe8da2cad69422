#include "index/lexical/occurrence_list.h"

#include <malloc.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {

bool operator==(const OccurrenceList::Occurrence& a, const OccurrenceList::Occurrence& b) {
  return a.passage == b.passage && a.field == b.field && a.count == b.count;
}

namespace {

using Occurrences = std::vector<OccurrenceList::Occurrence>;

OccurrenceList ListOf(const Occurrences& occurrences) {
  OccurrenceList list;
  for (const OccurrenceList::Occurrence& occurrence : occurrences) list.Add(occurrence);
  return list;
}

Occurrences Read(const OccurrenceList& list) {
  Occurrences read;
  list.ForEach([&](const OccurrenceList::Occurrence& occurrence) { read.push_back(occurrence); });
  return read;
}

TEST(OccurrenceListTest, GivesBackWhatWasAddedInItsOrder) {
  const Occurrences occurrences = {{0, 2, 1}, {0, 3, 5}, {7, 0, 1}, {7, 2, 200}, {90000, 1, 1}};
  EXPECT_EQ(Read(ListOf(occurrences)), occurrences);
}

TEST(OccurrenceListTest, CountsAPassageOnceHoweverManyOfItsFieldsHoldTheTerm) {
  EXPECT_EQ(ListOf({{0, 0, 1}, {0, 1, 1}, {0, 2, 9}}).passages(), 1U);
  EXPECT_EQ(ListOf({{0, 0, 1}, {1, 0, 1}, {1, 2, 1}, {5, 2, 1}}).passages(), 3U);
}

TEST(OccurrenceListTest, IsEmptyAtFirst) {
  EXPECT_TRUE(Read(OccurrenceList()).empty());
  EXPECT_EQ(OccurrenceList().passages(), 0U);
}

TEST(OccurrenceListTest, HoldsTheLargestPassageAndCount) {
  const Occurrences occurrences = {{std::numeric_limits<uint32_t>::max(), 3, std::numeric_limits<uint32_t>::max()}};
  EXPECT_EQ(Read(ListOf(occurrences)), occurrences);
}

// What the building of an index takes: 8 bytes and more if they lay as numbers.
TEST(OccurrenceListTest, TakesAFewBytesAnOccurrence) {
  constexpr uint32_t kOccurrences = 100000;
  const size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  OccurrenceList list;
  for (uint32_t i = 0; i < kOccurrences; ++i) list.Add({20 * i, 2, 1 + i % 2});
  EXPECT_LE(mallinfo2().uordblks + mallinfo2().hblkhd - before, 6 * kOccurrences);
  EXPECT_EQ(list.passages(), kOccurrences);
}

TEST(OccurrenceListTest, GivesBackWhateverWasDrawn) {
  std::mt19937 random(1);
  for (int list = 0; list < 200; ++list) {
    Occurrences occurrences;
    uint32_t passage = 0;
    for (size_t i = random() % 60; i > 0; --i) {
      passage += static_cast<uint32_t>(random() >> (6 + random() % 26));
      const auto count = static_cast<uint32_t>(random() >> random() % 32);
      occurrences.push_back({passage, static_cast<uint32_t>(random() % 4), std::max(1U, count)});
    }
    EXPECT_EQ(Read(ListOf(occurrences)), occurrences);
  }
}

}  // namespace
}  // namespace bedside
