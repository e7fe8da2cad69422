#include "tools/bench/process_trend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace bedside {
namespace {

TEST(ProcessTrendTest, SeesThisProcess) {
  ProcessTrend trend(getpid(), absl::ZeroDuration());
  const nlohmann::json json = trend.ToJson();
  ASSERT_GE(json["resident_mib"].size(), 1u);
  EXPECT_GT(json["resident_mib"][0], 0);
  EXPECT_GT(json["open_files"][0], 2);
}

TEST(ProcessTrendTest, EndsWithTheProcess) {
  ProcessTrend trend(/*pid=*/0, absl::InfiniteDuration());
  EXPECT_TRUE(trend.ToJson()["open_files"].empty());
}

}  // namespace
}  // namespace bedside
