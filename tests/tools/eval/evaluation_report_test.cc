#include "tools/eval/evaluation_report.h"

#include "gmock/gmock.h"
#include "tests/tools/eval/made_run.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(RunTextTest, ShowsMeansAndIntervals) {
  const EvaluationRun run = MadeRun("x", {0.5, 0.5, 0.5});
  EXPECT_THAT(RunText(run), HasSubstr("x: 3 questions\n"));
  EXPECT_THAT(RunText(run), HasSubstr("ndcg@10      0.5000  0.5000 to 0.5000\n"));
  EXPECT_THAT(RunText(run), HasSubstr("p50 2.0 ms"));
  EXPECT_THAT(RunText(run), Not(HasSubstr("warning")));
  EXPECT_THAT(RunText(run), Not(HasSubstr("changed")));
  EXPECT_THAT(RunText(run), Not(HasSubstr("filter")));
}

TEST(RunTextTest, SaysWhatWasLeftOutDegradedOrChanged) {
  EvaluationRun run = MadeRun("x", {0.5, 0.5, 0.5});
  run.perturbation = "typo 1";
  run.unjudged_questions = 3;
  run.missing_documents = 4;
  run.questions[1].degraded = true;
  run.questions[0].changed = true;
  EXPECT_THAT(RunText(run), HasSubstr("x, typo 1: 3 questions, 1 of them changed (3 without a relevant document"));
  EXPECT_THAT(RunText(run), HasSubstr("4 documents judged relevant are not in the index"));
  EXPECT_THAT(RunText(run), HasSubstr("1 questions were answered by a part of the search only"));
}

TEST(RunTextTest, SaysWhatTheRelevanceIsWorth) {
  EvaluationRun run = MadeRun("x", {1, 1});
  for (QuestionResult& question : run.questions) question.passages = {{true, 1.0}, {false, 0.25}};
  EXPECT_THAT(RunText(run), HasSubstr("relevance   calibration error 0.125 (0.125 to 0.125)\n"));
  EXPECT_THAT(RunText(run),
              HasSubstr("of the first 16 passages, a filter that loses 10 % of the relevant removes 1.000"));
}

}  // namespace
}  // namespace bedside
