#include "index/retrieval/ranked_passage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/passage/passage_ordinal.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Of the passages 0, 1, 2, ...
std::vector<RankedPassage> Scored(const std::vector<double>& scores) {
  std::vector<RankedPassage> ranked;
  for (double score : scores) {
    RankedPassage& passage = ranked.emplace_back();
    passage.fused.passage = PassageAt(ranked.size() - 1);
    passage.score = score;
  }
  return ranked;
}

std::vector<size_t> Order(const std::vector<RankedPassage>& ranked) {
  std::vector<size_t> order;
  for (const RankedPassage& passage : ranked) order.push_back(IndexOf(passage.fused.passage));
  return order;
}

std::vector<double> Scores(const std::vector<RankedPassage>& ranked) {
  std::vector<double> scores;
  for (const RankedPassage& passage : ranked) scores.push_back(passage.score);
  return scores;
}

TEST(OrderFirstTest, OrdersTheFirstAndMovesTheOthersBelowThem) {
  std::vector<RankedPassage> ranked = Scored({-3, 5, 1, 0.5, 0.25});
  OrderFirst(2, &ranked);
  EXPECT_THAT(Order(ranked), ElementsAre(1, 0, 2, 3, 4));
  EXPECT_THAT(Scores(ranked), ElementsAre(5, -3, -3, -3.5, -3.75));
}

TEST(OrderFirstTest, EqualScoresRankByOrdinal) {
  std::vector<RankedPassage> ranked = Scored({1, 1, 2});
  std::swap(ranked[0], ranked[1]);
  OrderFirst(3, &ranked);
  EXPECT_THAT(Order(ranked), ElementsAre(2, 0, 1));
}

TEST(OrderFirstTest, NoneFirstIsNothingToOrder) {
  std::vector<RankedPassage> ranked = Scored({1, 2});
  OrderFirst(0, &ranked);
  EXPECT_THAT(Scores(ranked), ElementsAre(1, 2));
  std::vector<RankedPassage> nothing;
  OrderFirst(0, &nothing);
  EXPECT_THAT(nothing, IsEmpty());
}

}  // namespace
}  // namespace bedside
