#include "tools/eval/evaluation_report.h"

#include "gmock/gmock.h"
#include "nlohmann/json.hpp"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

EvaluationReport Report() {
  EvaluationReport report;
  report.dataset = "data/x";
  report.evaluation.questions = 120;
  report.evaluation.ndcg_at_10 = {0.86412, 0.85, 0.875};
  report.evaluation.latency_ms_p99 = 12.25;
  report.page_size = 100;
  return report;
}

TEST(ReportTextTest, ShowsMeansAndIntervals) {
  EXPECT_THAT(ReportText(Report()), HasSubstr("data/x: 120 questions\n"));
  EXPECT_THAT(ReportText(Report()), HasSubstr("ndcg@10      0.8641  0.8500 to 0.8750\n"));
  EXPECT_THAT(ReportText(Report()), Not(HasSubstr("warning")));
}

TEST(ReportTextTest, SaysWhatWasLeftOutOrDegraded) {
  EvaluationReport report = Report();
  report.unjudged_questions = 3;
  report.evaluation.degraded_questions = 2;
  EXPECT_THAT(ReportText(report), HasSubstr("(3 without a relevant document left out)"));
  EXPECT_THAT(ReportText(report), HasSubstr("2 questions were answered by a part of the search only"));
}

TEST(ReportJsonTest, CarriesEveryNumber) {
  const auto json = nlohmann::json::parse(ReportJson(Report()));
  EXPECT_EQ(json["questions"], 120);
  EXPECT_EQ(json["metrics"]["ndcg@10"]["mean"], 0.86412);
  EXPECT_EQ(json["metrics"]["ndcg@10"]["low"], 0.85);
  EXPECT_EQ(json["metrics"].size(), 4u);
  EXPECT_EQ(json["latency_ms"]["p99"], 12.25);
}

TEST(ReportJsonTest, AFolderNameThatIsNotUtf8StaysValidJson) {
  EvaluationReport report = Report();
  report.dataset = "data/\xff";
  EXPECT_FALSE(nlohmann::json::parse(ReportJson(report), nullptr, false).is_discarded());
}

}  // namespace
}  // namespace bedside
