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

}  // namespace
}  // namespace bedside
