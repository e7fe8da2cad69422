// The first byte chooses whether the rest is a token as it arrives, or the claims or the header of one that is signed.
#include <glog/logging.h>

#include "services/access/token_verifier.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/token_issuer.h"
#include "tests/fuzz/input.h"

namespace {

constexpr char kHeader[] = R"({"alg": "ES256", "kid": "p256"})";
constexpr char kClaims[] =
    R"({"iss": "https://issuer.example", "aud": "bedside", "sub": "nurse-7", "exp": 1700000600})";

std::string TokenOf(const bedside::TokenIssuer& issuer, absl::string_view text) {
  switch (bedside::TakeByte(&text) % 3) {
    case 0:
      return std::string(text);
    case 1:
      return issuer.Sign(kHeader, text, "ES256", "p256");
    default:
      return issuer.Sign(text, kClaims, "ES256", "p256");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  static const auto& issuer = *new bedside::TokenIssuer();
  static const auto& verifier = *[] {
    bedside::config::TokenConfig config;
    config.set_issuer("https://issuer.example");
    config.set_audience("bedside");
    config.set_key_set_file(bedside::WriteFile(bedside::TempFolder(), "keys.json", issuer.KeySet()));
    return bedside::TokenVerifier::Create(config, now)->release();
  }();
  const auto principal = verifier.Verify(TokenOf(issuer, bedside::TextOf(data, size)), now);
  if (principal.ok()) {
    CHECK(!principal->subject.empty());
  } else {
    CHECK(absl::IsUnauthenticated(principal.status())) << principal.status();
  }
  return 0;
}
