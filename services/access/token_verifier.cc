#include "services/access/token_verifier.h"

#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "services/access/base64url.h"
#include "services/access/key_set_fetch.h"
#include "services/access/strict_json.h"
#include "services/access/token_claims.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultLeewaySeconds = 30;
constexpr uint32_t kMostLeewaySeconds = 300;

absl::Status CheckConfig(const config::TokenConfig& config) {
  if (config.issuer().empty() || config.audience().empty() ||
      config.key_set_file().empty() == config.key_set_url().empty()) {
    return absl::InvalidArgumentError("access.tokens wants issuer, audience and one of key_set_file and key_set_url");
  }
  if (!config.key_set_url().empty()) RETURN_IF_ERROR(CheckKeySetUrl(config.key_set_url()));
  if (config.leeway_seconds() > kMostLeewaySeconds) {
    return absl::InvalidArgumentError(absl::StrCat("access.tokens.leeway_seconds is ", config.leeway_seconds(),
                                                   ", wanted 0 to ", kMostLeewaySeconds));
  }
  for (const std::string& algorithm : config.algorithms()) {
    if (absl::c_linear_search(SignatureAlgorithms(), algorithm)) continue;
    return absl::InvalidArgumentError(
        "access.tokens.algorithms has one that is not accepted, wanted some of RS256, "
        "RS384, RS512, PS256, PS384, PS512, ES256 and ES384");
  }
  return absl::OkStatus();
}

KeySetSource SourceOf(const config::TokenConfig& config) {
  if (!config.key_set_file().empty()) return KeySetFile(config.key_set_file());
  return KeySetUrl(config.key_set_url(), config.key_set_ca_file());
}

struct Header {
  std::string algorithm;
  std::string kid;
};

// A token of another kind, as one that was issued to sign somebody in, says so in "typ" (RFC 8725, section 3.11).
bool IsKindOfToken(const nlohmann::json& header) {
  if (!header.contains("typ")) return true;
  const std::string* kind = FindString(header, "typ");
  return kind != nullptr && (absl::EqualsIgnoreCase(*kind, "JWT") || absl::EqualsIgnoreCase(*kind, "at+jwt") ||
                             absl::EqualsIgnoreCase(*kind, "application/at+jwt"));
}

absl::StatusOr<Header> ReadHeader(absl::string_view part) {
  const absl::optional<std::string> text = DecodeBase64Url(part);
  const absl::optional<nlohmann::json> header = text ? ParseStrictJson(*text) : absl::nullopt;
  if (!header) return absl::UnauthenticatedError("the token is none");
  if (header->contains("crit")) return absl::UnauthenticatedError("the token wants what is not known here");
  const std::string* algorithm = FindString(*header, "alg");
  const std::string* kid = FindString(*header, "kid");
  if (algorithm == nullptr || kid == nullptr || !IsKindOfToken(*header)) {
    return absl::UnauthenticatedError("the token names no key and algorithm, or is of another kind");
  }
  return Header{*algorithm, *kid};
}

}  // namespace

TokenVerifier::TokenVerifier(const config::TokenConfig& config, std::unique_ptr<KeySet> keys)
    : config_(config),
      algorithms_(config.algorithms().begin(), config.algorithms().end()),
      leeway_(absl::Seconds(config.has_leeway_seconds() ? config.leeway_seconds() : kDefaultLeewaySeconds)),
      keys_(std::move(keys)) {
  if (algorithms_.empty()) algorithms_.insert(SignatureAlgorithms().begin(), SignatureAlgorithms().end());
}

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::Create(const config::TokenConfig& config,
                                                                     absl::Time now) {
  RETURN_IF_ERROR(CheckConfig(config));
  ASSIGN_OR_RETURN(std::unique_ptr<KeySet> keys, KeySet::Open(SourceOf(config), now));
  return absl::WrapUnique(new TokenVerifier(config, std::move(keys)));
}

absl::StatusOr<Principal> TokenVerifier::Verify(absl::string_view token, absl::Time now) const {
  ASSIGN_OR_RETURN(const nlohmann::json claims, VerifiedClaims(token, now));
  RETURN_IF_ERROR(CheckClaims(claims, config_, leeway_, now));
  return PrincipalOfClaims(claims, config_);
}

absl::StatusOr<nlohmann::json> TokenVerifier::VerifiedClaims(absl::string_view token, absl::Time now) const {
  if (token.size() > kMostBytes) return absl::UnauthenticatedError("the token is too long");
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '.');
  if (parts.size() != 3) return absl::UnauthenticatedError("the token is none");
  ASSIGN_OR_RETURN(const Header header, ReadHeader(parts[0]));
  if (!algorithms_.contains(header.algorithm)) {
    return absl::UnauthenticatedError("the token is signed with an algorithm that is not accepted");
  }
  const absl::optional<std::string> signature = DecodeBase64Url(parts[2]);
  const std::shared_ptr<const PublicKey> key = keys_->Find(header.kid, now);
  if (key == nullptr) return absl::UnauthenticatedError("the token is signed with a key that is not known");
  const absl::string_view signed_text = token.substr(0, parts[0].size() + 1 + parts[1].size());
  if (!signature || !key->Verifies(header.algorithm, signed_text, *signature)) {
    return absl::UnauthenticatedError("the signature of the token is not by the key that it names");
  }
  const absl::optional<std::string> text = DecodeBase64Url(parts[1]);
  absl::optional<nlohmann::json> claims = text ? ParseStrictJson(*text) : absl::nullopt;
  if (!claims) return absl::UnauthenticatedError("the claims of the token cannot be read in one way only");
  return *std::move(claims);
}

}  // namespace bedside
