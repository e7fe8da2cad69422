#include "index/retrieval/score_fusion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr size_t kLimit = 1000;

std::vector<int> Order(const std::vector<FusedPassage>& fused) {
  std::vector<int> order;
  for (const FusedPassage& passage : fused) order.push_back(static_cast<int>(passage.passage));
  return order;
}

std::vector<ScoredPassage> List(const std::vector<std::pair<int, float>>& items) {
  std::vector<ScoredPassage> list;
  for (const auto& item : items) list.push_back({PassageAt(item.first), item.second});
  return list;
}

TEST(ScoreFusionTest, HasNothingToFuseInNothing) { EXPECT_THAT(FuseScores({}, {}, 0.3, kLimit), IsEmpty()); }

TEST(ScoreFusionTest, KeepsTheOrderOfTheOnlyList) {
  const auto list = List({{7, 3}, {2, 2}, {9, 1}});
  EXPECT_THAT(Order(FuseScores(list, {}, 0.3, kLimit)), ElementsAre(7, 2, 9));
  EXPECT_THAT(Order(FuseScores({}, list, 0.3, kLimit)), ElementsAre(7, 2, 9));
}

TEST(ScoreFusionTest, StandardisesEachListAndAddsByWeight) {
  // Standardised: lexical 1 and -1; dense -1 and 1 (passage 1 first).
  const auto fused = FuseScores(List({{0, 30}, {1, 10}}), List({{1, 0.9f}, {0, 0.8f}}), 0.25, kLimit);
  ASSERT_THAT(Order(fused), ElementsAre(1, 0));
  EXPECT_NEAR(fused[0].score, 0.25 * -1 + 0.75 * 1, 1e-4);
  EXPECT_NEAR(fused[1].score, 0.25 * 1 + 0.75 * -1, 1e-4);
}

TEST(ScoreFusionTest, GivesAPassageThatACutListLacksItsLowestScore) {
  const auto fused = FuseScores(List({{0, 30}, {1, 10}}), List({{0, 0.9f}, {2, 0.8f}}), 0.5, 2);
  ASSERT_THAT(Order(fused), ElementsAre(0, 1, 2));
  EXPECT_NEAR(fused[1].score, fused[2].score, 1e-5);
  EXPECT_FALSE(fused[1].dense.has_value());
  EXPECT_FALSE(fused[2].lexical.has_value());
}

// A rare name stands in few passages, and they are meant.
TEST(ScoreFusionTest, TellsTheOnlyPassageWithAWordFromThoseWithNone) {
  std::vector<ScoredPassage> dense;
  for (int i = 0; i < 1000; ++i) dense.push_back({PassageAt(i), 0.9f - 0.0005f * static_cast<float>(i)});
  EXPECT_EQ(FuseScores(List({{40, 14}}), dense, 0.4, kLimit)[0].passage, PassageAt(40));
  std::vector<int> order = Order(FuseScores(List({{400, 14}, {500, 13.9f}}), dense, 0.4, kLimit));
  const auto place = [&order](int passage) { return std::find(order.begin(), order.end(), passage) - order.begin(); };
  EXPECT_LT(place(400), 50);
  EXPECT_LT(place(500), 200) << "it has the word, too, though its score is the lowest of the list";
}

TEST(ScoreFusionTest, NotesScoreAndRankOfEachStage) {
  const auto fused = FuseScores(List({{0, 30}, {1, 10}}), List({{1, 0.9f}}), 0.5, kLimit);
  const auto one = std::find_if(fused.begin(), fused.end(),
                                [](const FusedPassage& passage) { return passage.passage == PassageAt(1); });
  ASSERT_NE(one, fused.end());
  EXPECT_EQ(one->lexical->rank, 1u);
  EXPECT_FLOAT_EQ(one->lexical->score, 10);
  EXPECT_EQ(one->dense->rank, 0u);
  EXPECT_FLOAT_EQ(one->dense->score, 0.9f);
}

TEST(ScoreFusionTest, LetsAListWithoutDifferencesNotDecide) {
  EXPECT_THAT(Order(FuseScores(List({{0, 5}, {1, 5}}), List({{1, 0.9f}, {0, 0.8f}}), 0.9, kLimit)), ElementsAre(1, 0));
}

TEST(ScoreFusionTest, BreaksTiesByOrdinal) {
  EXPECT_THAT(Order(FuseScores(List({{1, 5}, {3, 5}}), {}, 0.5, kLimit)), ElementsAre(1, 3));
}

TEST(ScoreFusionTest, HoldsEachPassageOnceInDescendingOrder) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<ScoredPassage> lists[2];
    for (auto& list : lists) {
      for (size_t i = 0; i < 100; ++i) {
        if (random() % 2 == 0) list.push_back({PassageAt(i), static_cast<float>(random() % 17)});
      }
      std::sort(list.begin(), list.end(), RanksBefore);
    }
    const auto fused = FuseScores(lists[0], lists[1], 0.3, kLimit);
    std::vector<int> order = Order(fused);
    std::sort(order.begin(), order.end());
    EXPECT_EQ(std::adjacent_find(order.begin(), order.end()), order.end());
    EXPECT_TRUE(std::is_sorted(fused.begin(), fused.end(),
                               [](const FusedPassage& a, const FusedPassage& b) { return a.score > b.score; }));
  }
}

}  // namespace
}  // namespace bedside
