#include "ingest/pipeline/problem_log.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

v1::JobProblem Entry(const std::string& source, bool warning) {
  v1::JobProblem problem;
  problem.set_source(source);
  problem.set_warning(warning);
  return problem;
}

TEST(ProblemLogTest, AnEmptyLogReportsNothing) {
  v1::JobReport report;
  ProblemLog().Report(&report);
  EXPECT_EQ(report.problems_size(), 0);
  EXPECT_EQ(report.counts().problems(), 0);
}

TEST(ProblemLogTest, ProblemsComeBeforeWarningsEachInOrder) {
  ProblemLog log;
  log.Add(Entry("a", true));
  log.Add(Entry("b", false));
  log.Add(Entry("c", true));
  log.Add(Entry("d", false));
  v1::JobReport report;
  log.Report(&report);
  std::string order;
  for (const v1::JobProblem& problem : report.problems()) order += problem.source();
  EXPECT_EQ(order, "bdac");
  EXPECT_EQ(report.counts().problems(), 2);
  EXPECT_EQ(report.counts().warnings(), 2);
}

TEST(ProblemLogTest, ManyWarningsDoNotCrowdOutAProblemAndAllAreCounted) {
  ProblemLog log;
  for (int i = 0; i < 5000; ++i) log.Add(Entry(absl::StrCat("w", i), true));
  for (int i = 0; i < 3; ++i) log.Add(Entry("p", false));
  v1::JobReport report;
  log.Report(&report);
  ASSERT_EQ(report.problems_size(), 1000);
  EXPECT_EQ(report.problems(2).source(), "p");
  EXPECT_EQ(report.problems(3).source(), "w0");
  EXPECT_EQ(report.problems(999).source(), "w996");
  EXPECT_EQ(report.counts().warnings(), 5000);
  EXPECT_EQ(report.counts().problems(), 3);
}

TEST(ProblemLogTest, FileNamesThatAreNotUtf8CanBeSerialised) {
  ProblemLog log;
  log.Add(Entry("folder/caf\xe9.md", false));
  v1::JobReport report;
  log.Report(&report);
  EXPECT_EQ(report.problems(0).source(), "folder/caf\xef\xbf\xbd.md");
}

}  // namespace
}  // namespace bedside
