#include "index/retrieval/ranking_metrics.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using Ranking = std::vector<std::string>;

TEST(NdcgAtTest, DiscountsByTheLogarithmOfTheRank) {
  // Relevant at ranks 2 and 4 of two relevant documents: (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3)).
  EXPECT_NEAR(NdcgAt(10, Ranking{"x", "a", "y", "b"}, {{"a", 1}, {"b", 1}}), 0.65092, 1e-5);
}

TEST(NdcgAtTest, GainIsLinearInTheGrade) {
  // Grades 1, 3 instead of 3, 1: (1 + 3/log2(3)) / (3 + 1/log2(3)).
  EXPECT_NEAR(NdcgAt(10, Ranking{"b", "a"}, {{"a", 3}, {"b", 1}}), 0.79671, 1e-5);
}

TEST(NdcgAtTest, TheIdealIsCutAtKToo) { EXPECT_DOUBLE_EQ(NdcgAt(1, Ranking{"a"}, {{"a", 1}, {"b", 1}, {"c", 1}}), 1); }

TEST(NdcgAtTest, WhatIsBeyondKDoesNotCount) { EXPECT_DOUBLE_EQ(NdcgAt(2, Ranking{"x", "y", "a"}, {{"a", 1}}), 0); }

TEST(NdcgAtTest, AnEmptyRankingIsWorthNothing) { EXPECT_DOUBLE_EQ(NdcgAt(10, Ranking{}, {{"a", 1}}), 0); }

TEST(NdcgAtTest, GradesOfZeroAndBelowAreWorthNothing) {
  EXPECT_DOUBLE_EQ(NdcgAt(10, Ranking{"a", "z", "n"}, {{"a", 1}, {"z", 0}, {"n", -2}}), 1);
}

TEST(RecallAtTest, IsTheShareOfRelevantDocumentsFound) {
  const Judgements judgements = {{"a", 1}, {"b", 2}, {"c", 1}, {"d", 1}, {"z", 0}};
  const Ranking ranking = {"a", "z", "x", "b"};
  EXPECT_DOUBLE_EQ(RecallAt(1, ranking, judgements), 0.25);
  EXPECT_DOUBLE_EQ(RecallAt(4, ranking, judgements), 0.5);
  EXPECT_DOUBLE_EQ(RecallAt(100, ranking, judgements), 0.5);
  EXPECT_DOUBLE_EQ(RecallAt(100, Ranking{}, judgements), 0);
}

TEST(ReciprocalRankTest, IsThatOfTheFirstRelevantDocument) {
  EXPECT_DOUBLE_EQ(ReciprocalRank(Ranking{"x", "z", "a", "b"}, {{"a", 1}, {"b", 1}, {"z", 0}}), 1.0 / 3);
  EXPECT_DOUBLE_EQ(ReciprocalRank(Ranking{"x"}, {{"a", 1}}), 0);
}

TEST(RelevantCountTest, CountsGradesAboveZero) { EXPECT_EQ(RelevantCount({{"a", 2}, {"z", 0}, {"n", -1}}), 1u); }

class RandomRankingTest : public testing::Test {
 protected:
  // Judgements of documents 0 to 29 with grades 0 to 3, the first relevant; all documents as a ranking.
  void Draw() {
    judgements_ = {{"0", 1}};
    ranking_ = {"0"};
    for (int i = 1; i < 30; ++i) {
      ranking_.push_back(absl::StrCat(i));
      judgements_[ranking_.back()] = static_cast<int>(random_() % 4);
    }
    std::shuffle(ranking_.begin(), ranking_.end(), random_);
  }

  std::mt19937 random_{11};
  Judgements judgements_;
  Ranking ranking_;
};

TEST_F(RandomRankingTest, EveryMetricIsWithinZeroAndOne) {
  for (int round = 0; round < 200; ++round) {
    Draw();
    const size_t k = 1 + random_() % 40;
    for (double value : {NdcgAt(k, ranking_, judgements_), RecallAt(k, ranking_, judgements_),
                         ReciprocalRank(ranking_, judgements_)}) {
      EXPECT_GE(value, 0);
      EXPECT_LE(value, 1 + 1e-12);
    }
  }
}

TEST_F(RandomRankingTest, TheBestRankingIsWorthOne) {
  for (int round = 0; round < 200; ++round) {
    Draw();
    std::sort(ranking_.begin(), ranking_.end(),
              [this](const std::string& a, const std::string& b) { return judgements_[a] > judgements_[b]; });
    EXPECT_DOUBLE_EQ(NdcgAt(1 + random_() % 40, ranking_, judgements_), 1);
    EXPECT_DOUBLE_EQ(RecallAt(30, ranking_, judgements_), 1);
    EXPECT_DOUBLE_EQ(ReciprocalRank(ranking_, judgements_), 1);
  }
}

TEST_F(RandomRankingTest, MovingABetterDocumentUpNeverHurts) {
  for (int round = 0; round < 200; ++round) {
    Draw();
    const size_t lower = 1 + random_() % 29;
    const double before = NdcgAt(10, ranking_, judgements_);
    if (judgements_[ranking_[lower]] < judgements_[ranking_[lower - 1]]) continue;
    std::swap(ranking_[lower], ranking_[lower - 1]);
    EXPECT_GE(NdcgAt(10, ranking_, judgements_), before - 1e-12);
  }
}

}  // namespace
}  // namespace bedside
