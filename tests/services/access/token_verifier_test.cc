// Which bearer tokens are believed, and which are not.
#include "services/access/token_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/token_issuer.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr int64_t kNow = 1'700'000'000;

const TokenIssuer& Issuer() {
  static const auto& issuer = *new TokenIssuer();
  return issuer;
}

json Claims() {
  return {{"iss", "https://issuer.example"},
          {"aud", "bedside"},
          {"sub", "nurse-7"},
          {"exp", kNow + 600},
          {"roles", {"reader"}},
          {"corpora", {"default"}},
          {"labels", json::array()}};
}

class TokenVerifierTest : public ::testing::Test {
 protected:
  TokenVerifierTest() : file_(WriteFile(TempFolder(), "keys.json", Issuer().KeySet())) {
    config_.set_issuer("https://issuer.example");
    config_.set_audience("bedside");
    config_.set_key_set_file(file_);
  }

  void WriteKeys(const std::string& text) { std::ofstream(file_) << text; }

  absl::StatusOr<Principal> Verify(const std::string& token, int64_t now = kNow) {
    if (verifier_ == nullptr) verifier_ = *TokenVerifier::Create(config_, absl::FromUnixSeconds(kNow));
    return verifier_->Verify(token, absl::FromUnixSeconds(now));
  }
  // A good token but for what `change` does to the claims.
  absl::StatusOr<Principal> VerifyClaims(const std::function<void(json*)>& change) {
    json claims = Claims();
    change(&claims);
    return Verify(Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, claims));
  }

  const std::string file_;
  config::TokenConfig config_;
  std::unique_ptr<TokenVerifier> verifier_;
};

TEST_F(TokenVerifierTest, BelievesEachAlgorithmOfItsKey) {
  for (const auto& [algorithm, kid] : std::vector<std::pair<std::string, std::string>>{{"RS256", "rsa"},
                                                                                       {"RS384", "rsa"},
                                                                                       {"RS512", "rsa"},
                                                                                       {"PS256", "rsa"},
                                                                                       {"PS384", "rsa"},
                                                                                       {"PS512", "rsa"},
                                                                                       {"ES256", "p256"},
                                                                                       {"ES384", "p384"}}) {
    const auto principal = Verify(Issuer().Sign({{"alg", algorithm}, {"kid", kid}, {"typ", "JWT"}}, Claims()));
    ASSERT_THAT(principal, IsOk()) << algorithm;
    EXPECT_EQ(principal->subject, "nurse-7");
    EXPECT_THAT(principal->roles, UnorderedElementsAre("reader"));
    EXPECT_THAT(principal->corpora, UnorderedElementsAre("default"));
    EXPECT_TRUE(principal->labels.empty());
  }
}

TEST_F(TokenVerifierTest, RefusesAlgorithmNone) {
  for (const char* none : {"none", "None", "NONE", ""}) {
    const std::string unsigned_token =
        absl::StrCat(absl::WebSafeBase64Escape(json{{"alg", none}, {"kid", "rsa"}}.dump()), ".",
                     absl::WebSafeBase64Escape(Claims().dump()), ".");
    EXPECT_THAT(Verify(unsigned_token),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("algorithm that is not accepted")));
  }
}

TEST_F(TokenVerifierTest, RefusesHmacWithThePublicKey) {
  for (const std::string& secret : {Issuer().PublicKey("rsa"), Issuer().KeySet(), Issuer().Jwk("rsa").dump()}) {
    EXPECT_THAT(Verify(TokenIssuer::SignWithSecret({{"alg", "HS256"}, {"kid", "rsa"}}, Claims(), secret)),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("algorithm that is not accepted")));
    EXPECT_THAT(Verify(TokenIssuer::SignWithSecret({{"alg", "RS256"}, {"kid", "rsa"}}, Claims(), secret)),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("not by the key")));
  }
}

TEST_F(TokenVerifierTest, RefusesAnAlgorithmOfAnotherKindOfKey) {
  for (const auto& [algorithm, signer, named] : std::vector<std::array<std::string, 3>>{
           {"ES256", "p256", "rsa"}, {"RS256", "rsa", "p256"}, {"ES256", "p256", "p384"}, {"ES384", "p384", "p256"}}) {
    const std::string header = json{{"alg", algorithm}, {"kid", named}}.dump();
    EXPECT_THAT(Verify(Issuer().Sign(header, Claims().dump(), algorithm, signer)),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("not by the key")));
  }
}

TEST_F(TokenVerifierTest, KeepsAKeyToItsAlgorithm) {
  json key = Issuer().Jwk("rsa");
  key["alg"] = "PS256";
  WriteKeys(json{{"keys", {key}}}.dump());
  EXPECT_THAT(Verify(Issuer().Sign({{"alg", "PS256"}, {"kid", "rsa"}}, Claims())), IsOk());
  EXPECT_THAT(Verify(Issuer().Sign({{"alg", "RS256"}, {"kid", "rsa"}}, Claims())),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("not by the key")));
}

TEST_F(TokenVerifierTest, AcceptsOnlyTheAlgorithmsThatAreConfigured) {
  config_.add_algorithms("ES384");
  EXPECT_THAT(Verify(Issuer().Sign({{"alg", "ES384"}, {"kid", "p384"}}, Claims())), IsOk());
  EXPECT_THAT(Verify(Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, Claims())),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("algorithm that is not accepted")));
}

TEST_F(TokenVerifierTest, NoticesEveryByteThatWasChanged) {
  const std::string token = Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, Claims());
  ASSERT_THAT(Verify(token), IsOk());
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(Verify(changed), StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("the token"))) << i;
  }
}

TEST_F(TokenVerifierTest, RefusesWhatIsNoToken) {
  const std::string good = Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, Claims());
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(".."), std::string("..."), std::string("a.b.c"), good + "=",
        good + ".", " " + good, good + " ", std::string(3, '\0'), std::string(TokenVerifier::kMostBytes, 'a')}) {
    EXPECT_THAT(Verify(bad), StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("token")));
  }
}

TEST_F(TokenVerifierTest, RefusesATokenOfMoreThan16KiB) {
  json claims = Claims();
  claims["padding"] = std::string(TokenVerifier::kMostBytes, 'x');
  EXPECT_THAT(Verify(Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, claims)),
              StatusIs(absl::StatusCode::kUnauthenticated, "the token is too long"));
}

TEST_F(TokenVerifierTest, RefusesAHeaderThatWantsMoreThanIsKnown) {
  for (const json& header : std::vector<json>{{{"alg", "ES256"}, {"kid", "p256"}, {"crit", {"b64"}}, {"b64", false}},
                                              {{"alg", "ES256"}, {"kid", "p256"}, {"crit", json::array()}},
                                              {{"alg", "ES256"}, {"kid", "p256"}, {"typ", "logout+jwt"}},
                                              {{"alg", "ES256"}, {"kid", "p256"}, {"typ", 1}}}) {
    EXPECT_THAT(Verify(Issuer().Sign(header, Claims())),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("token")));
  }
}

TEST_F(TokenVerifierTest, RefusesWhatIsSaidTwice) {
  const std::string claims = Claims().dump();
  EXPECT_THAT(Verify(Issuer().Sign(R"({"alg":"none","alg":"ES256","kid":"p256"})", claims, "ES256", "p256")),
              StatusIs(absl::StatusCode::kUnauthenticated, "the token is none"));
  const std::string twice = absl::StrCat(R"({"sub":"admin",)", claims.substr(1));
  EXPECT_THAT(Verify(Issuer().Sign(R"({"alg":"ES256","kid":"p256"})", twice, "ES256", "p256")),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("in one way only")));
}

TEST_F(TokenVerifierTest, RefusesAnUnknownKey) {
  for (const json& header : std::vector<json>{{{"alg", "ES256"}, {"kid", "other"}}, {{"alg", "ES256"}, {"kid", ""}}}) {
    EXPECT_THAT(Verify(Issuer().Sign(header.dump(), Claims().dump(), "ES256", "p256")),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("key that is not known")));
  }
  EXPECT_THAT(Verify(Issuer().Sign(R"({"alg":"ES256"})", Claims().dump(), "ES256", "p256")),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("names no key")));
}

TEST_F(TokenVerifierTest, KnowsTheTimesWithALittleLeeway) {
  const auto at = [&](const char* claim, int64_t offset) {
    return VerifyClaims([&](json* claims) { (*claims)[claim] = kNow + offset; });
  };
  EXPECT_THAT(at("exp", -29), IsOk());
  EXPECT_THAT(at("exp", -30), StatusIs(absl::StatusCode::kUnauthenticated, "the token has expired"));
  EXPECT_THAT(at("nbf", 30), IsOk());
  EXPECT_THAT(at("nbf", 31), StatusIs(absl::StatusCode::kUnauthenticated, "the token is not valid yet"));
}

TEST_F(TokenVerifierTest, RefusesTimesThatAreNone) {
  for (const json& bad : std::vector<json>{"1700000600", nullptr, -1, 1e300, json::array({1})}) {
    EXPECT_THAT(VerifyClaims([&](json* claims) { (*claims)["exp"] = bad; }),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("no time at which it expires")));
    EXPECT_THAT(VerifyClaims([&](json* claims) { (*claims)["nbf"] = bad; }),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("not valid yet")));
  }
  EXPECT_THAT(VerifyClaims([&](json* claims) { claims->erase("exp"); }),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("no time at which it expires")));
}

TEST_F(TokenVerifierTest, IsForOneAudienceOfOneIssuer) {
  EXPECT_THAT(VerifyClaims([](json* claims) { (*claims)["aud"] = {"other", "bedside"}; }), IsOk());
  for (const json& bad : std::vector<json>{"other", "Bedside", json::array(), json::array({"other"}), nullptr, 1}) {
    EXPECT_THAT(VerifyClaims([&](json* claims) { (*claims)["aud"] = bad; }),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("another audience")));
    EXPECT_THAT(VerifyClaims([&](json* claims) { (*claims)["iss"] = bad; }),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("another issuer")));
  }
}

TEST_F(TokenVerifierTest, WantsASubjectThatCanBeWrittenDown) {
  for (const json& bad : std::vector<json>{"", nullptr, 7, "a\nb", std::string(257, 'a')}) {
    EXPECT_THAT(VerifyClaims([&](json* claims) { (*claims)["sub"] = bad; }),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("no subject")));
  }
}

TEST_F(TokenVerifierTest, ReadsListsWhereTheConfigurationSaysTheyAre) {
  config_.set_roles_claim("/realm_access/roles");
  config_.set_corpora_claim("https://bedside.example/corpora");
  const auto principal = VerifyClaims([](json* claims) {
    (*claims)["realm_access"] = {{"roles", {"admin", "reader"}}};
    (*claims)["https://bedside.example/corpora"] = "icu  paediatrics";
  });
  ASSERT_THAT(principal, IsOk());
  EXPECT_THAT(principal->roles, UnorderedElementsAre("admin", "reader"));
  EXPECT_THAT(principal->corpora, UnorderedElementsAre("icu", "paediatrics"));
}

TEST_F(TokenVerifierTest, GrantsNothingThatTheTokenDoesNotSay) {
  const auto principal = VerifyClaims([](json* claims) {
    for (const char* list : {"roles", "corpora", "labels"}) claims->erase(list);
  });
  ASSERT_THAT(principal, IsOk());
  EXPECT_TRUE(principal->roles.empty());
  EXPECT_TRUE(principal->corpora.empty());
  EXPECT_TRUE(principal->labels.empty());
}

TEST_F(TokenVerifierTest, RefusesListsThatAreNone) {
  for (const json& bad : std::vector<json>{7, {{"a", "b"}}, json::array({"reader", 1}), nullptr}) {
    EXPECT_THAT(VerifyClaims([&](json* claims) { (*claims)["roles"] = bad; }),
                StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("list")));
  }
}

TEST_F(TokenVerifierTest, TakesNewKeysWhenATokenNamesOneAndNotMoreThanOnceASecond) {
  WriteKeys(json{{"keys", {Issuer().Jwk("rsa")}}}.dump());
  const std::string token = Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, Claims());
  EXPECT_THAT(Verify(token, kNow + 1), StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("not known")));
  WriteKeys(Issuer().KeySet());
  EXPECT_THAT(Verify(token, kNow + 1), StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("not known")));
  EXPECT_THAT(Verify(token, kNow + 2), IsOk());
}

TEST_F(TokenVerifierTest, ForgetsAKeyThatWasWithdrawnAtTheNextLook) {
  const std::string token = Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, Claims());
  ASSERT_THAT(Verify(token), IsOk());
  WriteKeys(json{{"keys", {Issuer().Jwk("rsa")}}}.dump());
  ASSERT_THAT(verifier_->LookAtKeys(absl::FromUnixSeconds(kNow)), IsOk());
  EXPECT_THAT(Verify(token), StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("not known")));
}

TEST_F(TokenVerifierTest, KeepsItsKeysWhenTheFileIsDamagedOrGone) {
  const std::string token = Issuer().Sign({{"alg", "ES256"}, {"kid", "p256"}}, Claims());
  ASSERT_THAT(Verify(token), IsOk());
  const std::string whole = Issuer().KeySet();
  for (const std::string& bad : {whole.substr(0, whole.size() / 2), std::string(), std::string("{}")}) {
    WriteKeys(bad);
    EXPECT_THAT(verifier_->LookAtKeys(absl::FromUnixSeconds(kNow)),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("keys.json")));
    EXPECT_THAT(Verify(token), IsOk());
  }
  std::filesystem::remove(file_);
  EXPECT_THAT(verifier_->LookAtKeys(absl::FromUnixSeconds(kNow)),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("keys.json")));
  EXPECT_THAT(Verify(token), IsOk());
}

TEST_F(TokenVerifierTest, DoesNotStartWithoutWhatItNeeds) {
  const auto create = [&](const std::function<void(config::TokenConfig*)>& change) {
    config::TokenConfig config = config_;
    change(&config);
    return TokenVerifier::Create(config, absl::FromUnixSeconds(kNow)).status();
  };
  EXPECT_THAT(create([](auto*) {}), IsOk());
  EXPECT_THAT(create([](auto* config) { config->clear_issuer(); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wants issuer")));
  EXPECT_THAT(create([](auto* config) { config->clear_audience(); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("audience")));
  EXPECT_THAT(create([](auto* config) { config->set_leeway_seconds(301); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("leeway_seconds is 301")));
  EXPECT_THAT(create([](auto* config) { config->add_algorithms("HS256"); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("algorithms")));
  EXPECT_THAT(create([](auto* config) { config->set_key_set_url("https://idp.example/keys"); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("one of key_set_file and key_set_url")));
  EXPECT_THAT(create([](auto* config) {
                config->clear_key_set_file();
                config->set_key_set_url("http://idp.example/keys");
              }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wants https://")));
  EXPECT_THAT(create([](auto* config) { config->set_key_set_file("/nowhere"); }),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere")));
}

}  // namespace
}  // namespace bedside
