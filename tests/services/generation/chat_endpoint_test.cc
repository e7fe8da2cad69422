#include "services/generation/chat_endpoint.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ChatEndpointTest, PathIsAddedToTheBase) {
  EXPECT_EQ(ParseChatEndpoint("http://127.0.0.1:8081/v1")->url, "http://127.0.0.1:8081/v1/chat/completions");
  EXPECT_EQ(ParseChatEndpoint("http://127.0.0.1:8081/v1/")->url, "http://127.0.0.1:8081/v1/chat/completions");
  EXPECT_EQ(ParseChatEndpoint("https://llm.example.org")->url, "https://llm.example.org/chat/completions");
}

TEST(ChatEndpointTest, LoopbackIsThisMachine) {
  for (const char* url : {"http://127.0.0.1/v1", "http://127.8.9.10:80", "http://localhost:1/v1", "http://LOCALHOST/",
                          "https://[::1]:8081/v1"}) {
    EXPECT_TRUE(ParseChatEndpoint(url)->on_this_machine) << url;
  }
}

TEST(ChatEndpointTest, EverythingElseIsOutside) {
  for (const char* url :
       {"http://10.0.0.1/v1", "http://128.0.0.1", "http://0.0.0.0:1/v1", "http://localhost.example.org",
        "http://127.0.0.1.example.org/v1", "http://[2001:db8::1]/v1", "http://llm/v1"}) {
    const auto endpoint = ParseChatEndpoint(url);
    ASSERT_THAT(endpoint, IsOk()) << url;
    EXPECT_FALSE(endpoint->on_this_machine) << url;
  }
}

TEST(ChatEndpointTest, WhatIsNoPlainHttpAddressIsRefused) {
  for (const char* url : {"", "127.0.0.1:8081/v1", "ftp://127.0.0.1/v1", "file:///etc/passwd", "http://", "http:// /",
                          "http://127.0.0.1/v1?key=1", "http://127.0.0.1/v1#part"}) {
    EXPECT_THAT(ParseChatEndpoint(url), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("base_url"))) << url;
  }
}

TEST(ChatEndpointTest, PasswordIsRefusedAndNotRepeated) {
  const auto endpoint = ParseChatEndpoint("http://127.0.0.1:hunter2@llm.example.org/v1");
  EXPECT_THAT(endpoint, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("api_key_file")));
  EXPECT_THAT(endpoint, StatusIs(absl::StatusCode::kInvalidArgument, Not(HasSubstr("hunter2"))));
}

}  // namespace
}  // namespace bedside
