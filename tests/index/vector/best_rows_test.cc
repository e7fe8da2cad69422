#include "index/vector/best_rows.h"

#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

std::vector<ScoredPassage> RandomRows(uint32_t seed, size_t count, uint32_t different) {
  std::mt19937 random(seed);
  std::vector<ScoredPassage> rows;
  for (size_t i = 0; i < count; ++i) rows.push_back({PassageAt(i), static_cast<float>(random() % different) / 64});
  return rows;
}

std::set<PassageOrdinal> PassagesOf(const std::vector<ScoredPassage>& rows) {
  std::set<PassageOrdinal> passages;
  for (const ScoredPassage& row : rows) passages.insert(row.passage);
  return passages;
}

// All scores, or all but one of the kept, are equal where few are different.
TEST(BestRowsTest, KeepsExactlyThoseWithinTheSlackOfTheLastOfTheBest) {
  for (uint32_t different : {1U, 3U, 50U, 1U << 20}) {
    for (size_t k : {1, 10, 1000}) {
      for (float slack : {0.0F, 0.03125F, 1.0F, 1e30F}) {
        SCOPED_TRACE(testing::Message() << different << " scores, k " << k << ", slack " << slack);
        const std::vector<ScoredPassage> rows = RandomRows(k, 20000, different);
        BestRows best(k, slack);
        for (const ScoredPassage& row : rows) best.Add(row.passage, row.score);
        const float last = Ranked(rows, k).back().score;
        std::set<PassageOrdinal> wanted;
        for (const ScoredPassage& row : rows) {
          if (row.score >= last - slack) wanted.insert(row.passage);
        }
        EXPECT_EQ(PassagesOf(best.Take()), wanted);
      }
    }
  }
}

TEST(BestRowsTest, FewerThanKAreAllKept) {
  BestRows best(100, 0);
  for (const ScoredPassage& row : RandomRows(1, 99, 1000)) best.Add(row.passage, row.score);

  EXPECT_EQ(best.Take().size(), 99U);
}

TEST(RankedTest, IsTheBeginningOfTheWholeRanking) {
  std::vector<ScoredPassage> rows = RandomRows(1, 500, 20);
  const std::vector<ScoredPassage> ranked = Ranked(rows, 100);
  std::sort(rows.begin(), rows.end(), RanksBefore);
  ASSERT_EQ(ranked.size(), 100U);
  for (size_t i = 0; i < ranked.size(); ++i) EXPECT_EQ(ranked[i].passage, rows[i].passage);

  EXPECT_EQ(Ranked(rows, 501).size(), 500U);
  EXPECT_TRUE(Ranked({}, 5).empty());
}

}  // namespace
}  // namespace bedside
