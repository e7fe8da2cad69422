#include "services/gateway/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/loopback_socket.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr absl::Duration kLong = absl::Seconds(30);

class HttpServerTest : public ::testing::Test {
 protected:
  void Start(HttpLimits limits = {}) {
    auto server =
        HttpServer::Start({"127.0.0.1:0", nullptr, [this](const HttpRequest& head) { return Judge(head); }, limits});
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
  }

  HttpReply Send(HttpCall call) {
    call.url = absl::StrCat("http://", server_->address(), call.url);
    return SendHttp(call);
  }

  HeadVerdict Judge(const HttpRequest& head) const {
    if (head.path == "/closed") return {HttpResponse{403, "text/plain", "closed", {}}, 0, nullptr};
    return {absl::nullopt, most_body_bytes_, answer_};
  }

  uint64_t most_body_bytes_ = 1'000'000;
  // Says what it was asked.
  std::function<void(std::shared_ptr<HttpExchange>)> answer_ = [](const std::shared_ptr<HttpExchange>& exchange) {
    const HttpRequest& request = exchange->request();
    exchange->Reply({200,
                     "text/plain",
                     absl::StrCat(request.verb, " ", request.path, "?", request.query, " ", exchange->TakeBody()),
                     {}});
  };
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, AnswersRequests) {
  Start();
  const HttpReply reply = Send({"POST", "/v1/a%20b?c=d", "hello"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "POST /v1/a%20b?c=d hello");
  EXPECT_EQ(reply.Header("content-type"), "text/plain");
}

TEST_F(HttpServerTest, ANamedHostIsResolved) {
  auto server =
      HttpServer::Start({"localhost:0", nullptr, [this](const HttpRequest& head) { return Judge(head); }, {}});
  ASSERT_THAT(server, IsOk());
  EXPECT_THAT((*server)->address(), StartsWith("localhost:"));
}

TEST_F(HttpServerTest, AnAddressThatIsTakenIsRefused) {
  Start();
  EXPECT_THAT(HttpServer::Start({server_->address(), nullptr, nullptr, {}}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("free the port")));
}

TEST_F(HttpServerTest, AnAddressThatIsNoneIsRefused) {
  EXPECT_THAT(HttpServer::Start({"no.such.host.invalid:1", nullptr, nullptr, {}}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("http.listen_address")));
}

TEST_F(HttpServerTest, KnowsItsClient) {
  answer_ = [](const std::shared_ptr<HttpExchange>& exchange) {
    exchange->Reply({200, "", exchange->request().peer, {}});
  };
  Start();
  EXPECT_THAT(Send({"GET", "/"}).body, StartsWith("ipv4:127.0.0.1:"));
}

TEST_F(HttpServerTest, AConnectionCarriesManyRequestsAlsoAtOnce) {
  Start();
  TextConnection client(server_->address());
  client.Send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string heard = client.Receive();
  EXPECT_THAT(heard, HasSubstr("GET /1? "));
  EXPECT_THAT(heard, HasSubstr("GET /2? "));
}

TEST_F(HttpServerTest, AHeadHasNoBody) {
  Start();
  TextConnection client(server_->address());
  client.Send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.Receive(), EndsWith("\r\n\r\n"));
}

TEST_F(HttpServerTest, ABodyMayWaitForItsGreeting) {
  Start();
  TextConnection client(server_->address());
  client.Send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.Receive("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("hello");
  EXPECT_THAT(client.Receive(), EndsWith("POST /? hello"));
}

TEST_F(HttpServerTest, AStreamComesInChunks) {
  answer_ = [](const std::shared_ptr<HttpExchange>& exchange) {
    exchange->BeginStream({200, "text/event-stream", "", {}});
    exchange->Write("one", [exchange] { exchange->Write("two", [exchange] { exchange->EndStream(); }); });
  };
  Start();
  EXPECT_EQ(Send({"GET", "/"}).body, "onetwo");
  TextConnection old(server_->address());
  old.Send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(old.Receive(), EndsWith("\r\n\r\nonetwo"));
}

TEST_F(HttpServerTest, SaysThatTheClientHasGone) {
  absl::Notification asked;
  absl::Notification gone;
  std::shared_ptr<HttpExchange> kept;
  answer_ = [&](const std::shared_ptr<HttpExchange>& exchange) {
    kept = exchange;
    exchange->OnGone([&] { gone.Notify(); });
    asked.Notify();
  };
  Start();
  {
    TextConnection client(server_->address());
    client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(asked.WaitForNotificationWithTimeout(kLong));
  }
  EXPECT_TRUE(gone.WaitForNotificationWithTimeout(kLong));
  absl::Notification written;
  kept->Write("nobody hears", [&] { written.Notify(); });
  EXPECT_TRUE(written.WaitForNotificationWithTimeout(kLong));
}

TEST_F(HttpServerTest, WhatIsTooLongIsRefused) {
  most_body_bytes_ = 1000;
  HttpLimits limits;
  limits.head_bytes = 2000;
  Start(limits);
  EXPECT_EQ(Send({"POST", "/", std::string(1001, 'a')}).status, 413);
  EXPECT_EQ(Send({"POST", "/", std::string(5'000'000, 'a')}).status, 413);
  EXPECT_EQ(Send({"POST", "/", std::string(1001, 'a'), {"Transfer-Encoding: chunked"}}).status, 413);
  EXPECT_EQ(Send({"GET", "/", "", {absl::StrCat("A: ", std::string(3000, 'a'))}}).status, 431);
  EXPECT_EQ(Send({"GET", absl::StrCat("/", std::string(3000, 'a'))}).status, 431);
  EXPECT_EQ(Send({"POST", "/", std::string(1000, 'a')}).status, 200);
}

TEST_F(HttpServerTest, NoBodyIsReadOfARequestThatIsRefusedByItsHead) {
  Start();
  TextConnection client(server_->address());
  client.Send("POST /closed HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\nExpect: 100-continue\r\n\r\n");
  const std::string heard = client.Receive();
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(heard, HasSubstr("Connection: close"));
}

TEST_F(HttpServerTest, ARefusalWithoutABodyKeepsTheConnection) {
  Start();
  TextConnection client(server_->address());
  client.Send("GET /closed HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(client.Receive("closed"), HasSubstr("Connection: keep-alive"));
  client.Send("GET /open HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.Receive(), EndsWith("GET /open? "));
}

// Beast reads on to the end of a chunk's extension, however long it is.
TEST_F(HttpServerTest, AChunkThatNeverBeginsIsRefused) {
  Start();
  TextConnection client(server_->address());
  client.Send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;");
  for (int i = 0; i < 4; ++i) client.TrySend(std::string(100'000, 'a'));
  EXPECT_THAT(client.Receive(), ::testing::AnyOf(StartsWith("HTTP/1.1 4"), IsEmpty()));
}

TEST_F(HttpServerTest, WhatFollowsABodyIsNoHeader) {
  answer_ = [](const std::shared_ptr<HttpExchange>& exchange) {
    exchange->Reply({200, "", absl::StrCat(HeadersOf(exchange->request(), "authorization").size()), {}});
  };
  Start();
  TextConnection client(server_->address());
  client.Send(
      "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
      "Authorization: Bearer x\r\n\r\n");
  EXPECT_THAT(client.Receive(), EndsWith("\r\n\r\n0"));
}

TEST_F(HttpServerTest, WhatIsNoHttpIsRefused) {
  Start();
  for (const char* bytes : {"garbage\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: 5x\r\n\r\n",
                            "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\nGET /2 HTTP/1.1\r\n\r\n",
                            "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\nGET /2 HTTP/1.1\r\n\r\n",
                            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"}) {
    TextConnection client(server_->address());
    client.Send(bytes);
    const std::string heard = client.Receive();
    EXPECT_THAT(heard, StartsWith("HTTP/1.1 400 ")) << bytes;
    EXPECT_THAT(heard, Not(HasSubstr("HTTP/1.1 200"))) << "a request was read out of the body of another";
  }
}

TEST_F(HttpServerTest, WhoTakesTooLongIsLeft) {
  HttpLimits limits;
  limits.idle = std::chrono::milliseconds(50);
  limits.request = std::chrono::milliseconds(50);
  Start(limits);
  TextConnection silent(server_->address());
  EXPECT_THAT(silent.Receive(), IsEmpty());
  TextConnection slow(server_->address());
  slow.Send("GET / HT");
  EXPECT_THAT(slow.Receive(), IsEmpty());
}

TEST_F(HttpServerTest, WhoDoesNotListenIsLeft) {
  HttpLimits limits;
  limits.write = std::chrono::milliseconds(50);
  absl::Notification gone;
  answer_ = [&](const std::shared_ptr<HttpExchange>& exchange) {
    exchange->OnGone([&] { gone.Notify(); });
    exchange->Reply({200, "", std::string(50'000'000, 'a'), {}});
  };
  Start(limits);
  TextConnection deaf(server_->address());
  deaf.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(gone.WaitForNotificationWithTimeout(kLong));
}

TEST_F(HttpServerTest, OneConnectionTooManyIsClosed) {
  HttpLimits limits;
  limits.connections = 1;
  Start(limits);
  TextConnection first(server_->address());
  first.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  first.Receive("GET");
  TextConnection second(server_->address());
  EXPECT_THAT(second.Receive(), IsEmpty());
}

TEST_F(HttpServerTest, ADrainLetsAnswersEndAndTakesNothingNew) {
  absl::Notification asked;
  std::shared_ptr<HttpExchange> kept;
  answer_ = [&](const std::shared_ptr<HttpExchange>& exchange) {
    kept = exchange;
    asked.Notify();
  };
  Start();
  TextConnection idle(server_->address());
  TextConnection client(server_->address());
  client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(asked.WaitForNotificationWithTimeout(kLong));
  server_->Drain();
  EXPECT_THAT(idle.Receive(), IsEmpty());
  kept->Reply({200, "", "late", {}});
  EXPECT_THAT(client.Receive(), EndsWith("late"));
  EXPECT_EQ(Send({"GET", "/"}).status, 0);
}

TEST_F(HttpServerTest, AShutdownClosesWhatIsLeft) {
  absl::Notification asked;
  absl::Notification gone;
  std::shared_ptr<HttpExchange> kept;
  answer_ = [&](const std::shared_ptr<HttpExchange>& exchange) {
    kept = exchange;
    exchange->OnGone([&] { gone.Notify(); });
    asked.Notify();
  };
  Start();
  TextConnection client(server_->address());
  client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(asked.WaitForNotificationWithTimeout(kLong));
  server_->Shutdown(absl::ZeroDuration());
  EXPECT_TRUE(gone.WaitForNotificationWithTimeout(kLong));
  EXPECT_THAT(client.Receive(), IsEmpty());
  kept.reset();
}

TEST_F(HttpServerTest, ServesManyAtOnce) {
  Start();
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([this, i] {
      for (int j = 0; j < 50; ++j) {
        EXPECT_EQ(Send({"POST", absl::StrCat("/", i), absl::StrCat(j)}).body, absl::StrCat("POST /", i, "? ", j));
      }
    });
  }
  for (std::thread& client : clients) client.join();
}

}  // namespace
}  // namespace bedside
