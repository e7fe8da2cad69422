#include "services/gateway/error_response.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "nlohmann/json.hpp"

namespace bedside {
namespace {

TEST(ErrorResponseTest, HasCodeStatusMessageAndDetails) {
  const HttpResponse response = ErrorResponse(absl::NotFoundError("no such document"));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/json");
  const auto error = nlohmann::json::parse(response.body)["error"];
  EXPECT_EQ(error["code"], 404);
  EXPECT_EQ(error["status"], "NOT_FOUND");
  EXPECT_EQ(error["message"], "no such document");
  EXPECT_EQ(error["details"][0]["reason"], "NOT_FOUND");
  EXPECT_EQ(error["details"][0]["@type"], "type.googleapis.com/google.rpc.ErrorInfo");
}

TEST(ErrorResponseTest, ARefusalForLoadSaysWhenToTryAgain) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_nanos(200'000'000);
  google::rpc::Status busy;
  busy.set_code(8);
  busy.add_details()->PackFrom(retry);
  const HttpResponse response = ErrorResponse(busy);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers, (HttpHeaders{{"Retry-After", "1"}})) << "whole seconds";
  EXPECT_EQ(ErrorResponse(absl::ResourceExhaustedError("the disk is full")).headers, HttpHeaders());
}

TEST(ErrorResponseTest, AsksForATokenWhereNobodyIsKnown) {
  const HttpResponse response = ErrorResponse(absl::UnauthenticatedError("who?"));
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.headers, (HttpHeaders{{"WWW-Authenticate", "Bearer"}}));
}

TEST(ErrorResponseTest, LeavesOutDetailsThatItDoesNotKnow) {
  google::rpc::Status status;
  status.set_code(3);
  google::protobuf::Any& detail = *status.add_details();
  detail.set_type_url("type.googleapis.com/no.such.Type");
  detail.set_value("bytes");
  EXPECT_EQ(nlohmann::json::parse(ErrorResponse(status).body)["error"]["details"], nlohmann::json::array());
}

TEST(ErrorResponseTest, EveryCodeHasAStatusOfHttp) {
  for (int code = 1; code <= 16; ++code) EXPECT_GE(HttpStatusOf(static_cast<absl::StatusCode>(code)), 400) << code;
}

}  // namespace
}  // namespace bedside
