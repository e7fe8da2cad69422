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
}

TEST(RunTextTest, SaysWhatWasLeftOutDegradedOrChanged) {
  EvaluationRun run = MadeRun("x", {0.5, 0.5, 0.5});
  run.perturbation = "typo 1";
  run.unjudged_questions = 3;
  run.questions[1].degraded = true;
  run.questions[0].changed = true;
  EXPECT_THAT(RunText(run), HasSubstr("x, typo 1: 3 questions, 1 of them changed (3 without a relevant document"));
  EXPECT_THAT(RunText(run), HasSubstr("1 questions were answered by a part of the search only"));
}

}  // namespace
}  // namespace bedside
