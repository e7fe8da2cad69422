#include "services/endpoint/server_url.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

TEST(ServerUrlTest, HasSchemeAndHost) {
  const auto url = ParseServerUrl("HTTPS://idp.example:8443/keys");
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "idp.example");
  EXPECT_FALSE(url->has_user);
  EXPECT_FALSE(url->has_query_or_fragment);
  EXPECT_EQ(ParseServerUrl("http://[::1]:1/")->host, "[::1]");
}

TEST(ServerUrlTest, TheHostIsTheOneThatIsConnectedTo) {
  for (const char* text : {"http://localhost@idp.example/", "http://localhost:x@idp.example/"}) {
    const auto url = ParseServerUrl(text);
    ASSERT_TRUE(url.has_value()) << text;
    EXPECT_EQ(url->host, "idp.example") << text;
    EXPECT_TRUE(url->has_user) << text;
  }
}

TEST(ServerUrlTest, SaysWhetherThereIsMore) {
  EXPECT_TRUE(ParseServerUrl("http://a/b?c")->has_query_or_fragment);
  EXPECT_TRUE(ParseServerUrl("http://a/b#c")->has_query_or_fragment);
}

TEST(ServerUrlTest, TakesNoOtherText) {
  for (const char* text : {"", "idp.example/keys", "http://", "http:// /", "no such scheme://a"}) {
    EXPECT_FALSE(ParseServerUrl(text).has_value()) << text;
  }
}

TEST(ServerUrlTest, IsReadByNobodyOnTheWay) {
  const auto is_safe = [](const char* text) { return IsEncryptedOrOfThisMachine(*ParseServerUrl(text)); };
  for (const char* safe : {"https://e.example", "http://localhost:80", "http://127.0.0.1/x", "http://[::1]"}) {
    EXPECT_TRUE(is_safe(safe)) << safe;
  }
  for (const char* unsafe : {"http://e.example", "http://localhost.example", "ftp://localhost", "http://127.0.0.2"}) {
    EXPECT_FALSE(is_safe(unsafe)) << unsafe;
  }
}

}  // namespace
}  // namespace bedside
