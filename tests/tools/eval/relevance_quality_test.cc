#include "tools/eval/relevance_quality.h"

#include "gmock/gmock.h"
#include "tests/tools/eval/made_run.h"

namespace bedside {
namespace {

// Each question has one passage.
EvaluationRun MadeOf(const std::vector<JudgedPassage>& passages) {
  EvaluationRun run = MadeRun("x", std::vector<double>(passages.size(), 1));
  for (size_t i = 0; i < passages.size(); ++i) run.questions[i].passages = {passages[i]};
  return run;
}

std::vector<JudgedPassage> Repeated(size_t count, JudgedPassage passage) {
  return std::vector<JudgedPassage>(count, passage);
}

template <typename T>
std::vector<T> Joined(std::vector<T> a, const std::vector<T>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(RiskCoverageTest, ConfidenceThatKnowsPutsTheErrorsLast) {
  const auto points = RiskCoverage(MadeOf(Joined(Repeated(15, {true, 0.9}), Repeated(5, {false, 0.1}))));
  ASSERT_EQ(points.size(), 20u);
  EXPECT_EQ(points[14].coverage, 0.75);
  EXPECT_EQ(RiskAt(points, 0.75).mean, 0);
  EXPECT_DOUBLE_EQ(RiskAt(points, 1).mean, 0.25);
  EXPECT_LT(RiskAt(points, 1).low, 0.25);
  EXPECT_GT(RiskAt(points, 1).high, 0.25);
}

TEST(RiskCoverageTest, WithoutRelevanceTheCosineDecides) {
  EvaluationRun run = MadeOf({{false, absl::nullopt}, {true, absl::nullopt}});
  run.questions[0].best_cosine = 0.1;
  run.questions[1].best_cosine = 0.9;
  EXPECT_EQ(ConfidenceOf(run), Confidence::kCosine);
  EXPECT_EQ(RiskCoverage(run)[9].risk.mean, 0);
  EXPECT_EQ(RiskCoverage(run)[19].risk.mean, 0.5);
}

TEST(RiskCoverageTest, AQuestionWithoutEitherLeavesNothingToOrderBy) {
  const EvaluationRun run = MadeOf({{true, 0.5}, {true, absl::nullopt}});
  EXPECT_EQ(ConfidenceOf(run), Confidence::kNone);
  EXPECT_TRUE(RiskCoverage(run).empty());
}

TEST(CalibrationTest, RelevanceThatKeepsItsWordHasNoError) {
  const auto calibration = CalibrationOf(MadeOf(Joined(Repeated(10, {true, 0.5}), Repeated(10, {false, 0.5}))));
  ASSERT_TRUE(calibration.has_value());
  ASSERT_EQ(calibration->bins.size(), 1u);
  EXPECT_EQ(calibration->bins[0].passages, 20u);
  EXPECT_EQ(calibration->bins[0].predicted, 0.5);
  EXPECT_EQ(calibration->bins[0].observed.mean, 0.5);
  EXPECT_EQ(calibration->error.mean, 0);
}

TEST(CalibrationTest, TheErrorIsWeightedByPassages) {
  // Three of four say 0.25 and are never relevant, one says 1 and is.
  const auto calibration = CalibrationOf(MadeOf({{false, 0.25}, {false, 0.25}, {false, 0.25}, {true, 1.0}}));
  ASSERT_TRUE(calibration.has_value());
  EXPECT_EQ(calibration->bins.size(), 2u);
  EXPECT_DOUBLE_EQ(calibration->error.mean, 0.1875);
}

TEST(CalibrationTest, WithoutRelevanceThereIsNone) {
  EXPECT_FALSE(CalibrationOf(MadeOf({{true, absl::nullopt}})).has_value());
}

TEST(FilterTradeOffTest, SeparatedPassagesAreFilteredWithoutLoss) {
  const auto points = FilterTradeOff(MadeOf(Joined(Repeated(10, {true, 0.9}), Repeated(10, {false, 0.1}))));
  ASSERT_TRUE(points.has_value());
  EXPECT_EQ((*points)[0].lost, 0);
  EXPECT_EQ((*points)[0].removed.mean, 1);
}

TEST(FilterTradeOffTest, WhatIsRemovedGrowsWithWhatIsLost) {
  std::vector<JudgedPassage> passages;
  for (int i = 0; i < 100; ++i) passages.push_back({i % 3 == 0, (i * 37 % 100) / 100.0});
  const auto points = FilterTradeOff(MadeOf(passages));
  ASSERT_TRUE(points.has_value());
  for (size_t i = 1; i < points->size(); ++i) EXPECT_GE((*points)[i].removed.mean, (*points)[i - 1].removed.mean);
  for (const double lost : {0.0, 0.02, 0.1, 0.58, 1.0}) EXPECT_DOUBLE_EQ(FilteredAt(*points, lost).lost, lost);
  EXPECT_EQ(points->back().removed.mean, 1);
}

TEST(FilterTradeOffTest, NeedsRelevanceOfAllAndBothKinds) {
  EXPECT_FALSE(FilterTradeOff(MadeOf({{true, 0.5}, {false, absl::nullopt}})).has_value());
  EXPECT_FALSE(FilterTradeOff(MadeOf({{true, 0.5}, {true, 0.5}})).has_value());
  EXPECT_FALSE(FilterTradeOff(MadeOf({{false, 0.5}})).has_value());
}

}  // namespace
}  // namespace bedside
