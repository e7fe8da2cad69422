#include "services/rpc/load_refusal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "services/rpc/status_mapping.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

google::rpc::Status Sent(const Refusal& refusal) {
  google::rpc::Status sent;
  EXPECT_TRUE(sent.ParseFromString(ToGrpcStatus(RefusedForLoad(refusal)).error_details()));
  return sent;
}

TEST(LoadRefusalTest, SaysWhyAndWhenToComeAgain) {
  const google::rpc::Status sent = Sent({RefusalReason::kWait, absl::Milliseconds(240), absl::Milliseconds(1250)});
  EXPECT_EQ(sent.code(), static_cast<int>(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(sent.message(), "the server is busy: the call would wait 240 ms; try again in 1251 ms");
  ASSERT_EQ(sent.details_size(), 2);
  google::rpc::ErrorInfo info;
  google::rpc::RetryInfo retry;
  for (const google::protobuf::Any& detail : sent.details())
    detail.Is<google::rpc::ErrorInfo>() ? detail.UnpackTo(&info) : detail.UnpackTo(&retry);
  EXPECT_EQ(info.reason(), "SERVER_BUSY");
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 251'000'000);
}

TEST(LoadRefusalTest, NamesADeadlineThatCannotBeMetAndAFullQueue) {
  EXPECT_THAT(Sent({RefusalReason::kDeadline, absl::Milliseconds(80), absl::ZeroDuration()}).message(),
              HasSubstr("would wait 80 ms, past its deadline"));
  EXPECT_THAT(Sent({RefusalReason::kFull, absl::ZeroDuration(), absl::ZeroDuration()}).message(),
              HasSubstr("as many calls wait as may; try again in 1 ms"));
}

}  // namespace
}  // namespace bedside
