#include "services/record/quality_reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

QualityReports Made(const std::vector<std::string>& paths) {
  config::QualityConfig config;
  for (const std::string& path : paths) config.add_report_paths(path);
  auto reports = QualityReports::Create(config);
  EXPECT_THAT(reports, IsOk());
  return *std::move(reports);
}

absl::Status ErrorOf(const std::vector<std::string>& paths) {
  config::QualityConfig config;
  for (const std::string& path : paths) config.add_report_paths(path);
  return QualityReports::Create(config).status();
}

TEST(QualityReportsTest, ThereMayBeNone) {
  EXPECT_TRUE(Made({}).is_empty());
  EXPECT_EQ(Made({}).List().reports_size(), 0);
}

TEST(QualityReportsTest, AreListedInTheirOrderWithWhenTheyWereWritten) {
  const std::string folder = TempFolder();
  const QualityReports reports =
      Made({WriteFile(folder, "retrieval.html", "<h1>Found</h1>"), absl::StrCat(folder, "/answers.html")});
  const v1::ListQualityReportsResponse listed = reports.List();
  ASSERT_EQ(listed.reports_size(), 2);
  EXPECT_EQ(listed.reports(0).name(), "qualityReports/retrieval");
  EXPECT_GT(listed.reports(0).write_time().seconds(), 0);
  EXPECT_EQ(listed.reports(0).html(), "");
  EXPECT_EQ(listed.reports(1).name(), "qualityReports/answers");
  EXPECT_FALSE(listed.reports(1).has_write_time());
}

TEST(QualityReportsTest, APageIsAsItIsNow) {
  const std::string folder = TempFolder();
  const QualityReports reports = Made({absl::StrCat(folder, "/answers.html")});
  EXPECT_THAT(reports.Get("qualityReports/answers"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("--report")));
  for (const std::string& page : {"<h1>One</h1>", "<h1>Another</h1>"}) {
    WriteFile(folder, "answers.html", page);
    const auto report = reports.Get("qualityReports/answers");
    ASSERT_THAT(report, IsOk());
    EXPECT_EQ(report->html(), page);
    EXPECT_TRUE(report->has_write_time());
  }
}

TEST(QualityReportsTest, WhatIsNotConfiguredIsNotThere) {
  const std::string folder = TempFolder();
  WriteFile(folder, "other.html", "<h1>Other</h1>");
  const QualityReports reports = Made({WriteFile(folder, "answers.html", "<h1>Answers</h1>")});
  for (const char* name : {"qualityReports/other", "qualityReports/../answers", "answers", ""}) {
    EXPECT_THAT(reports.Get(name), StatusIs(absl::StatusCode::kNotFound, HasSubstr("ListQualityReports"))) << name;
  }
}

TEST(QualityReportsTest, WhatIsNoPageIsSaidToBeNone) {
  const std::string folder = TempFolder();
  for (const std::string& content : {std::string(), std::string("\xff\xfe"), std::string((3 << 20) + 1, 'a')}) {
    const QualityReports reports = Made({WriteFile(folder, "answers.html", content)});
    EXPECT_THAT(
        reports.Get("qualityReports/answers"),
        StatusIs(absl::StatusCode::kFailedPrecondition, AllOf(HasSubstr("bytes of UTF-8"), Not(HasSubstr(folder)))));
  }
}

TEST(QualityReportsTest, NamesAreChecked) {
  for (const char* path : {"answers.htm", "Answers.html", "my answers.html", ".html", "folder/", ""}) {
    EXPECT_THAT(ErrorOf({path}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("NAME.html"))) << path;
  }
  EXPECT_THAT(ErrorOf({"a/answers.html", "b/answers.html"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("two files named answers.html")));
  std::vector<std::string> many;
  for (int i = 0; i < 17; ++i) many.push_back(absl::StrCat("r", i, ".html"));
  EXPECT_THAT(ErrorOf(many), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted at most 16, got 17")));
}

}  // namespace
}  // namespace bedside
