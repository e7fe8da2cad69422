#include "tools/eval/evaluation_summary.h"

#include "gtest/gtest.h"
#include "tests/tools/eval/made_run.h"

namespace bedside {
namespace {

TEST(SummariseTest, EachQuestionCountsTheSame) {
  EvaluationRun run = MadeRun("x", {0, 0.5, 1, 1});
  run.questions[0].changed = true;
  run.questions[1].degraded = run.questions[2].degraded = true;
  const EvaluationSummary summary = Summarise(run);
  EXPECT_EQ(summary.questions, 4u);
  EXPECT_EQ(summary.changed_questions, 1u);
  EXPECT_EQ(summary.degraded_questions, 2u);
  EXPECT_EQ(summary.metric(Metric::kRecallAt10).mean, 0.625);
  EXPECT_LE(summary.metric(Metric::kRecallAt10).low, 0.625);
  EXPECT_EQ(summary.latency_ms_p50.mean, 2);
  EXPECT_EQ(summary.latency_ms_p99.mean, 4);
}

TEST(StageQualityTest, IsOverTheQuestionsThatHaveTheStage) {
  EvaluationRun run = MadeRun("x", {0, 0, 0});
  run.questions[0].stage_ndcg[0] = 1;
  run.questions[2].stage_ndcg[0] = 0.5;
  EXPECT_EQ(StageQuality(run, Stage::kLexical)->mean, 0.75);
  EXPECT_FALSE(StageQuality(run, Stage::kDense).has_value());
}

}  // namespace
}  // namespace bedside
