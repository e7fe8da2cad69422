#include "tools/bedside/job_printer.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/tools/bedside/recorded_console.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

v1::JobProgress Embedding(int64_t done) {
  v1::JobProgress progress;
  progress.set_stage(v1::JOB_STAGE_EMBEDDING);
  progress.set_documents_read(1200);
  progress.set_passages_done(done);
  progress.set_passages_total(2000);
  progress.mutable_start_time()->set_seconds(1000);
  return progress;
}

const absl::Time kTenSecondsIn = absl::FromUnixSeconds(1010);

TEST(JobProgressPrinterTest, ALogGetsALineAtEveryTenth) {
  RecordedConsole recorded;
  JobProgressPrinter printer(recorded.console);
  for (int64_t done = 0; done <= 2000; done += 10) printer.Update(Embedding(done), kTenSecondsIn);
  printer.Finish();
  const std::string log = recorded.err.str();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 11);
  EXPECT_THAT(log, Not(HasSubstr("\r")));
}

TEST(JobProgressPrinterTest, ATerminalSeesOneLineWithBarRateAndTimeLeft) {
  RecordedConsole recorded;
  recorded.console.live = true;
  JobProgressPrinter printer(recorded.console);
  printer.Update(Embedding(1000), kTenSecondsIn);
  EXPECT_EQ(recorded.err.str(),
            "\r\x1b[Kembedding: 1,200 documents [############............]  50 % 1,000 of 2,000 passages 100/s, 10s "
            "left");
  printer.Finish();
  EXPECT_THAT(recorded.err.str(), testing::EndsWith("left\n"));
}

TEST(JobProgressPrinterTest, AnUnknownTotalHasNoBar) {
  RecordedConsole recorded;
  JobProgressPrinter printer(recorded.console);
  v1::JobProgress progress;
  progress.set_stage(v1::JOB_STAGE_READING);
  progress.set_documents_read(7);
  printer.Update(progress, kTenSecondsIn);
  EXPECT_EQ(recorded.err.str(), "reading: 7 documents\n");
}

TEST(JobProgressPrinterTest, AClockBeforeTheStartGivesNoRate) {
  RecordedConsole recorded;
  JobProgressPrinter printer(recorded.console);
  printer.Update(Embedding(1000), absl::FromUnixSeconds(900));
  EXPECT_THAT(recorded.err.str(), Not(HasSubstr("left")));
}

TEST(JobProgressPrinterTest, MoreDoneThanThereIsFillsTheBarOnly) {
  RecordedConsole recorded;
  JobProgressPrinter printer(recorded.console);
  printer.Update(Embedding(5000), kTenSecondsIn);
  EXPECT_THAT(recorded.err.str(), HasSubstr("[########################] 100 %"));
}

TEST(PrintJobReportTest, ShowsCountsAndTheFirstProblems) {
  v1::JobReport report;
  report.set_generation("corpora/default/generations/g");
  report.mutable_counts()->set_documents_published(1200);
  report.mutable_counts()->set_problems(29);
  report.mutable_counts()->set_warnings(1);
  for (int i = 0; i < 30; ++i) {
    v1::JobProblem& problem = *report.add_problems();
    problem.set_source(absl::StrCat("file", i));
    problem.set_location("line 3");
    problem.set_reason("not XML");
    problem.set_warning(i == 0);
  }
  RecordedConsole recorded;
  PrintJobReport(report, recorded.console);
  const std::string printed = recorded.out.str();
  EXPECT_THAT(printed, HasSubstr("corpora/default/generations/g: 1,200 documents"));
  EXPECT_THAT(printed, HasSubstr("29 problems, 1 warnings"));
  EXPECT_THAT(printed, HasSubstr("  warning: file0, line 3: not XML\n"));
  EXPECT_THAT(printed, HasSubstr("  problem: file19, line 3: not XML\n  and more:"));
}

TEST(PrintJobReportTest, ACleanReportNamesNoProblems) {
  RecordedConsole recorded;
  PrintJobReport(v1::JobReport(), recorded.console);
  EXPECT_THAT(recorded.out.str(), Not(HasSubstr("problems")));
}

}  // namespace
}  // namespace bedside
