// Bearer tokens: JSON Web Tokens (RFC 7519) with one signature (RFC 7515), read strictly after the advice of RFC 8725.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ACCESS_TOKEN_VERIFIER_H_
#define BEDSIDE_SERVICES_ACCESS_TOKEN_VERIFIER_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/access_config.pb.h"
#include "services/access/key_set.h"
#include "services/access/principal.h"

namespace bedside {

class TokenVerifier {
 public:
  static constexpr size_t kMostBytes = 16 << 10;

  // INVALID_ARGUMENT: a field is missing or out of range. Errors of KeySet::Open.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> Create(const config::TokenConfig& config, absl::Time now);

  // Whom the token is about. UNAUTHENTICATED: it is longer than kMostBytes, none, signed by none of the keys or with
  // another algorithm, marks a header as critical, has the same claim twice, is expired or not yet valid, of another
  // issuer or for another audience, or names no subject. The message says which in fixed words, for the operator only.
  absl::StatusOr<Principal> Verify(absl::string_view token, absl::Time now) const;

  // The same without its claims having been looked at: those of a token that a key of the issuer has signed.
  absl::StatusOr<nlohmann::json> VerifiedClaims(absl::string_view token, absl::Time now) const;

  absl::Duration leeway() const { return leeway_; }

  // Looks whether the keys have changed: see KeySet::Look.
  absl::Status LookAtKeys(absl::Time now) { return keys_->Look(now); }

 private:
  TokenVerifier(const config::TokenConfig& config, std::unique_ptr<KeySet> keys);

  const config::TokenConfig config_;
  absl::flat_hash_set<std::string> algorithms_;
  absl::Duration leeway_;
  std::unique_ptr<KeySet> keys_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_TOKEN_VERIFIER_H_
