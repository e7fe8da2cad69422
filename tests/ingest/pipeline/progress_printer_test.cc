#include "ingest/pipeline/progress_printer.h"

#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class ProgressPrinterTest : public testing::Test {
 protected:
  void Print(ProgressPrinter* printer, v1::JobStage stage, int64_t done, int64_t total, absl::Duration after) {
    now_ += after;
    v1::JobProgress progress;
    progress.set_stage(stage);
    progress.set_documents_read(1234);
    progress.set_passages_done(done);
    progress.set_passages_total(total);
    printer->Print(progress);
  }

  absl::Time now_ = absl::FromUnixSeconds(1000);
  std::ostringstream out_;
  ProgressPrinter log_{&out_, /*is_terminal=*/false, [this] { return now_; }};
  ProgressPrinter terminal_{&out_, /*is_terminal=*/true, [this] { return now_; }};
};

TEST_F(ProgressPrinterTest, ALogHasALineAtEachStage) {
  Print(&log_, v1::JOB_STAGE_READING, 0, 0, {});
  Print(&log_, v1::JOB_STAGE_EMBEDDING, 0, 0, {});
  Print(&log_, v1::JOB_STAGE_INDEXING, 5000, 5000, {});
  Print(&log_, v1::JOB_STAGE_PUBLISHING, 5000, 5000, {});
  Print(&log_, v1::JOB_STAGE_DONE, 5000, 5000, {});
  EXPECT_EQ(
      out_.str(),
      "Reading: 1,234 documents\nEmbedding: cutting 1,234 documents\nIndexing 5,000 passages\nPublishing\nDone\n");
}

TEST_F(ProgressPrinterTest, ALogHasALineEveryFiveSeconds) {
  for (int i = 0; i <= 100; ++i) Print(&log_, v1::JOB_STAGE_EMBEDDING, 10 * i, 2000, absl::Milliseconds(100));
  const std::string text = out_.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  EXPECT_THAT(text, EndsWith("Embedding 1,000 of 2,000 passages, 100/s, 10 s left\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST_F(ProgressPrinterTest, ATerminalHasOneLineThatIsWrittenOver) {
  Print(&terminal_, v1::JOB_STAGE_EMBEDDING, 0, 2400, {});
  Print(&terminal_, v1::JOB_STAGE_EMBEDDING, 1200, 2400, absl::Seconds(4));
  EXPECT_THAT(out_.str(), Not(HasSubstr("\n")));
  EXPECT_THAT(out_.str(), EndsWith("\r\x1b[KEmbedding [########........] 1,200 of 2,400, 300/s, 4.0 s left"));
  terminal_.EndLine();
  terminal_.EndLine();
  EXPECT_THAT(out_.str(), EndsWith("left\n"));
}

TEST_F(ProgressPrinterTest, ALineOfAMillionPassagesFitsATerminal) {
  Print(&terminal_, v1::JOB_STAGE_EMBEDDING, 0, 12345678, {});
  out_.str("");
  Print(&terminal_, v1::JOB_STAGE_EMBEDDING, 1234567, 12345678, absl::Seconds(1000));
  const std::string line = out_.str().substr(std::string("\r\x1b[K").size());
  EXPECT_THAT(line, HasSubstr("1,234,567 of 12,345,678, 1235/s, 2 h 30 min left"));
  EXPECT_LT(line.size(), 80u);
}

// What was known already is done at once and says nothing of the model.
TEST_F(ProgressPrinterTest, TheRateIsThatOfTheLastHalfMinute) {
  Print(&log_, v1::JOB_STAGE_EMBEDDING, 0, 100000, {});
  Print(&log_, v1::JOB_STAGE_EMBEDDING, 50000, 100000, absl::Seconds(1));
  for (int i = 1; i <= 60; ++i) {
    Print(&log_, v1::JOB_STAGE_EMBEDDING, 50000 + 100 * i, 100000, absl::Seconds(1));
  }
  EXPECT_THAT(out_.str(), EndsWith("100/s, 7 min 21 s left\n"));
}

TEST_F(ProgressPrinterTest, AnUnknownRateIsNotShown) {
  Print(&log_, v1::JOB_STAGE_EMBEDDING, 10, 20, {});
  EXPECT_EQ(out_.str(), "Embedding 10 of 20 passages\n");
}

}  // namespace
}  // namespace bedside
