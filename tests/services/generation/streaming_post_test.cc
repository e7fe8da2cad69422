#include "services/generation/streaming_post.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"
#include "tests/fakes/tls_responder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class StreamingPostTest : public testing::Test {
 protected:
  // Posts to a server that answers with `response`.
  absl::StatusOr<int> Post(const std::string& response, ChatServer::Ending ending = ChatServer::Ending::kClose) {
    server_ = ChatServer::Start({response, ending});
    request_.url = absl::StrCat(server_->base_url(), "/chat/completions");
    return StreamingPost(request_, observer_);
  }

  std::string received_;
  PostRequest request_{"", {"X-Test: yes"}, "the body", 1000};
  PostObserver observer_{[this](absl::string_view bytes) {
                           absl::StrAppend(&received_, bytes);
                           return absl::OkStatus();
                         },
                         [] { return absl::OkStatus(); }};
  std::unique_ptr<ChatServer> server_;
};

TEST_F(StreamingPostTest, SendsHeadersAndBodyAndHandsOnTheResponse) {
  const auto status = Post("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_THAT(status, IsOk());
  EXPECT_EQ(*status, 200);
  EXPECT_EQ(received_, "hello");
  EXPECT_THAT(server_->requests(), ElementsAre(testing::AllOf(HasSubstr("POST /v1/chat/completions HTTP/1.1"),
                                                              HasSubstr("X-Test: yes"), EndsWith("\r\n\r\nthe body"))));
}

TEST_F(StreamingPostTest, ChunkedBodiesAreJoined) {
  ASSERT_THAT(Post("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), IsOk());
  EXPECT_EQ(received_, "abcde");
}

TEST_F(StreamingPostTest, BodyOfAnErrorIsNotHandedOn) {
  const auto status = Post("HTTP/1.1 500 Oops\r\nContent-Length: 5\r\n\r\nwrong");
  ASSERT_THAT(status, IsOk());
  EXPECT_EQ(*status, 500);
  EXPECT_EQ(received_, "");
}

TEST_F(StreamingPostTest, RedirectIsNeverFollowed) {
  auto elsewhere = ChatServer::Start({"HTTP/1.1 200 OK\r\n\r\n", ChatServer::Ending::kClose});
  const auto status =
      Post(absl::StrCat("HTTP/1.1 307 Go\r\nLocation: ", elsewhere->base_url(), "\r\nContent-Length: 0\r\n\r\n"));
  ASSERT_THAT(status, IsOk());
  EXPECT_EQ(*status, 307);
  EXPECT_THAT(elsewhere->requests(), testing::IsEmpty());
}

TEST_F(StreamingPostTest, BrokenBodyIsUnavailable) {
  EXPECT_THAT(Post("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(StreamingPostTest, NoResponseIsUnavailable) { EXPECT_THAT(Post(""), StatusIs(absl::StatusCode::kUnavailable)); }

TEST_F(StreamingPostTest, WhatIsNoHttpIsUnavailable) {
  EXPECT_THAT(Post("220 mail.example.org ESMTP\r\n"), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(StreamingPostTest, NobodyListeningIsUnavailable) {
  ASSERT_THAT(Post("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), IsOk());
  server_.reset();
  EXPECT_THAT(StreamingPost(request_, observer_), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(StreamingPostTest, LongResponseIsCutOff) {
  EXPECT_THAT(Post(absl::StrCat("HTTP/1.1 200 OK\r\n\r\n", std::string(1001, 'x'))),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(Post(absl::StrCat("HTTP/1.1 500 No\r\n\r\n", std::string(1001, 'x'))),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(StreamingPostTest, StatusOfTheReceiverIsTheResult) {
  observer_.on_bytes = [](absl::string_view) { return absl::DataLossError("bad bytes"); };
  EXPECT_THAT(Post("HTTP/1.1 200 OK\r\n\r\nhello"), StatusIs(absl::StatusCode::kDataLoss, "bad bytes"));
}

TEST_F(StreamingPostTest, StoppingEndsTheConnection) {
  observer_.may_go_on = [this] { return received_.empty() ? absl::OkStatus() : absl::CancelledError("stop"); };
  EXPECT_THAT(Post("HTTP/1.1 200 OK\r\n\r\nhello", ChatServer::Ending::kHang),
              StatusIs(absl::StatusCode::kCancelled, "stop"));
  server_->WaitForHangUp();
}

TEST_F(StreamingPostTest, ServerThatTheAuthoritiesVouchForIsAsked) {
  const TestCertificate certificate = MakeTestCertificate();
  const auto server = TlsResponder::Start(certificate, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_NE(server, nullptr);
  request_.url = server->base_url();
  request_.ca_file = WriteFile(TempFolder(), "ca.pem", certificate.certificate);
  EXPECT_THAT(StreamingPost(request_, observer_), IsOk());
  EXPECT_EQ(received_, "hello");
}

TEST_F(StreamingPostTest, ServerThatNobodyVouchesForIsNotAsked) {
  const auto server = TlsResponder::Start(MakeTestCertificate(), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_NE(server, nullptr);
  request_.url = server->base_url();
  request_.ca_file = WriteFile(TempFolder(), "ca.pem", MakeTestCertificate().certificate);
  EXPECT_THAT(StreamingPost(request_, observer_), StatusIs(absl::StatusCode::kUnavailable));
  request_.ca_file = "";
  EXPECT_THAT(StreamingPost(request_, observer_), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(received_, "");
}

TEST_F(StreamingPostTest, ConnectionThatBreaksBeforeTheFirstByteIsTriedOnceMore) {
  EXPECT_THAT(Post(""), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(server_->requests(), SizeIs(2));
}

TEST_F(StreamingPostTest, ResponseThatBreaksIsNotAskedForAgain) {
  EXPECT_THAT(Post("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(server_->requests(), SizeIs(1));
}

TEST_F(StreamingPostTest, UnknownSchemeIsNotSpoken) {
  request_.url = "file:///etc/hostname";
  EXPECT_THAT(StreamingPost(request_, observer_), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(received_, "");
}

}  // namespace
}  // namespace bedside
