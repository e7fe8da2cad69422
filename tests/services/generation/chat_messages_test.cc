#include "services/generation/chat_messages.h"

#include <nlohmann/json.hpp>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/outbound_prompt_peer.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

OutboundPrompt Prompt(const std::string& system, const std::string& user) {
  return OutboundPromptPeer::Make(system, user);
}

TEST(ChatMessagesTest, RequestHoldsPolicyThenUserAndAsksForAStream) {
  const auto body = nlohmann::json::parse(ChatRequestBody(Prompt("policy", "say \"hi\"\n"), "small", 77));
  EXPECT_EQ(body["model"], "small");
  EXPECT_EQ(body["stream"], true);
  EXPECT_EQ(body["temperature"], 0);
  EXPECT_EQ(body["max_tokens"], 77);
  ASSERT_EQ(body["messages"].size(), 2u);
  EXPECT_EQ(body["messages"][0], (nlohmann::json{{"role", "system"}, {"content", "policy"}}));
  EXPECT_EQ(body["messages"][1], (nlohmann::json{{"role", "user"}, {"content", "say \"hi\"\n"}}));
}

TEST(ChatMessagesTest, InvalidBytesInAPromptBecomeReplacementCharacters) {
  const auto body = nlohmann::json::parse(ChatRequestBody(Prompt("p", "a\xFF"), "m", 1));
  EXPECT_EQ(body["messages"][1]["content"], "a\xEF\xBF\xBD");
}

TEST(ChatMessagesTest, TextIsTakenFromTheFirstChoice) {
  const auto chunk = ParseChatChunk(R"({"choices":[{"delta":{"content":"Asp"},"finish_reason":null}]})");
  ASSERT_THAT(chunk, IsOk());
  EXPECT_EQ(chunk->text, "Asp");
  EXPECT_FALSE(chunk->finished);
}

TEST(ChatMessagesTest, ChunksWithoutTextAreFine) {
  for (const char* data : {R"({"choices":[{"delta":{"role":"assistant"}}]})", R"({"choices":[],"usage":{"n":1}})",
                           R"({"choices":[{"delta":{"content":null}}]})", R"({"choices":[{}]})"}) {
    const auto chunk = ParseChatChunk(data);
    ASSERT_THAT(chunk, IsOk()) << data;
    EXPECT_EQ(chunk->text, "");
    EXPECT_FALSE(chunk->finished);
  }
}

TEST(ChatMessagesTest, FinishReasonSaysHowItEnded) {
  EXPECT_TRUE(ParseChatChunk(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})")->finished);
  EXPECT_FALSE(ParseChatChunk(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})")->cut_off);
  EXPECT_TRUE(ParseChatChunk(R"({"choices":[{"delta":{},"finish_reason":"length"}]})")->cut_off);
  EXPECT_THAT(ParseChatChunk(R"({"choices":[{"delta":{},"finish_reason":"content_filter"}]})"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("content filter")));
}

TEST(ChatMessagesTest, EmptyFinishReasonIsNone) {
  const auto chunk = ParseChatChunk(R"({"choices":[{"delta":{"content":"Asp"},"finish_reason":""}]})");
  ASSERT_THAT(chunk, IsOk());
  EXPECT_EQ(chunk->text, "Asp");
  EXPECT_FALSE(chunk->finished);
}

TEST(ChatMessagesTest, ErrorInTheStreamIsUnavailableWithoutItsText) {
  const auto chunk = ParseChatChunk(R"({"error":{"message":"cannot answer about Mrs Example"}})");
  EXPECT_THAT(chunk, StatusIs(absl::StatusCode::kUnavailable, Not(HasSubstr("Example"))));
}

TEST(ChatMessagesTest, OtherShapesAreInternal) {
  for (const char* data :
       {"", "nonsense", "[]", "7", "{}", R"({"choices":7})", R"({"choices":[{"delta":{"content":7}}]})",
        R"({"choices":[{"delta":{"content":"a"},"finish_reason":7}]})",
        "{\"choices\":[{\"delta\":{\"content\":\"\xFF\xFE\"}}]}", R"({"choices":[{"delta":{"content":"\ud800"}}]})",
        R"({"choices":[{"delta")"}) {
    EXPECT_THAT(ParseChatChunk(data), StatusIs(absl::StatusCode::kInternal)) << data;
  }
}

}  // namespace
}  // namespace bedside
