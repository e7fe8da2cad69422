#include "tools/eval/run_comparison.h"

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/tools/eval/made_run.h"

namespace bedside {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<RunComparison> Compared(const std::vector<double>& before, const std::vector<double>& after) {
  const std::vector<EvaluationRun> old_runs = {MadeRun("x", before)};
  const std::vector<EvaluationRun> new_runs = {MadeRun("x", after)};
  auto comparisons = CompareAll(old_runs, new_runs);
  EXPECT_THAT(comparisons, IsOk());
  return *std::move(comparisons);
}

TEST(CompareTest, PairsByIdWhateverTheOrder) {
  const EvaluationRun before = MadeRun("x", {0, 1});
  EvaluationRun after = before;
  std::swap(after.questions[0], after.questions[1]);
  const auto comparison = Compare(before, after);
  ASSERT_THAT(comparison, IsOk());
  EXPECT_EQ(comparison->metric(Metric::kNdcgAt10).changed, 0u);
}

TEST(CompareTest, OtherQuestionsAreAnErrorThatSaysWhatToDo) {
  const EvaluationRun before = MadeRun("x", {0, 1});
  EvaluationRun after = before;
  after.questions[0].id = "other";
  EXPECT_THAT(Compare(before, after), StatusIs(absl::StatusCode::kInvalidArgument,
                                               AllOf(HasSubstr("1 of those now are new"), HasSubstr("--json=FILE"))));
  EXPECT_THAT(Compare(before, MadeRun("x", {0})),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("1 now, 2 before")));
}

TEST(CompareTest, AnotherPageSizeIsAnError) {
  EvaluationRun after = MadeRun("x", {0});
  after.page_size = 300;
  EXPECT_THAT(Compare(MadeRun("x", {0}), after),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--page_size")));
}

TEST(CompareChangedTest, TakesOnlyTheQuestionsThatWereChanged) {
  EvaluationRun after = MadeRun("x", {0, 0.5, 0.25});
  after.questions[1].changed = true;
  const auto comparison = CompareChanged(MadeRun("x", {0, 1, 1}), after);
  ASSERT_THAT(comparison, IsOk());
  EXPECT_EQ(comparison->metric(Metric::kNdcgAt10).pairs, 1u);
  EXPECT_EQ(comparison->metric(Metric::kNdcgAt10).difference.mean, -0.5);
}

TEST(CompareChangedTest, NoneChangedIsAnError) {
  EXPECT_THAT(CompareChanged(MadeRun("x", {0}), MadeRun("x", {0})), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(CompareAllTest, ARunWithoutAPartnerIsAnErrorOnEitherSide) {
  const std::vector<EvaluationRun> one = {MadeRun("x", {0})};
  const std::vector<EvaluationRun> two = {MadeRun("x", {0}), MadeRun("y", {0})};
  EXPECT_THAT(CompareAll(one, two), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("has no y")));
  EXPECT_THAT(CompareAll(two, one), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("has y")));
}

TEST(CompareAllTest, APerturbedRunIsNoPartnerOfAPlainOne) {
  std::vector<EvaluationRun> perturbed = {MadeRun("x", {0})};
  perturbed[0].perturbation = "typo 1";
  EXPECT_THAT(CompareAll({MadeRun("x", {0})}, perturbed), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ComparisonTextTest, SaysHowManyQuestionsDiffer) {
  const std::string text = ComparisonText(Compared({0, 1, 1}, {0, 1, 0.5}), "old.json");
  EXPECT_THAT(text, HasSubstr("x: change from old.json"));
  EXPECT_THAT(text, HasSubstr("ndcg@10      -0.1667"));
  EXPECT_THAT(text, HasSubstr("1 of 3"));
}

TEST(JudgeRegressionTest, TheSameAgainPasses) {
  const std::vector<double> values(50, 0.5);
  const GateVerdict verdict = JudgeRegression(Compared(values, values), 0.05);
  EXPECT_TRUE(verdict.passed);
  EXPECT_THAT(verdict.text, HasSubstr("gate: passed"));
  EXPECT_THAT(verdict.text, HasSubstr("the same on every question"));
}

TEST(JudgeRegressionTest, AFallOnManyQuestionsFailsWithItsSize) {
  const GateVerdict verdict =
      JudgeRegression(Compared(std::vector<double>(50, 0.5), std::vector<double>(50, 0.4)), 0.05);
  EXPECT_FALSE(verdict.passed);
  EXPECT_THAT(verdict.text, HasSubstr("gate: FAILED: x: ndcg@10 fell by 0.1000"));
  EXPECT_THAT(verdict.text, Not(HasSubstr("passed")));
}

TEST(JudgeRegressionTest, AFallOfAsManyAsRosePassesAndSaysWhatWouldHaveBeenSeen) {
  std::vector<double> after;
  for (int i = 0; i < 50; ++i) after.push_back(i % 2 == 0 ? 0.3 : 0.69);
  const GateVerdict verdict = JudgeRegression(Compared(std::vector<double>(50, 0.5), after), 0.05);
  EXPECT_TRUE(verdict.passed);
  EXPECT_THAT(verdict.text, HasSubstr("would be seen four times in five"));
}

TEST(JudgeRegressionTest, ARisePasses) {
  EXPECT_TRUE(JudgeRegression(Compared(std::vector<double>(50, 0.5), std::vector<double>(50, 0.9)), 0.05).passed);
}

TEST(JudgeRegressionTest, ManyMetricsDoNotMakeAChanceFindARegression) {
  // Six falls alone: p is 1/64, below 0.05, and not below 0.05 / 4.
  const auto comparisons = Compared(std::vector<double>(6, 0.5), std::vector<double>(6, 0.4));
  EXPECT_LT(comparisons[0].metric(Metric::kNdcgAt10).p_lower, 0.05);
  EXPECT_TRUE(JudgeRegression(comparisons, 0.05).passed);
  EXPECT_FALSE(JudgeRegression(comparisons, 0.2).passed);
}

}  // namespace
}  // namespace bedside
