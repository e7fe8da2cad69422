// The proxy that is shipped for callers who are not trusted (deploy/haproxy): it lets good calls through, and one
// address that floods it harms nobody else. What the calls of a good client took, before and meanwhile, is printed, not
// judged.
//
// BEDSIDE_HOSTILE_SECONDS=10 is the long run. Limits of the environment (deploy/haproxy/haproxy.cfg) hold here, too.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <re2/re2.h>
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
#include "tests/fakes/http_client.h"
#include "tests/fakes/loopback_socket.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/token_issuer.h"
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

  // `config`: beside what every server here has.
  void StartServer(config::ServerConfig config = {}) {
    config.mutable_index()->set_store_path(TempFolder());
    config.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    config.set_import_root(root_);
    config.set_shutdown_delay_ms(0);
    config.set_shutdown_grace_ms(1000);
    server_ = std::make_unique<ServerProcess>(config);
    ASSERT_NE(server_->address(), "") << server_->output();
  }

  void StartServerWithCorpus() {
    WriteFile(
        root_, "metformin.md",
        "---\nid: metformin\ntitle: Metformin\n---\n\n## Dose\n\n- Stop metformin when the eGFR falls below 30.\n");
    config::ServerConfig config;
    config.mutable_http()->set_listen_address("127.0.0.1:0");
    StartServer(config);
    ASSERT_THAT(ImportThrough(server_->address(), "."), IsOk());
  }

  // With `limits` instead of those of the file: pairs of a name and a value.
  void StartProxy(const std::vector<std::pair<std::string, std::string>>& limits = {}) {
    address_ = absl::StrCat("127.0.0.1:", FreePort());
    http_address_ = absl::StrCat("127.0.0.1:", FreePort());
    std::string http_server = "127.0.0.1:1";
    RE2::PartialMatch(server_->output(), "http on (\\S+)", &http_server);
    setenv("BEDSIDE_PROXY_BIND", address_.c_str(), /*overwrite=*/1);
    setenv("BEDSIDE_SERVER", server_->address().c_str(), /*overwrite=*/1);
    setenv("BEDSIDE_HTTP_BIND", http_address_.c_str(), /*overwrite=*/1);
    setenv("BEDSIDE_HTTP_SERVER", http_server.c_str(), /*overwrite=*/1);
    for (const auto& [name, value] : limits) setenv(name.c_str(), value.c_str(), /*overwrite=*/1);
    auto proxy = ChildProcess::Start(
        {kProxy, "-db", "-f", "deploy/haproxy/haproxy.cfg", "-f", "deploy/haproxy/http.cfg"}, STDERR_FILENO);
    for (const auto& [name, value] : limits) unsetenv(name.c_str());
    ASSERT_THAT(proxy, IsOk());
    proxy_ = *std::move(proxy);
    good_ = {grpc::CreateChannel(address_, grpc::InsecureChannelCredentials())};
    ASSERT_TRUE(good_[0]->WaitForConnected(absl::ToChronoTime(absl::Now() + absl::Seconds(10))));
  }

  HttpReply SearchOverHttp() {
    HttpCall call;
    call.verb = "POST";
    call.url = absl::StrCat("http://", http_address_, "/v1/corpora/default:search");
    call.headers = {"Content-Type: application/json"};
    call.body = absl::StrCat("{\"query\": \"", kQuestion, "\"}");
    return SendHttp(call);
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
  std::string http_address_;
  std::vector<std::shared_ptr<grpc::Channel>> good_;
};

TEST_F(ProxyTest, LetsGoodCallsThrough) {
  StartServerWithCorpus();
  StartProxy();
  EXPECT_TRUE(Search().ok());
  EXPECT_EQ(SearchOverHttp().status, 200);
}

TEST_F(ProxyTest, TooManyCallsOfAnAddressAreRefusedAsGrpcDoes) {
  StartServerWithCorpus();
  StartProxy({{"BEDSIDE_CALLS", "5"}});
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(Search().ok());
  const grpc::Status refused = Search();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(refused.error_message(), ::testing::HasSubstr("too many calls from this address"));
}

TEST_F(ProxyTest, TooManyCallsOverHttpAreRefusedAsTheServerWritesItsErrors) {
  StartServerWithCorpus();
  StartProxy({{"BEDSIDE_CALLS", "5"}});
  // Calls of either port count for both.
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Search().ok());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(SearchOverHttp().status, 200);
  const HttpReply refused = SearchOverHttp();
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.Header("retry-after"), "10");
  EXPECT_EQ(nlohmann::json::parse(refused.body)["error"]["status"], "RESOURCE_EXHAUSTED");
  EXPECT_EQ(Search().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ProxyTest, WhoIsTurnedAwayTooOftenReachesTheServerNoMore) {
  config::ServerConfig config;
  config.mutable_http()->set_listen_address("127.0.0.1:0");
  config::TokenConfig& tokens = *config.mutable_access()->mutable_tokens();
  tokens.set_issuer("https://login.hospital.example");
  tokens.set_audience("bedside");
  tokens.set_key_set_file(WriteFile(TempFolder(), "keys.json", TokenIssuer().KeySet()));
  StartServer(config);
  StartProxy({{"BEDSIDE_TURNED_AWAY", "5"}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Search().error_code(), grpc::StatusCode::UNAUTHENTICATED);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(SearchOverHttp().status, 401);
  EXPECT_EQ(SearchOverHttp().status, 429);
  const grpc::Status refused = Search();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(refused.error_message(), ::testing::HasSubstr("without a good token"));
}

TEST_F(ProxyTest, AFloodOfConnectionsIsKeptFromOthers) {
  StartServerWithCorpus();
  StartProxy();
  Survive("garbage", [this](const absl::Notification& stop) {
    const std::vector<std::string> garbage = {
        "GET / HTTP/1.1\r\nHost: bedside\r\n\r\n",
        absl::StrCat("\x16\x03\x01\x02", std::string(512, '\x01')),
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
  StartServerWithCorpus();
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
