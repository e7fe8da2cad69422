// The proxy that is shipped for callers who are not trusted (deploy/haproxy): it lets good calls through, and one
// address that floods it harms nobody else. What the calls of a good client took, before and meanwhile, is printed, not
// judged.
//
// BEDSIDE_HOSTILE_SECONDS=10 is the long run.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tests/e2e/raw_http2.h"
#include "tests/e2e/server_process.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/free_port.h"
#include "tests/fakes/loopback_socket.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/open_loop.h"
#include "tools/bench/server_jobs.h"
#include "tools/eval/child_process.h"

namespace bedside {
namespace {

constexpr char kProxy[] = "/usr/sbin/haproxy";
constexpr char kHostile[] = "127.0.0.2";
constexpr char kSearch[] = "/bedside.v1.EvidenceService/Search";
constexpr char kQuestion[] = "When is metformin stopped?";

// Between connections of the hostile peer: with more, this machine has no ports left.
constexpr absl::Duration kPause = absl::Milliseconds(8);

absl::Duration GoodFor() { return absl::Seconds(NumberFromEnvironment("BEDSIDE_HOSTILE_SECONDS", 1)); }

class ProxyTest : public ::testing::Test {
 protected:
  using Attack = std::function<void(const absl::Notification& stop)>;

  void SetUp() override {
    WriteFile(
        root_, "metformin.md",
        "---\nid: metformin\ntitle: Metformin\n---\n\n## Dose\n\n- Stop metformin when the eGFR falls below 30.\n");
    config::ServerConfig config;
    config.mutable_index()->set_store_path(TempFolder());
    config.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    config.set_import_root(root_);
    config.set_shutdown_delay_ms(0);
    config.set_shutdown_grace_ms(1000);
    server_ = std::make_unique<ServerProcess>(config);
    ASSERT_NE(server_->address(), "") << server_->output();
    ASSERT_THAT(ImportThrough(server_->address(), "."), IsOk());
  }

  // With `limits` instead of those of the file: pairs of a name and a value.
  void StartProxy(const std::vector<std::pair<std::string, std::string>>& limits = {}) {
    address_ = absl::StrCat("127.0.0.1:", FreePort());
    setenv("BEDSIDE_PROXY_BIND", address_.c_str(), /*overwrite=*/1);
    setenv("BEDSIDE_SERVER", server_->address().c_str(), /*overwrite=*/1);
    for (const auto& [name, value] : limits) setenv(name.c_str(), value.c_str(), /*overwrite=*/1);
    auto proxy = ChildProcess::Start({kProxy, "-db", "-f", "deploy/haproxy/haproxy.cfg"}, STDERR_FILENO);
    ASSERT_THAT(proxy, IsOk());
    proxy_ = *std::move(proxy);
    good_ = {grpc::CreateChannel(address_, grpc::InsecureChannelCredentials())};
    ASSERT_TRUE(good_[0]->WaitForConnected(absl::ToChronoTime(absl::Now() + absl::Seconds(10))));
  }

  void TearDown() override {
    proxy_.reset();
    for (const char* name : {"BEDSIDE_CALLS", "BEDSIDE_NEW_CONNECTIONS", "BEDSIDE_FLOOD"}) unsetenv(name);
  }

  grpc::Status Search() {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    v1::SearchRequest request;
    request.set_parent("corpora/default");
    request.set_query(kQuestion);
    v1::SearchResponse response;
    return v1::EvidenceService::NewStub(good_[0])->Search(&context, request, &response);
  }

  nlohmann::json AskWell() {
    OpenLoopOptions options;
    options.rate = 20;
    options.duration = GoodFor();
    options.deadline = absl::Seconds(30);
    const std::vector<OfferedSearch> searches = OfferSearches(good_, {kQuestion}, options);
    for (const OfferedSearch& search : searches) EXPECT_EQ(search.code, grpc::StatusCode::OK);
    return OfferedJson(searches, options.duration);
  }

  void Survive(const std::string& name, const Attack& attack) {
    const nlohmann::json before = AskWell();
    absl::Notification stop;
    std::thread attacker([&] { attack(stop); });
    const nlohmann::json meanwhile = AskWell();
    stop.Notify();
    attacker.join();
    EXPECT_THAT(Search().error_message(), "");
    std::cout << name << ": p99 " << before["p99_ms"] << " ms before, " << meanwhile["p99_ms"] << " ms meanwhile"
              << std::endl;
  }

  const std::string root_ = TempFolder();
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<ChildProcess> proxy_;
  std::string address_;
  std::vector<std::shared_ptr<grpc::Channel>> good_;
};

TEST_F(ProxyTest, LetsGoodCallsThrough) {
  StartProxy();
  EXPECT_TRUE(Search().ok());
}

TEST_F(ProxyTest, TooManyCallsOfAnAddressAreRefusedAsGrpcDoes) {
  StartProxy({{"BEDSIDE_CALLS", "5"}});
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(Search().ok());
  const grpc::Status refused = Search();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(refused.error_message(), ::testing::HasSubstr("too many calls from this address"));
}

TEST_F(ProxyTest, AFloodOfConnectionsIsKeptFromOthers) {
  StartProxy();
  Survive("garbage", [this](const absl::Notification& stop) {
    const std::vector<std::string> garbage = {
        "GET / HTTP/1.1\r\nHost: bedside\r\n\r\n",
        std::string(100'000, '\0'),
        absl::StrCat(Http2Preface(), std::string(100'000, '\xff')),
        absl::StrCat(Http2Preface(), Http2Frame(FrameType::kContinuation, kEndHeaders, 1, "x")),
    };
    while (!stop.WaitForNotificationWithTimeout(kPause)) {
      for (const std::string& bytes : garbage) {
        const int socket = TryConnectToLoopback(address_, kHostile);
        if (socket >= 0) RawConnection(socket).Send(bytes);
      }
    }
  });
}

TEST_F(ProxyTest, AFloodOfResetsIsKeptFromOthers) {
  StartProxy();
  v1::SearchRequest request;
  request.set_parent("corpora/default");
  request.set_query(kQuestion);
  const std::string headers = EncodeHeaders(HeadersOfCall(kSearch));
  const std::string message = GrpcMessage(request.SerializeAsString());
  Survive("resets", [&](const absl::Notification& stop) {
    while (!stop.WaitForNotificationWithTimeout(kPause)) {
      const int socket = TryConnectToLoopback(address_, kHostile);
      if (socket < 0) continue;
      RawConnection peer(socket);
      peer.Send(Http2Preface());
      bool taken = true;
      for (uint32_t stream = 1; taken && !stop.HasBeenNotified(); stream += 2) {
        taken = peer.Send(Http2Frame(FrameType::kHeaders, kEndHeaders, stream, headers) +
                          Http2Frame(FrameType::kData, kEndStream, stream, message) +
                          Http2Frame(FrameType::kResetStream, 0, stream, std::string(4, '\0')));
        peer.Drain();
      }
    }
  });
}

}  // namespace
}  // namespace bedside
