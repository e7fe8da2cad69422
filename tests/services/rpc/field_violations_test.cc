#include "services/rpc/field_violations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/rpc/status_mapping.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(FieldViolationsTest, IsOkWithoutAny) {
  FieldViolations violations;
  violations.CheckText("query", "metformin", 100);
  violations.CheckRange("page_size", 0, 0, 10);
  EXPECT_THAT(violations.ToStatus(), IsOk());
}

TEST(FieldViolationsTest, NamesAllOfThemAtOnce) {
  FieldViolations violations;
  violations.CheckText("query", "", 100);
  violations.CheckRange("page_size", -1, 0, 10);
  EXPECT_THAT(violations.ToStatus(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("query: is empty"), HasSubstr("page_size: wanted 0 to 10, got -1"))));
}

TEST(FieldViolationsTest, ChecksTextWithoutRepeatingIt) {
  for (const std::string& text : {std::string("Mrs Smith") + "\xff", std::string(101, 'S'), std::string(" \n\t")}) {
    FieldViolations violations;
    violations.CheckText("query", text, 100);
    EXPECT_THAT(violations.ToStatus(), StatusIs(absl::StatusCode::kInvalidArgument, Not(HasSubstr("S"))));
  }
}

TEST(FieldViolationsTest, BecomesABadRequestDetail) {
  FieldViolations violations;
  violations.Add("page_size", "too small");
  const google::rpc::Status details = DetailsOf(ToGrpcStatus(violations.ToStatus()));
  google::rpc::BadRequest bad_request;
  google::rpc::ErrorInfo info;
  ASSERT_EQ(details.details_size(), 2);
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  ASSERT_TRUE(details.details(1).UnpackTo(&bad_request));
  EXPECT_EQ(info.reason(), "INVALID_ARGUMENT");
  EXPECT_EQ(bad_request.field_violations(0).field(), "page_size");
}

TEST(StatusMappingTest, KeepsCodeAndMessage) {
  const grpc::Status status = ToGrpcStatus(absl::DataLossError("piece 3"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(status.error_message(), "piece 3");
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
}

TEST(StatusMappingTest, AdvisesNobodyToTryAgainWhoWouldFailAgain) {
  EXPECT_EQ(DetailsOf(ToGrpcStatus(absl::ResourceExhaustedError("the store is full"))).details_size(), 1);
}

}  // namespace
}  // namespace bedside
