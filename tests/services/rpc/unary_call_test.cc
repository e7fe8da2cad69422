#include "services/rpc/unary_call.h"

#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include <string>

#include "proto/bedside/v1/evidence_service.pb.h"

namespace bedside {
namespace {

grpc::ByteBuffer Bytes(const std::string& text) {
  const grpc::Slice slice(text);
  return grpc::ByteBuffer(&slice, 1);
}

TEST(ParseRequestTest, ReadsWhatIsARequest) {
  v1::SearchRequest request;
  request.set_query("aspirin");
  const auto read = ParseRequest<v1::SearchRequest>(Bytes(request.SerializeAsString()));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->query(), "aspirin");
}

TEST(ParseRequestTest, NoBytesAreARequestWithoutFields) {
  EXPECT_TRUE(ParseRequest<v1::SearchRequest>(Bytes("")).ok());
}

TEST(ParseRequestTest, OtherBytesAreAFaultOfTheClient) {
  EXPECT_EQ(ParseRequest<v1::SearchRequest>(Bytes("\xff")).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ParseRequestTest, ACallThatIsResetBeforeItsRequestIsNoFaultOfTheServer) {
  EXPECT_EQ(ParseRequest<v1::SearchRequest>(grpc::ByteBuffer()).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace bedside
