#include "tools/eval/answer_metrics.h"

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
