#include "services/generation/chat_generator.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/trace/trace_context.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/outbound_prompt_peer.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ChatGeneratorTest : public testing::Test {
 protected:
  absl::StatusOr<GeneratedText> Generate(const std::string& response,
                                         ChatServer::Ending ending = ChatServer::Ending::kClose) {
    server_ = ChatServer::Start({response, ending});
    settings_.endpoint = *ParseChatEndpoint(server_->base_url());
    settings_.model = "small";
    return ChatGenerator(settings_).Generate(OutboundPromptPeer::Make("policy", "the secret question"), deadline_,
                                             observer_);
  }

  ChatSettings settings_;
  absl::Time deadline_ = absl::InfiniteFuture();
  std::vector<std::string> deltas_;
  GenerationObserver observer_{[this](absl::string_view delta) { deltas_.emplace_back(delta); }, [] { return false; }};
  std::unique_ptr<ChatServer> server_;
};

TEST_F(ChatGeneratorTest, StreamsTextAsItComes) {
  const auto text = Generate(EventStream({"Aspirin ", "helps [1]", "."}));
  ASSERT_THAT(text, IsOk());
  EXPECT_EQ(text->text, "Aspirin helps [1].");
  EXPECT_FALSE(text->cut_off);
  EXPECT_THAT(deltas_, ElementsAre("Aspirin ", "helps [1]", "."));
}

TEST_F(ChatGeneratorTest, SendsPromptModelAndKey) {
  settings_.api_key = "k-123";
  ASSERT_THAT(Generate(EventStream({"x"})), IsOk());
  EXPECT_THAT(server_->requests(),
              ElementsAre(AllOf(HasSubstr("Authorization: Bearer k-123\r\n"), HasSubstr("\"small\""),
                                HasSubstr("\"policy\""), HasSubstr("\"the secret question\""))));
}

TEST_F(ChatGeneratorTest, SendsNoAuthorisationWithoutAKey) {
  ASSERT_THAT(Generate(EventStream({"x"})), IsOk());
  EXPECT_THAT(server_->requests(), ElementsAre(Not(HasSubstr("Authorization"))));
}

TEST_F(ChatGeneratorTest, PassesTheTraceOn) {
  const TraceContext trace = {"4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true};
  {
    const ScopedTrace scoped(&trace);
    ASSERT_THAT(Generate(EventStream({"x"})), IsOk());
  }
  EXPECT_THAT(server_->requests(), ElementsAre(HasSubstr("\r\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-"
                                                         "00f067aa0ba902b7-01\r\n")));
  ASSERT_THAT(Generate(EventStream({"x"})), IsOk());
  EXPECT_THAT(server_->requests(), ElementsAre(Not(HasSubstr("traceparent"))));
}

TEST_F(ChatGeneratorTest, TokenLimitIsReported) {
  const auto text = Generate(EventStreamResponse(absl::StrCat(DeltaEvent("Aspirin hel"), DeltaEvent("", "length"))));
  ASSERT_THAT(text, IsOk());
  EXPECT_TRUE(text->cut_off);
}

TEST_F(ChatGeneratorTest, DoneAloneEndsAnAnswer) {
  EXPECT_THAT(Generate(EventStreamResponse(absl::StrCat(DeltaEvent("A."), "data: [DONE]\n\n"))), IsOk());
}

TEST_F(ChatGeneratorTest, WholeAnswerDoesNotWaitForTheServerToHangUp) {
  const std::string done = absl::StrCat(DeltaEvent("Aspirin."), "data: [DONE]\n\n");
  const std::string stopped = absl::StrCat(DeltaEvent("Aspirin."), DeltaEvent("", "stop"));
  for (const std::string& body : {done, stopped}) {
    const absl::Time start = absl::Now();
    const auto text = Generate(EventStreamResponse(body), ChatServer::Ending::kHang);
    ASSERT_THAT(text, IsOk());
    EXPECT_EQ(text->text, "Aspirin.");
    EXPECT_LT(absl::Now() - start, settings_.timeout / 2);
    server_->WaitForHangUp();
  }
}

TEST_F(ChatGeneratorTest, HalfAStreamIsUnavailable) {
  EXPECT_THAT(Generate(EventStreamResponse(DeltaEvent("Aspirin hel"))),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("ended before")));
  EXPECT_THAT(Generate(EventStreamResponse("")), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Generate(EventStreamResponse("data: {\"choi")), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ChatGeneratorTest, HttpErrorsHaveTheirCodes) {
  const auto code = [this](int http) {
    return Generate(absl::StrCat("HTTP/1.1 ", http, " X\r\nContent-Length: 3\r\n\r\nwhy")).status().code();
  };
  EXPECT_EQ(code(500), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code(503), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code(504), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(code(408), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(code(429), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(code(401), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(code(403), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(code(404), absl::StatusCode::kNotFound);
  EXPECT_EQ(code(400), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(code(302), absl::StatusCode::kFailedPrecondition);
}

TEST_F(ChatGeneratorTest, MessagesHoldNoQuestion) {
  const auto text = Generate("HTTP/1.1 400 X\r\n\r\ncannot answer the secret question");
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kFailedPrecondition, Not(HasSubstr("secret"))));
}

TEST_F(ChatGeneratorTest, InvalidBytesAreInternal) {
  EXPECT_THAT(Generate(EventStreamResponse("data: {\"choices\":[{\"delta\":{\"content\":\"a\xC3\x28\"}}]}\n\n")),
              StatusIs(absl::StatusCode::kInternal));
}

TEST_F(ChatGeneratorTest, TenMegabytesAreTooMuch) {
  std::string body;
  while (body.size() < (10u << 20)) body += DeltaEvent(std::string(10000, 'x'));
  EXPECT_THAT(Generate(EventStreamResponse(body)), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(Generate(EventStreamResponse("data: " + std::string(10 << 20, 'x'))),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(ChatGeneratorTest, SilenceEndsAtTheFirstTokenLimit) {
  settings_.first_token_timeout = absl::Milliseconds(30);
  EXPECT_THAT(Generate("", ChatServer::Ending::kHang),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("first token")));
  server_->WaitForHangUp();
}

TEST_F(ChatGeneratorTest, EmptyEventsAreNoFirstToken) {
  settings_.first_token_timeout = absl::Milliseconds(30);
  EXPECT_THAT(Generate(EventStreamResponse(absl::StrCat(": hello\n\n", DeltaEvent(""))), ChatServer::Ending::kHang),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("first token")));
}

TEST_F(ChatGeneratorTest, StandstillEndsAtTheWholeLimit) {
  settings_.timeout = absl::Milliseconds(60);
  EXPECT_THAT(Generate(EventStreamResponse(DeltaEvent("Aspirin ")), ChatServer::Ending::kHang),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("whole answer")));
}

TEST_F(ChatGeneratorTest, DeadlineOfTheRequestCountsToo) {
  deadline_ = absl::InfinitePast();
  EXPECT_THAT(Generate("", ChatServer::Ending::kHang), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST_F(ChatGeneratorTest, CancellationReachesTheServer) {
  observer_.is_cancelled = [this] { return !deltas_.empty(); };
  EXPECT_THAT(Generate(EventStreamResponse(DeltaEvent("Aspirin ")), ChatServer::Ending::kHang),
              StatusIs(absl::StatusCode::kCancelled));
  server_->WaitForHangUp();
}

}  // namespace
}  // namespace bedside
