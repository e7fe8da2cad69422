#include "ingest/pipeline/report_text.h"

#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::JobReport Report() {
  v1::JobReport report;
  report.set_generation("corpora/default/generations/g00000003");
  report.mutable_counts()->set_documents_read(13038);
  report.mutable_counts()->set_passages_published(20000);
  report.mutable_counts()->set_problems(12);
  for (int i = 0; i < 12; ++i) {
    v1::JobProblem& problem = *report.add_problems();
    problem.set_source("bad.xml");
    problem.set_location("line 7");
    problem.set_reason("is not well-formed");
  }
  report.mutable_times()->set_total(200);
  report.mutable_times()->set_passages_per_second(104.6);
  return report;
}

TEST(ReportTextTest, TheSummarySaysWhatAPersonWantsToKnow) {
  const std::string text = SummaryOf(Report());
  EXPECT_THAT(text, HasSubstr("corpora/default/generations/g00000003 is serving.\n"));
  EXPECT_THAT(text, HasSubstr("13,038 documents"));
  EXPECT_THAT(text, HasSubstr("20,000 passages"));
  EXPECT_THAT(text, HasSubstr("3 min 20 s"));
  EXPECT_THAT(text, HasSubstr("(105 passages/s)"));
  EXPECT_THAT(text, HasSubstr("problem: bad.xml, line 7: is not well-formed\n"));
  EXPECT_THAT(text, HasSubstr("and 2 more\n"));
}

TEST(ReportTextTest, AFileNameSendsNothingToTheTerminal) {
  v1::JobReport report = Report();
  report.mutable_problems(0)->set_source("bad\n\x1b[2J.xml");
  EXPECT_THAT(SummaryOf(report), HasSubstr("problem: bad [2J.xml, line 7: is not well-formed\n"));
}

TEST(ReportTextTest, WithoutProblemsNoneAreMentioned) { EXPECT_THAT(SummaryOf({}), Not(HasSubstr("Problems"))); }

TEST(ReportTextTest, WithoutAGenerationNothingServes) { EXPECT_THAT(SummaryOf({}), HasSubstr("Nothing is published")); }

TEST(ReportTextTest, JsonHasTheNamesOfTheProtoAndReadsBack) {
  const auto json = JsonOf(Report());
  ASSERT_THAT(json, IsOk());
  EXPECT_THAT(*json, HasSubstr("\"documents_read\": \"13038\""));
  EXPECT_THAT(*json, HasSubstr("\"documents_changed\": \"0\""));
  v1::JobReport back;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(*json, &back).ok());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(back, Report()));
}

TEST(ReportTextTest, NumbersAreGrouped) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(-1234567), "-1,234,567");
  EXPECT_EQ(Grouped(-123), "-123");
}

TEST(ReportTextTest, DurationsAreInWords) {
  EXPECT_EQ(InWords(absl::Milliseconds(40)), "0.0 s");
  EXPECT_EQ(InWords(absl::Milliseconds(1260)), "1.3 s");
  EXPECT_EQ(InWords(absl::Seconds(59)), "59 s");
  EXPECT_EQ(InWords(absl::Seconds(200)), "3 min 20 s");
  EXPECT_EQ(InWords(absl::Seconds(3900)), "1 h 5 min");
}

}  // namespace
}  // namespace bedside
