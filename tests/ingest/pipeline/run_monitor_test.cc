#include "ingest/pipeline/run_monitor.h"

#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

class RunMonitorTest : public testing::Test {
 protected:
  absl::Time now_ = absl::FromUnixSeconds(1000);
  std::vector<v1::JobProgress> told_;
  bool is_cancelled_ = false;
  IngestObserver observer_ = {[this](const v1::JobProgress& progress) { told_.push_back(progress); },
                              [this] { return is_cancelled_; }};
  RunMonitor monitor_{"cardiology", observer_, [this] { return now_; }};
};

TEST_F(RunMonitorTest, EveryStageIsTold) {
  monitor_.Enter(v1::JOB_STAGE_READING);
  monitor_.Enter(v1::JOB_STAGE_EMBEDDING);
  ASSERT_EQ(told_.size(), 2u);
  EXPECT_EQ(told_[0].corpus(), "corpora/cardiology");
  EXPECT_EQ(told_[0].stage(), v1::JOB_STAGE_READING);
  EXPECT_EQ(told_[0].start_time().seconds(), 1000);
  EXPECT_EQ(told_[1].stage(), v1::JOB_STAGE_EMBEDDING);
}

TEST_F(RunMonitorTest, CountsAreToldAFewTimesASecond) {
  monitor_.Enter(v1::JOB_STAGE_READING);
  for (int i = 0; i < 1000; ++i) {
    now_ += absl::Milliseconds(1);
    monitor_.DocumentRead();
  }
  EXPECT_EQ(told_.size(), 5u);
  EXPECT_EQ(told_.back().documents_read(), 1000);
  EXPECT_EQ(monitor_.documents_read(), 1000);
}

TEST_F(RunMonitorTest, PassagesAreToldWithTheirTotal) {
  monitor_.PassagesDone(3, 10);
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].passages_done(), 3);
  EXPECT_EQ(told_[0].passages_total(), 10);
}

TEST_F(RunMonitorTest, TheObserverMayCancel) {
  EXPECT_THAT(monitor_.CheckCancelled(), IsOk());
  is_cancelled_ = true;
  EXPECT_THAT(monitor_.CheckCancelled(), StatusIs(absl::StatusCode::kCancelled, testing::HasSubstr("untouched")));
}

TEST(RunMonitorWithoutObserverTest, NobodyNeedLook) {
  const IngestObserver nobody;
  RunMonitor monitor("a", nobody);
  monitor.Enter(v1::JOB_STAGE_READING);
  EXPECT_THAT(monitor.CheckCancelled(), IsOk());
}

}  // namespace
}  // namespace bedside
