// A server that lets in who shows a token of an issuer that the test has.
#ifndef BEDSIDE_TESTS_INTEGRATION_ACCESS_FIXTURE_H_
#define BEDSIDE_TESTS_INTEGRATION_ACCESS_FIXTURE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "nlohmann/json.hpp"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/token_issuer.h"
#include "tests/integration/service_fixture.h"

namespace bedside {

class AccessFixture : public ServiceFixture {
 protected:
  // Configures the access; Start() is left to the test.
  void SetUp() override {
    ServiceFixture::SetUp();
    config::TokenConfig& tokens = *config_.mutable_access()->mutable_tokens();
    tokens.set_issuer("issuer");
    tokens.set_audience("bedside");
    tokens.set_key_set_file(WriteFile(TempFolder(), "keys.json", issuer_.KeySet()));
  }

  // Of a good token.
  nlohmann::json Claims(const std::string& role, const nlohmann::json& corpora = {"*"},
                        const nlohmann::json& labels = nlohmann::json::array()) {
    const int64_t now = absl::ToUnixSeconds(absl::Now());
    return {{"iss", "issuer"},   {"aud", "bedside"}, {"sub", absl::StrCat("a-", role)},
            {"exp", now + 3600}, {"roles", {role}},  {"corpora", corpora},
            {"labels", labels}};
  }

  // The value of "authorization" with these claims.
  std::string Bearer(const nlohmann::json& claims, const std::string& algorithm = "ES256",
                     const std::string& kid = "p256") {
    return absl::StrCat("Bearer ", issuer_.Sign({{"alg", algorithm}, {"kid", kid}}, claims));
  }

  const TokenIssuer issuer_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INTEGRATION_ACCESS_FIXTURE_H_
