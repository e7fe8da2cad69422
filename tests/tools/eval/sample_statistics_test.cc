#include "tools/eval/sample_statistics.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(PercentileTest, IsTheNearestRank) {
  const std::vector<double> sample = {50, 15, 35, 20, 40};
  EXPECT_EQ(Percentile(sample, 5), 15);
  EXPECT_EQ(Percentile(sample, 30), 20);
  EXPECT_EQ(Percentile(sample, 40), 20);
  EXPECT_EQ(Percentile(sample, 50), 35);
  EXPECT_EQ(Percentile(sample, 100), 50);
}

TEST(PercentileTest, RoundingMovesNoRank) {
  std::vector<double> sample;
  for (int i = 1; i <= 100; ++i) sample.push_back(i);
  for (int percent = 1; percent <= 100; ++percent) EXPECT_EQ(Percentile(sample, percent), percent);
}

TEST(PercentileTest, OfOneValueIsThatValue) {
  for (double percent : {0.1, 50.0, 99.0, 100.0}) EXPECT_EQ(Percentile({7}, percent), 7);
}

TEST(WilsonShareTest, IsTheIntervalOfItsFormula) {
  // Of 10 at z = 1.96: centre (0.5 + 0.19207) / 1.38415, half 1.96 / 1.38415 * sqrt(0.025 + 0.0096).
  const Estimate half = WilsonShare(5, 10);
  EXPECT_EQ(half.mean, 0.5);
  EXPECT_NEAR(half.low, 0.2366, 1e-4);
  EXPECT_NEAR(half.high, 0.7634, 1e-4);
}

TEST(WilsonShareTest, OfNoneAndOfAllHasAWidthWithinNoneAndAll) {
  const Estimate none = WilsonShare(0, 100);
  EXPECT_EQ(none.mean, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.0370, 1e-4);
  const Estimate all = WilsonShare(100, 100);
  EXPECT_EQ(all.mean, 1);
  EXPECT_NEAR(all.low, 0.9630, 1e-4);
  EXPECT_EQ(all.high, 1);
}

TEST(WilsonShareTest, TheShareLiesInItsIntervalAndTheOtherShareInTheMirrored) {
  for (size_t of = 1; of <= 60; ++of) {
    for (size_t count = 0; count <= of; ++count) {
      const Estimate share = WilsonShare(count, of);
      const Estimate rest = WilsonShare(of - count, of);
      EXPECT_LE(0, share.low);
      EXPECT_LE(share.low, share.mean);
      EXPECT_LE(share.mean, share.high);
      EXPECT_LE(share.high, 1);
      EXPECT_NEAR(share.low, 1 - rest.high, 1e-12);
    }
  }
}

TEST(BootstrapMeanTest, OfEqualValuesHasNoWidth) {
  const Estimate estimate = BootstrapMean(std::vector<double>(50, 0.5), 1000, 1);
  EXPECT_EQ(estimate.mean, 0.5);
  EXPECT_EQ(estimate.low, 0.5);
  EXPECT_EQ(estimate.high, 0.5);
}

TEST(BootstrapMeanTest, ComesCloseToTheNormalIntervalOfALargeSample) {
  // Half zeros, half ones: mean 0.5, standard error 0.5 / sqrt(400) = 0.025.
  std::vector<double> sample(400);
  for (size_t i = 0; i < sample.size(); i += 2) sample[i] = 1;
  const Estimate estimate = BootstrapMean(sample, 1000, 1);
  EXPECT_EQ(estimate.mean, 0.5);
  EXPECT_NEAR(estimate.low, 0.5 - 1.96 * 0.025, 0.006);
  EXPECT_NEAR(estimate.high, 0.5 + 1.96 * 0.025, 0.006);
}

TEST(BootstrapMeanTest, TheSeedDecides) {
  std::mt19937 random(3);
  std::vector<double> sample(97);
  for (double& value : sample) value = random() % 1000;
  const Estimate once = BootstrapMean(sample, 1000, 1);
  const Estimate again = BootstrapMean(sample, 1000, 1);
  const Estimate other = BootstrapMean(sample, 1000, 2);
  EXPECT_EQ(once.low, again.low);
  EXPECT_EQ(once.high, again.high);
  EXPECT_NE(once.low, other.low);
}

TEST(BootstrapMeanTest, TheMeanLiesInItsInterval) {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> sample(20 + random() % 100);
    for (double& value : sample) value = random() % 100;
    const Estimate estimate = BootstrapMean(sample, 500, round);
    EXPECT_LE(estimate.low, estimate.mean);
    EXPECT_GE(estimate.high, estimate.mean);
  }
}

TEST(BootstrapPercentileTest, OfEqualValuesHasNoWidth) {
  const Estimate estimate = BootstrapPercentile(std::vector<double>(30, 7), 90, 200, 1);
  EXPECT_EQ(estimate.mean, 7);
  EXPECT_EQ(estimate.low, 7);
  EXPECT_EQ(estimate.high, 7);
}

TEST(BootstrapPercentileTest, ComesCloseToTheIntervalOfOrderStatistics) {
  // The median of 1 to 400: ranks 200 -+ 1.96 * sqrt(400) / 2.
  std::vector<double> sample;
  for (int i = 1; i <= 400; ++i) sample.push_back(i);
  const Estimate estimate = BootstrapPercentile(sample, 50, 1000, 1);
  EXPECT_EQ(estimate.mean, 200);
  EXPECT_NEAR(estimate.low, 200 - 19.6, 4);
  EXPECT_NEAR(estimate.high, 200 + 19.6, 4);
}

}  // namespace
}  // namespace bedside
