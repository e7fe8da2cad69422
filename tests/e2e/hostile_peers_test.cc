// Peers that mean harm, or know no better: whatever they send, the server lives, says that it does, and answers a good
// client. What its calls took, before and meanwhile, is printed, not judged: machines differ.
//
// BEDSIDE_HOSTILE_PEERS=1000 BEDSIDE_HOSTILE_SECONDS=10 is the long run. With BEDSIDE_HOSTILE_FROM=127.0.0.2 garbage
// comes from that address, so that a firewall before the server (deploy/nftables) can turn it away.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "proto/grpc/health/v1/health.grpc.pb.h"
#include "tests/e2e/raw_http2.h"
#include "tests/e2e/server_process.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/loopback_socket.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/open_loop.h"
#include "tools/bench/server_jobs.h"

namespace bedside {
namespace {

constexpr int kPeers = 50;
constexpr char kSearch[] = "/bedside.v1.EvidenceService/Search";
constexpr char kQuestion[] = "When is metformin stopped?";
// More than the server takes of headers (services/grpc_server.cc).
constexpr size_t kTooMuch = 30'000;

size_t Peers() { return static_cast<size_t>(NumberFromEnvironment("BEDSIDE_HOSTILE_PEERS", kPeers)); }
absl::Duration GoodFor() { return absl::Seconds(NumberFromEnvironment("BEDSIDE_HOSTILE_SECONDS", 1)); }

std::string HostileAddress() {
  const char* address = std::getenv("BEDSIDE_HOSTILE_FROM");
  return address == nullptr ? "127.0.0.1" : address;
}

std::string HeadersOf(const Headers& headers, uint32_t stream = 1) {
  return Http2Frame(FrameType::kHeaders, kEndHeaders, stream, EncodeHeaders(headers));
}

// A search that would be run.
std::string WholeSearch(uint32_t stream) {
  v1::SearchRequest request;
  request.set_parent("corpora/default");
  request.set_query(kQuestion);
  return HeadersOf(HeadersOfCall(kSearch), stream) +
         Http2Frame(FrameType::kData, kEndStream, stream, GrpcMessage(request.SerializeAsString()));
}

class HostilePeersTest : public ::testing::Test {
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
    good_ = {grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials())};
  }

  void TearDown() override {
    server_->Signal(SIGTERM);
    EXPECT_EQ(server_->Wait(), 0) << server_->output();
  }

  RawConnection Connect() const { return RawConnection(server_->address()); }

  // A connection whose settings have been exchanged.
  RawConnection ConnectAndSend(const std::string& bytes) const {
    RawConnection connection = Connect();
    EXPECT_TRUE(connection.Send(Http2Preface()));
    EXPECT_TRUE(connection.AwaitBytes());
    connection.Send(Http2Frame(FrameType::kSettings, /*acknowledged*/ 1, 0, "") + bytes);
    return connection;
  }

  nlohmann::json AskWell() {
    OpenLoopOptions options;
    options.rate = 20;
    options.duration = GoodFor();
    options.deadline = absl::Seconds(30);
    const std::vector<std::string> questions = {kQuestion};
    const std::vector<OfferedSearch> searches = OfferSearches(good_, questions, options);
    for (const OfferedSearch& search : searches) EXPECT_EQ(search.code, grpc::StatusCode::OK);
    return OfferedJson(searches, options.duration);
  }

  void ExpectAlive() {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service("liveness");
    grpc::health::v1::HealthCheckResponse response;
    const grpc::Status status = grpc::health::v1::Health::NewStub(good_[0])->Check(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  }

  // Asks well while `attack` runs on a thread of its own until it is told to stop.
  void Survive(const std::string& name, const Attack& attack) {
    const nlohmann::json before = AskWell();
    absl::Notification stop;
    std::thread attacker([&] { attack(stop); });
    const nlohmann::json meanwhile = AskWell();
    ExpectAlive();
    stop.Notify();
    attacker.join();
    ExpectAlive();
    std::cout << name << ": p99 " << before["p99_ms"] << " ms before, " << meanwhile["p99_ms"] << " ms meanwhile"
              << std::endl;
  }

  const std::string root_ = TempFolder();
  std::unique_ptr<ServerProcess> server_;
  std::vector<std::shared_ptr<grpc::Channel>> good_;
};

TEST_F(HostilePeersTest, ConnectionsThatSayNothing) {
  Survive("silent connections", [this](const absl::Notification& stop) {
    std::vector<RawConnection> peers;
    for (size_t i = 0; i < Peers(); ++i) peers.push_back(Connect());
    stop.WaitForNotification();
  });
}

TEST_F(HostilePeersTest, ConnectionsThatAskNothing) {
  Survive("idle connections", [this](const absl::Notification& stop) {
    std::vector<RawConnection> peers;
    for (size_t i = 0; i < Peers(); ++i) peers.push_back(ConnectAndSend(""));
    stop.WaitForNotification();
  });
}

TEST_F(HostilePeersTest, ConnectionsThatSendAByteAtATime) {
  Survive("slow connections", [this](const absl::Notification& stop) {
    std::vector<RawConnection> peers;
    for (size_t i = 0; i < Peers(); ++i) peers.push_back(Connect());
    const std::string all = Http2Preface() + WholeSearch(1);
    for (size_t next = 0; next < all.size() && !stop.HasBeenNotified(); ++next) {
      for (RawConnection& peer : peers) peer.Send(all.substr(next, 1));
    }
    stop.WaitForNotification();
  });
}

// Some hundred a second, more than could be run. docs/security.md says what becomes of as many as can be sent.
TEST_F(HostilePeersTest, CallsThatAreResetAtOnceKeepNobodyOut) {
  Survive("resets", [this](const absl::Notification& stop) {
    const std::string reset(4, '\0');
    RawConnection peer = ConnectAndSend("");
    for (uint32_t stream = 1; !stop.WaitForNotificationWithTimeout(absl::Milliseconds(2)); stream += 2) {
      if (!peer.Send(WholeSearch(stream) + Http2Frame(FrameType::kResetStream, 0, stream, reset))) break;
      peer.Drain();
    }
  });
}

TEST_F(HostilePeersTest, AFloodOfPingsAndSettings) {
  Survive("pings", [this](const absl::Notification& stop) {
    const std::string flood =
        Http2Frame(FrameType::kPing, 0, 0, "8 bytes.") + Http2Frame(FrameType::kSettings, 0, 0, "");
    while (!stop.HasBeenNotified()) {
      RawConnection peer = ConnectAndSend("");
      while (!stop.HasBeenNotified() && peer.Send(flood)) peer.Drain();
    }
  });
}

TEST_F(HostilePeersTest, HeadersThatAreTooLargeEndTheirConnectionOnly) {
  Headers headers = HeadersOfCall(kSearch);
  headers.emplace_back("x-large", std::string(kTooMuch, 'a'));
  Survive("large headers", [&](const absl::Notification& stop) {
    while (!stop.HasBeenNotified()) EXPECT_TRUE(ConnectAndSend(HeadersOf(headers)).AwaitClose(/*seconds=*/60));
  });
}

// CVE-2023-1428: one of these headers before others that are too large.
TEST_F(HostilePeersTest, HeadersThatHaveAbortedServers) {
  Survive("headers of CVE-2023-1428", [&](const absl::Notification& stop) {
    for (const auto& [name, value] : Headers{{"te", "x"}, {":scheme", "x"}, {"grpclb_client_stats", "x"}}) {
      Headers headers = {
          {":method", "POST"}, {":path", kSearch}, {name, value}, {"x-large", std::string(kTooMuch, 'a')}};
      EXPECT_TRUE(ConnectAndSend(HeadersOf(headers)).AwaitClose(/*seconds=*/60)) << name;
    }
    stop.WaitForNotification();
  });
}

// CVE-2023-33953: gRPC keeps and copies what does not end. Little is sent here; docs/security.md says what more does.
TEST_F(HostilePeersTest, HeadersThatDoNotEnd) {
  const std::string begin = EncodeHeaders(HeadersOfCall(kSearch));
  // A name whose length has no end, and a value of two gigabytes.
  const std::string endless_integer = absl::StrCat(begin, absl::string_view("\0", 1), "\x7f");
  const std::string endless_string =
      absl::StrCat(begin, absl::string_view("\0\x01", 2), "a", "\x7f\x81\xff\xff\xff\x07");
  Survive("headers of CVE-2023-33953", [&](const absl::Notification& stop) {
    for (const auto& [start, filling] : Headers{{endless_integer, std::string(1000, '\x80')},
                                                {endless_string, std::string(1000, 'b')},
                                                {begin, EncodeHeaders({{"x", std::string(1000, 'c')}})}}) {
      RawConnection peer = ConnectAndSend(Http2Frame(FrameType::kHeaders, 0, 1, start));
      for (int i = 0; i < 200 && !stop.HasBeenNotified(); ++i) {
        if (!peer.Send(Http2Frame(FrameType::kContinuation, 0, 1, filling))) break;
      }
    }
    stop.WaitForNotification();
  });
}

TEST_F(HostilePeersTest, WhatIsNoHttp2) {
  Survive("garbage", [this](const absl::Notification& stop) {
    const std::vector<std::string> garbage = {
        "GET / HTTP/1.1\r\nHost: bedside\r\n\r\n",
        absl::StrCat("\x16\x03\x01\x02", std::string(512, '\x01')),
        std::string(100'000, '\0'),
        absl::StrCat(Http2Preface(), std::string(100'000, '\xff')),
        absl::StrCat(Http2Preface(), WholeSearch(2)),
        absl::StrCat(Http2Preface(), Http2Frame(FrameType::kContinuation, kEndHeaders, 1, "x")),
    };
    while (!stop.HasBeenNotified()) {
      for (const std::string& bytes : garbage) {
        const int socket = TryConnectToLoopback(server_->address(), HostileAddress());
        if (socket >= 0) RawConnection(socket).Send(bytes);
      }
    }
  });
}

}  // namespace
}  // namespace bedside
