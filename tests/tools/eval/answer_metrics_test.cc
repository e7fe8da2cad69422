#include "tools/eval/answer_metrics.h"

#include <cmath>
#include <random>

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(AnswerMetricsTest, AreaUnderRocIsTheShareOfPairsInOrder) {
  EXPECT_DOUBLE_EQ(AreaUnderRoc({3, 4}, {1, 2}), 1);
  EXPECT_DOUBLE_EQ(AreaUnderRoc({1, 2}, {3, 4}), 0);
  EXPECT_DOUBLE_EQ(AreaUnderRoc({1, 3}, {2}), 0.5);
  EXPECT_DOUBLE_EQ(AreaUnderRoc({2, 2, 5}, {2, 1}), (0.5 + 1 + 0.5 + 1 + 1 + 1) / 6);
}

TEST(AnswerMetricsTest, AreaUnderRocOfEqualScoresIsAHalf) { EXPECT_DOUBLE_EQ(AreaUnderRoc({0, 0}, {0, 0, 0}), 0.5); }

TEST(AnswerMetricsTest, IntervalOfTheAreaIsThatOfHanleyAndMcNeil) {
  // 3 of 4 pairs in order: variance (0.1875 + (0.6 - 0.5625) + (9 / 14 - 0.5625)) / 4.
  const Estimate area = RocEstimate({2, 4}, {1, 3});
  EXPECT_DOUBLE_EQ(area.mean, 0.75);
  EXPECT_NEAR(area.low, 0.75 - 1.959964 * std::sqrt((0.1875 + 0.0375 + 9.0 / 14 - 0.5625) / 4), 1e-6);
  EXPECT_EQ(area.high, 1);
}

TEST(AnswerMetricsTest, IntervalOfTheAreaNarrowsWithMoreScores) {
  std::vector<double> positives, negatives;
  for (int i = 0; i < 100; ++i) {
    positives.push_back(i % 4 == 0 ? 0 : 2);
    negatives.push_back(1);
  }
  const Estimate area = RocEstimate(positives, negatives);
  EXPECT_DOUBLE_EQ(area.mean, 0.75);
  EXPECT_GT(area.low, 0.65);
  EXPECT_LT(area.high, 0.85);
  EXPECT_LT(area.low, area.mean);
}

TEST(AnswerMetricsTest, IntervalOfAPerfectAreaHasNoWidth) {
  const Estimate area = RocEstimate({3, 4}, {1, 2});
  EXPECT_EQ(area.low, 1);
  EXPECT_EQ(area.high, 1);
}

// By trapezia.
double AreaUnder(const std::vector<RocPoint>& curve) {
  double area = 0;
  for (size_t i = 1; i < curve.size(); ++i) {
    area += (curve[i].negatives - curve[i - 1].negatives) * (curve[i].positives + curve[i - 1].positives) / 2;
  }
  return area;
}

TEST(AnswerMetricsTest, RocCurveHasAPointAScore) {
  const std::vector<RocPoint> curve = RocCurve({0.9, 0.5}, {0.5, 0.1});
  ASSERT_EQ(curve.size(), 4u);
  EXPECT_EQ(curve[1].positives, 0.5);
  EXPECT_EQ(curve[1].negatives, 0);
  EXPECT_EQ(curve[2].positives, 1);
  EXPECT_EQ(curve[2].negatives, 0.5);
}

TEST(AnswerMetricsTest, WhatLiesUnderTheCurveIsTheArea) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> positives(1 + random() % 20), negatives(1 + random() % 20);
    for (double& score : positives) score = 1 + random() % 6;
    for (double& score : negatives) score = random() % 6;
    const std::vector<RocPoint> curve = RocCurve(positives, negatives);
    EXPECT_NEAR(AreaUnder(curve), AreaUnderRoc(positives, negatives), 1e-12);
    EXPECT_EQ(curve.back().positives, 1);
    EXPECT_EQ(curve.back().negatives, 1);
  }
}

TEST(AnswerMetricsTest, WrongOnesAreCountedFromTheMostConfident) {
  EXPECT_EQ(WrongByCoverage({{0.1, true}, {0.9, false}, {0.5, true}}), (std::vector<size_t>{0, 1, 2}));
  EXPECT_EQ(WrongByCoverage({}), std::vector<size_t>());
}

TEST(AnswerMetricsTest, RiskIsAveragedOverAllCoverages) {
  // Most confident first: right, wrong, right: 0, 1/2, 1/3.
  EXPECT_DOUBLE_EQ(AreaUnderRiskCoverage({{0.1, false}, {0.9, false}, {0.5, true}}), (0 + 1.0 / 2 + 1.0 / 3) / 3);
}

TEST(AnswerMetricsTest, RiskOfWhatIsAllRightOrAllWrong) {
  EXPECT_DOUBLE_EQ(AreaUnderRiskCoverage({{1, false}, {2, false}}), 0);
  EXPECT_DOUBLE_EQ(AreaUnderRiskCoverage({{1, true}, {2, true}}), 1);
}

TEST(AnswerMetricsTest, OutcomesOfOneConfidenceStayInTheirOrder) {
  EXPECT_DOUBLE_EQ(AreaUnderRiskCoverage({{1, true}, {1, false}}), (1 + 0.5) / 2);
  EXPECT_DOUBLE_EQ(AreaUnderRiskCoverage({{1, false}, {1, true}}), (0 + 0.5) / 2);
}

TEST(AnswerMetricsTest, BigramRecallIsTheShareOfTheReference) {
  EXPECT_DOUBLE_EQ(BigramRecall("aspirin reduces stroke", "It seems that ASPIRIN reduces, mildly, stroke."), 0.5);
  EXPECT_DOUBLE_EQ(BigramRecall("aspirin reduces stroke", "aspirin reduces stroke and more"), 1);
  EXPECT_DOUBLE_EQ(BigramRecall("β blockers", "the β-blockers"), 1);
}

TEST(AnswerMetricsTest, RepeatedBigramCountsAsOftenAsTheTextHoldsIt) {
  EXPECT_DOUBLE_EQ(BigramRecall("a b a b", "a b"), 1.0 / 3);
  EXPECT_DOUBLE_EQ(BigramRecall("a b", "a b a b"), 1);
}

TEST(AnswerMetricsTest, BigramRecallOfNothingIsNone) {
  EXPECT_DOUBLE_EQ(BigramRecall("", "a b"), 0);
  EXPECT_DOUBLE_EQ(BigramRecall("aspirin", "aspirin"), 0);
  EXPECT_DOUBLE_EQ(BigramRecall("a b", ""), 0);
  EXPECT_DOUBLE_EQ(BigramRecall("?!", "?!"), 0);
}

}  // namespace
}  // namespace bedside
