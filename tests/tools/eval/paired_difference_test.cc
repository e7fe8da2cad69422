#include "tools/eval/paired_difference.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

using Values = std::vector<double>;

TEST(ComparePairsTest, TheSameTwiceDiffersByNothing) {
  const PairedDifference result = ComparePairs(Values{0.1, 0.5, 1}, Values{0.1, 0.5, 1});
  EXPECT_EQ(result.pairs, 3u);
  EXPECT_EQ(result.changed, 0u);
  EXPECT_EQ(result.difference.mean, 0);
  EXPECT_EQ(result.difference.low, 0);
  EXPECT_EQ(result.p_two_sided, 1);
  EXPECT_EQ(result.p_lower, 1);
  EXPECT_EQ(DetectableFall(result, 0.05), 0);
}

TEST(ComparePairsTest, AFallOfEveryPairIsAsRareAsItsExchanges) {
  // All of ten fell by as much: 1 of 2^10 exchanges is as low, 2 are as far.
  const PairedDifference result = ComparePairs(Values(10, 0.5), Values(10, 0.25));
  EXPECT_EQ(result.changed, 10u);
  EXPECT_DOUBLE_EQ(result.difference.mean, -0.25);
  EXPECT_NEAR(result.p_lower, 1.0 / 1024, 0.0012);
  EXPECT_NEAR(result.p_two_sided, 2.0 / 1024, 0.0016);
}

TEST(ComparePairsTest, OneFallOfOneIsChance) {
  // Two exchanges, one as low as the other.
  EXPECT_NEAR(ComparePairs(Values{1}, Values{0}).p_lower, 0.5, 0.02);
  EXPECT_EQ(ComparePairs(Values{1}, Values{0}).p_two_sided, 1);
}

TEST(ComparePairsTest, ARiseIsNotLower) {
  const PairedDifference result = ComparePairs(Values(20, 0.25), Values(20, 0.5));
  EXPECT_EQ(result.p_lower, 1);
  EXPECT_LT(result.p_two_sided, 0.001);
}

TEST(ComparePairsTest, PairsThatStayTheSameDoNotChangeTheTest) {
  Values before(10, 0.5);
  Values after(10, 0.25);
  const double p = ComparePairs(before, after).p_lower;
  before.resize(1000, 0.75);
  after.resize(1000, 0.75);
  EXPECT_EQ(ComparePairs(before, after).p_lower, p);
  EXPECT_DOUBLE_EQ(ComparePairs(before, after).difference.mean, -0.0025);
}

TEST(ComparePairsTest, ThePIsSmallOnAsOftenAsItSaysWhenNothingChanged) {
  std::mt19937 random(7);
  int below = 0;
  for (int round = 0; round < 200; ++round) {
    Values before;
    Values after;
    for (int i = 0; i < 40; ++i) {
      before.push_back(static_cast<double>(random() % 1000));
      after.push_back(static_cast<double>(random() % 1000));
    }
    if (ComparePairs(before, after).p_lower < 0.1) ++below;
  }
  // 20 expected, standard deviation 4.2.
  EXPECT_GT(below, 7);
  EXPECT_LT(below, 33);
}

TEST(DetectableFallTest, IsTwoAndAHalfStandardErrorsAtFivePercent) {
  PairedDifference difference;
  difference.standard_error = 0.01;
  // z(0.95) + z(0.8) = 1.6449 + 0.8416.
  EXPECT_NEAR(DetectableFall(difference, 0.05), 0.024865, 1e-6);
  EXPECT_GT(DetectableFall(difference, 0.01), DetectableFall(difference, 0.05));
}

}  // namespace
}  // namespace bedside
