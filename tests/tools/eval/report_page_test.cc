#include "tools/eval/report_page.h"

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/tools/eval/made_run.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

// With everything that a run can have.
EvaluationRun WholeRun(const std::string& dataset, int64_t passages) {
  EvaluationRun run = MadeRun(dataset, {0, 0.5, 1, 1});
  run.passages = passages;
  for (size_t i = 0; i < run.questions.size(); ++i) {
    QuestionResult& question = run.questions[i];
    question.type = i % 2 == 0 ? "yesno" : "list";
    question.stage_ndcg = {0.25, 0.5, 0.75, 1.0};
    question.best_cosine = 0.5;
    question.passages = {{i > 0, 0.75}, {false, 0.25}};
  }
  return run;
}

TEST(ReportPageTest, HasEverySection) {
  EvaluationRun typo = WholeRun("x", 10);
  typo.perturbation = "typo 1";
  typo.questions[1].changed = true;
  const std::string page =
      ReportPage(std::vector<ReportColumn>{{"measured", {WholeRun("x", 10), typo}}, {"no-dense", {WholeRun("x", 20)}}});
  for (const char* heading :
       {"Overview", "Quality by stage", "Quality by type of question", "Settings side by side", "Changed questions",
        "Risk and coverage", "Calibration", "Filtering the evidence", "Latency", "Growth"}) {
    EXPECT_THAT(page, HasSubstr(std::string("<h2>") + heading + "</h2>\n"));
  }
  for (const char* text : {">lexical<", ">final<", ">yesno<", ">no-dense<", ">typo 1<", "Expected calibration error",
                           "10 % lost", ">median latency<", "0 of 4"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
}

TEST(ReportPageTest, GrowthIsShownByTheSharesOfTheCorpus) {
  EvaluationRun run = WholeRun("x", 20);
  run.growth = {{10, {4, 5, 6}, {1, 2, 3}}, {20, {7, 8, 9}, {2, 2.5, 3}}};
  const std::string page = ReportPage(std::vector<ReportColumn>{{"m", {run}}});
  for (const char* text : {">p50, asked again<", ">p99<", ">10</th>", "5.0 (4.0 to 6.0)", "2.0 (1.0 to 3.0)",
                           "8.0 (7.0 to 9.0)", "Search time by size"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
  EXPECT_THAT(page, Not(HasSubstr("of one size only")));
}

TEST(ReportPageTest, WhatThereIsNothingOfIsSaid) {
  const std::string page = ReportPage(std::vector<ReportColumn>{{"measured", {MadeRun("x", {1, 0})}}});
  for (const char* text : {"The questions have no types", "One measurement only", "None were measured",
                           "neither a relevance nor a cosine", "no calibrated relevance of a passage",
                           "no calibrated relevance of every passage", "indexes of one size only"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
}

TEST(ReportPageTest, OtherQuestionsAreNotCompared) {
  const std::string page =
      ReportPage(std::vector<ReportColumn>{{"a", {MadeRun("x", {1, 0})}}, {"b", {MadeRun("x", {1, 0, 1})}}});
  EXPECT_THAT(page, HasSubstr("not comparable: other questions"));
}

TEST(ReportPageTest, NamesFromOutsideAreShownAndNotObeyed) {
  EvaluationRun run = WholeRun("<script>alert(1)</script>", 10);
  run.settings = run.model = run.generation = run.questions[0].type = "\"><img src=x>";
  const std::string page = ReportPage(std::vector<ReportColumn>{{"<b>", {run}}, {"</svg>", {run}}});
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
}

TEST(ReportPageTest, PerturbedRunsAloneAreShown) {
  EvaluationRun run = WholeRun("x", 10);
  run.perturbation = "typo 1";
  EXPECT_THAT(ReportPage(std::vector<ReportColumn>{{"m", {run}}}), HasSubstr("m: x, typo 1"));
}

TEST(ReportPageTest, IsWrittenToAFile) {
  const std::vector<ReportColumn> columns = {{"m", {MadeRun("x", {1})}}};
  EXPECT_THAT(WriteReportPage(columns, WriteFile(TempFolder(), "report.html", "")), IsOk());
  EXPECT_THAT(WriteReportPage(columns, "/nowhere/report.html"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace bedside
