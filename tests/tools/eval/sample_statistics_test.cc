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

TEST(PercentileTest, OfOneValueIsThatValue) {
  for (double percent : {0.1, 50.0, 99.0, 100.0}) EXPECT_EQ(Percentile({7}, percent), 7);
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
