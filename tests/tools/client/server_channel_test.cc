// Calls through the tools' channel against a server in this process.
#include "tools/client/server_channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "grpcpp/client_context.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tests/fakes/status_matchers.h"
#include "tests/tools/bedside/fake_server.h"

namespace bedside {
namespace {

class ServerChannelTest : public testing::Test {
 protected:
  absl::Status Search(v1::SearchResponse* response) const {
    grpc::ClientContext context;
    const auto stub = v1::EvidenceService::NewStub(ServerChannel(server_.address()));
    return StatusOf(stub->Search(&context, v1::SearchRequest(), response));
  }

  FakeServer server_;
  v1::SearchResponse response_;
};

TEST_F(ServerChannelTest, ACallThatWentWellIsOk) { EXPECT_THAT(Search(&response_), IsOk()); }

TEST_F(ServerChannelTest, AFailureKeepsItsCodeAndWords) {
  server_.status = grpc::Status(grpc::RESOURCE_EXHAUSTED, "the queue is full");
  EXPECT_THAT(Search(&response_), StatusIs(absl::StatusCode::kResourceExhausted, "the queue is full"));
}

// gRPC's own limit is 4 MiB.
TEST_F(ServerChannelTest, ALargeResponseIsReceived) {
  server_.search_response.add_hits()->mutable_passage()->set_text(std::string(8 << 20, 'x'));
  ASSERT_THAT(Search(&response_), IsOk());
  EXPECT_EQ(response_.hits(0).passage().text().size(), size_t{8 << 20});
}

TEST_F(ServerChannelTest, AProxyOfTheEnvironmentIsPassedBy) {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  EXPECT_THAT(Search(&response_), IsOk());
  unsetenv("http_proxy");
}

}  // namespace
}  // namespace bedside
