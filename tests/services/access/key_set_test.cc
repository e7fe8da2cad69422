// Which sets of keys can be used.
#include "services/access/key_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/token_issuer.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::UnorderedElementsAre;

const TokenIssuer& Issuer() {
  static const auto& issuer = *new TokenIssuer();
  return issuer;
}

absl::StatusOr<PublicKeys> Parse(const json& keys) { return ParseKeySet(json{{"keys", keys}}.dump()); }

// keys[0] of `kid` with `field` as `value`; without it where the value is null.
absl::Status WithField(const std::string& kid, const char* field, const json& value) {
  json key = Issuer().Jwk(kid);
  key[field] = value;
  if (value.is_null()) key.erase(field);
  return Parse({key, Issuer().Jwk("p384")}).status();
}

TEST(KeySetTest, KnowsKeysByTheirKid) {
  const auto keys = ParseKeySet(Issuer().KeySet());
  ASSERT_THAT(keys, IsOk());
  EXPECT_THAT(*keys, UnorderedElementsAre(Key("rsa"), Key("p256"), Key("p384")));
}

TEST(KeySetTest, LeavesOutKeysForOtherUses) {
  json encryption = Issuer().Jwk("rsa");
  encryption["use"] = "enc";
  json signing = Issuer().Jwk("rsa");
  signing["key_ops"] = {"sign"};
  const json secret = {{"kty", "oct"}, {"kid", "secret"}, {"k", "AAAA"}};
  const json edwards = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", "ed"}, {"x", "AAAA"}};
  const auto keys = Parse({encryption, signing, secret, edwards, Issuer().Jwk("p256")});
  ASSERT_THAT(keys, IsOk());
  EXPECT_THAT(*keys, UnorderedElementsAre(Key("p256")));
}

TEST(KeySetTest, RefusesKeysThatCannotBeUsed) {
  for (const auto& [kid, field, value] :
       std::vector<std::tuple<std::string, const char*, json>>{{"rsa", "n", nullptr},
                                                               {"rsa", "n", "!"},
                                                               {"rsa", "n", "AQAB"},
                                                               {"rsa", "e", "AQ"},
                                                               {"rsa", "e", "AA"},
                                                               {"rsa", "e", 65537},
                                                               {"rsa", "d", "AQAB"},
                                                               {"rsa", "kid", nullptr},
                                                               {"rsa", "kid", ""},
                                                               {"rsa", "alg", "ES256"},
                                                               {"p256", "x", nullptr},
                                                               {"p256", "x", "AQAB"},
                                                               {"p256", "y", Issuer().Jwk("p256")["x"]},
                                                               {"p256", "crv", "P-384"},
                                                               {"p256", "kid", "p384"}}) {
    EXPECT_THAT(WithField(kid, field, value), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("keys[")))
        << kid << " " << field;
  }
}

TEST(KeySetTest, RefusesWhatIsNoKeySet) {
  for (const std::string& bad : {std::string(), std::string("[]"), std::string("{}"), std::string("{\"keys\":{}}"),
                                 std::string("{\"keys\":[]}"), std::string("{\"keys\":[1]}"), Issuer().KeySet() + "x",
                                 std::string(1000, '['), std::string("{\"keys\":[],\"keys\":[]}")}) {
    EXPECT_THAT(ParseKeySet(bad).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("key"))) << bad;
  }
  EXPECT_THAT(Parse(std::vector<json>(101, Issuer().Jwk("rsa"))).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at most 100")));
}

// A source elsewhere, which counts how often it is read.
class RemoteKeySetTest : public ::testing::Test {
 protected:
  KeySetSource Source() {
    return {"https://idp.example/keys",
            [this]() -> absl::StatusOr<std::string> {
              ++reads_;
              return served_;
            },
            /*is_remote=*/true};
  }

  static std::string Set(const std::vector<std::string>& kids) {
    json keys = json::array();
    for (const std::string& kid : kids) keys.push_back(Issuer().Jwk(kid));
    return json{{"keys", keys}}.dump();
  }

  absl::StatusOr<std::string> served_ = Set({"rsa"});
  int reads_ = 0;
  const absl::Time start_ = absl::FromUnixSeconds(1'000'000);
};

TEST_F(RemoteKeySetTest, IsReadEveryTenMinutesWithoutAReason) {
  const auto keys = *KeySet::Open(Source(), start_);
  for (int second = 1; second < 600; ++second) EXPECT_THAT(keys->Look(start_ + absl::Seconds(second)), IsOk());
  EXPECT_EQ(reads_, 1);
  EXPECT_THAT(keys->Look(start_ + absl::Seconds(600)), IsOk());
  EXPECT_EQ(reads_, 2);
}

TEST_F(RemoteKeySetTest, IsReadAtTheNextLookAfterAnUnknownKeyButNotTwiceInTenSeconds) {
  const auto keys = *KeySet::Open(Source(), start_);
  served_ = Set({"rsa", "p256"});
  EXPECT_EQ(keys->Find("p256", start_ + absl::Seconds(1)), nullptr) << "whoever asks does not wait for a network";
  EXPECT_THAT(keys->Look(start_ + absl::Seconds(2)), IsOk());
  EXPECT_EQ(reads_, 1);
  EXPECT_THAT(keys->Look(start_ + absl::Seconds(10)), IsOk());
  EXPECT_EQ(reads_, 2);
  EXPECT_NE(keys->Find("p256", start_ + absl::Seconds(11)), nullptr);
  EXPECT_THAT(keys->Look(start_ + absl::Seconds(30)), IsOk());
  EXPECT_EQ(reads_, 2) << "nothing is unknown any more";
}

TEST_F(RemoteKeySetTest, KeepsItsKeysWhereNewOnesCannotBeRead) {
  const auto keys = *KeySet::Open(Source(), start_);
  served_ = absl::UnavailableError("nobody there");
  EXPECT_THAT(keys->Look(start_ + absl::Minutes(10)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_NE(keys->Find("rsa", start_ + absl::Minutes(10)), nullptr);
  served_ = std::string("{}");
  EXPECT_THAT(keys->Look(start_ + absl::Minutes(20)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("https://idp.example/keys")));
  EXPECT_NE(keys->Find("rsa", start_ + absl::Minutes(20)), nullptr);
}

TEST_F(RemoteKeySetTest, ForgetsAKeyThatIsServedNoMore) {
  const auto keys = *KeySet::Open(Source(), start_);
  served_ = Set({"p256"});
  EXPECT_THAT(keys->Look(start_ + absl::Minutes(10)), IsOk());
  EXPECT_EQ(keys->Find("rsa", start_ + absl::Minutes(10)), nullptr);
}

TEST_F(RemoteKeySetTest, ASourceThatCannotBeReadIsRefusedAtTheStart) {
  served_ = absl::UnavailableError("nobody there");
  EXPECT_THAT(KeySet::Open(Source(), start_), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace bedside
