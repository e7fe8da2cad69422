#include "services/access/hook_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/access/method_roles.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/token_issuer.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::StatusCode kUnauthenticated = absl::StatusCode::kUnauthenticated;
constexpr char kBase[] = "https://cds.example";
constexpr char kPath[] = "/cds-services/order-safety";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class HookTokensTest : public ::testing::Test {
 protected:
  HookTokensTest() {
    config::HookClientConfig& client = *clients_.Add();
    client.set_issuer("https://ehr.example");
    client.set_key_set_file(WriteFile(TempFolder(), "keys.json", issuer_.KeySet()));
    client.add_corpora("default");
  }

  HookTokens& Tokens() {
    if (tokens_ == nullptr) tokens_ = *HookTokens::Create(clients_, kBase, kNow);
    return *tokens_;
  }

  static json Claims() {
    return {{"iss", "https://ehr.example"},
            {"aud", std::string(kBase) + kPath},
            {"iat", absl::ToUnixSeconds(kNow)},
            {"exp", absl::ToUnixSeconds(kNow) + 300},
            {"jti", "one"}};
  }

  std::string Sign(const json& claims, const json& more = json::object()) const {
    json header = {{"alg", "ES384"}, {"kid", "p384"}, {"typ", "JWT"}};
    header.update(more);
    return issuer_.Sign(header, claims);
  }

  std::string With(const char* claim, const json& value) const {
    json claims = Claims();
    claims[claim] = value;
    return Sign(claims);
  }

  absl::Status Verify(const std::string& token, const std::string& path = kPath) {
    return Tokens().Verify(token, path, kNow).status();
  }

  const TokenIssuer issuer_;
  google::protobuf::RepeatedPtrField<config::HookClientConfig> clients_;
  std::unique_ptr<HookTokens> tokens_;
};

TEST_F(HookTokensTest, AClientHasItsRoleAndItsCorpora) {
  const auto principal = Tokens().Verify(Sign(Claims()), kPath, kNow);
  ASSERT_THAT(principal, IsOk());
  EXPECT_EQ(principal->subject, "https://ehr.example");
  EXPECT_THAT(principal->roles, ElementsAre(kHookClient));
  EXPECT_THAT(principal->corpora, ElementsAre("default"));
}

TEST_F(HookTokensTest, ATokenIsForTheUrlThatItIsShownAt) {
  const std::string token = Sign(Claims());
  EXPECT_THAT(Verify(token, "/cds-services"), StatusIs(kUnauthenticated, HasSubstr("another audience")));
  EXPECT_THAT(Verify(token, "/cds-services/order-safety/feedback"), StatusIs(kUnauthenticated));
  EXPECT_THAT(Verify(token, ""), StatusIs(kUnauthenticated)) << "over gRPC";
  EXPECT_THAT(Verify(With("aud", kBase), ""), StatusIs(kUnauthenticated, HasSubstr("HTTP port only")));
  EXPECT_THAT(Verify(With("aud", {std::string(kBase) + kPath})), IsOk()) << "among others";
}

TEST_F(HookTokensTest, ATokenIsTakenOnce) {
  EXPECT_THAT(Tokens().Take(Sign(Claims()), kPath, kNow), IsOk());
  EXPECT_THAT(Tokens().Take(Sign(Claims()), kPath, kNow), StatusIs(kUnauthenticated, HasSubstr("shown before")));
  EXPECT_THAT(Verify(Sign(Claims())), IsOk()) << "by the call that it came with";
  EXPECT_THAT(Tokens().Take(With("jti", "two"), kPath, kNow), IsOk());
}

TEST_F(HookTokensTest, AnIdIsFreeAgainWhenItsTokenHasExpired) {
  EXPECT_THAT(Tokens().Take(Sign(Claims()), kPath, kNow), IsOk());
  const absl::Time later = kNow + absl::Hours(2);
  json claims = Claims();
  claims["iat"] = absl::ToUnixSeconds(later);
  claims["exp"] = absl::ToUnixSeconds(later) + 60;
  EXPECT_THAT(Tokens().Take(Sign(claims), kPath, later), IsOk());
  EXPECT_THAT(Tokens().Take(Sign(claims), kPath, later), StatusIs(kUnauthenticated, HasSubstr("shown before")));
}

TEST_F(HookTokensTest, WhatTheSpecificationRequiresMustBeThere) {
  for (const char* claim : {"iss", "aud", "iat", "exp", "jti"}) {
    json claims = Claims();
    claims.erase(claim);
    EXPECT_THAT(Verify(Sign(claims)), StatusIs(kUnauthenticated)) << claim;
  }
}

TEST_F(HookTokensTest, ATokenLivesNowAndShortly) {
  const int64_t now = absl::ToUnixSeconds(kNow);
  EXPECT_THAT(Verify(With("exp", now - 31)), StatusIs(kUnauthenticated, HasSubstr("expired")));
  EXPECT_THAT(Verify(With("exp", now + 3601)), StatusIs(kUnauthenticated, HasSubstr("more than an hour")));
  EXPECT_THAT(Verify(With("iat", now + 31)), StatusIs(kUnauthenticated, HasSubstr("in the future")));
}

TEST_F(HookTokensTest, OnlyTheKeysOfTheClientSign) {
  const TokenIssuer other;
  EXPECT_THAT(Verify(other.Sign({{"alg", "ES384"}, {"kid", "p384"}, {"typ", "JWT"}}, Claims())),
              StatusIs(kUnauthenticated, HasSubstr("signature")));
  EXPECT_THAT(Verify(TokenIssuer::SignWithSecret({{"alg", "HS256"}, {"kid", "rsa"}, {"typ", "JWT"}}, Claims(),
                                                 issuer_.PublicKey("rsa"))),
              StatusIs(kUnauthenticated));
  EXPECT_THAT(Verify(With("iss", "https://other.example")), StatusIs(kUnauthenticated, HasSubstr("another issuer")));
}

TEST_F(HookTokensTest, AKeySetIsNotTakenFromTheToken) {
  EXPECT_THAT(Verify(Sign(Claims(), {{"jku", "https://evil.example/keys"}})),
              StatusIs(kUnauthenticated, HasSubstr("key set")));
}

TEST_F(HookTokensTest, TenantsMayBeNamed) {
  clients_[0].add_tenants("ward");
  EXPECT_THAT(Verify(Sign(Claims())), StatusIs(kUnauthenticated, HasSubstr("tenant")));
  EXPECT_THAT(Verify(With("tenant", "ward")), IsOk());
}

TEST_F(HookTokensTest, KnowsWhoseATokenSaysThatItIs) {
  EXPECT_TRUE(Tokens().IsOfClient(Sign(Claims())));
  EXPECT_FALSE(Tokens().IsOfClient(With("iss", "https://idp.example")));
  for (const char* garbage : {"", "a.b.c", "..", "x"}) EXPECT_FALSE(Tokens().IsOfClient(garbage)) << garbage;
}

TEST_F(HookTokensTest, ChecksItsConfiguration) {
  EXPECT_THAT(HookTokens::Create(clients_, "", kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("hooks.base_url")));
  *clients_.Add() = clients_[0];
  EXPECT_THAT(HookTokens::Create(clients_, kBase, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("two entries")));
  clients_[1].clear_issuer();
  EXPECT_THAT(HookTokens::Create(clients_, kBase, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("access.hook_clients")));
}

}  // namespace
}  // namespace bedside
