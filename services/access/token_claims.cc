#include "services/access/token_claims.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "services/access/strict_json.h"

namespace bedside {
namespace {

constexpr size_t kMostSubjectBytes = 256;
constexpr size_t kMostEntries = 1000;
// The year 5138: what is later is a mistake in units.
constexpr double kLastSecond = 1e11;

// Null where there is none. `name`: see TokenConfig.subject_claim.
const nlohmann::json* FindClaim(const nlohmann::json& claims, absl::string_view name) {
  const nlohmann::json* found = &claims;
  std::vector<std::string> path = {std::string(name)};
  if (absl::ConsumePrefix(&name, "/")) path = absl::StrSplit(name, '/');
  for (const std::string& step : path) {
    if (!found->is_object() || !found->contains(step)) return nullptr;
    found = &(*found)[step];
  }
  return found;
}

absl::string_view NameOr(const std::string& name, absl::string_view otherwise) {
  return name.empty() ? otherwise : absl::string_view(name);
}

// A NumericDate of RFC 7519; unset where it is none.
absl::optional<absl::Time> TimeOf(const nlohmann::json& claim) {
  if (!claim.is_number()) return absl::nullopt;
  const double seconds = claim.get<double>();
  if (!(seconds >= 0 && seconds <= kLastSecond)) return absl::nullopt;
  return absl::UnixEpoch() + absl::Seconds(seconds);
}

absl::Status CheckTimes(const nlohmann::json& claims, absl::Duration leeway, absl::Time now) {
  const absl::optional<absl::Time> end = TimeClaim(claims, "exp");
  if (!end) return absl::UnauthenticatedError("the token has no time at which it expires");
  if (now >= *end + leeway) return absl::UnauthenticatedError("the token has expired");
  const nlohmann::json* not_before = FindClaim(claims, "nbf");
  if (not_before == nullptr) return absl::OkStatus();
  const absl::optional<absl::Time> begin = TimeOf(*not_before);
  if (!begin || now < *begin - leeway) return absl::UnauthenticatedError("the token is not valid yet");
  return absl::OkStatus();
}

bool IsFor(const std::string& audience, const nlohmann::json& claims) {
  const nlohmann::json* claim = FindClaim(claims, "aud");
  if (claim == nullptr) return false;
  return *claim == audience || (claim->is_array() && absl::c_linear_search(*claim, nlohmann::json(audience)));
}

absl::StatusOr<absl::flat_hash_set<std::string>> ListOf(const nlohmann::json& claims, absl::string_view name) {
  const nlohmann::json* claim = FindClaim(claims, name);
  absl::flat_hash_set<std::string> entries;
  if (claim == nullptr) return entries;
  if (claim->is_string()) {
    for (absl::string_view entry : absl::StrSplit(claim->get_ref<const std::string&>(), ' ', absl::SkipEmpty())) {
      entries.emplace(entry);
    }
    return entries;
  }
  const bool is_list = claim->is_array() && claim->size() <= kMostEntries &&
                       absl::c_all_of(*claim, [](const nlohmann::json& entry) { return entry.is_string(); });
  if (!is_list) return absl::UnauthenticatedError("a list of the token is none");
  for (const nlohmann::json& entry : *claim) entries.insert(entry.get<std::string>());
  return entries;
}

absl::StatusOr<std::string> SubjectOf(const nlohmann::json& claims, absl::string_view name) {
  const nlohmann::json* claim = FindClaim(claims, name);
  const std::string* subject = claim == nullptr ? nullptr : claim->get_ptr<const std::string*>();
  if (subject == nullptr || subject->empty() || subject->size() > kMostSubjectBytes ||
      absl::c_any_of(*subject, [](unsigned char c) { return absl::ascii_iscntrl(c); })) {
    return absl::UnauthenticatedError("the token has no subject");
  }
  return *subject;
}

}  // namespace

absl::optional<absl::Time> TimeClaim(const nlohmann::json& claims, absl::string_view name) {
  const nlohmann::json* claim = FindClaim(claims, name);
  return claim == nullptr ? absl::nullopt : TimeOf(*claim);
}

absl::Status CheckClaims(const nlohmann::json& claims, const config::TokenConfig& config, absl::Duration leeway,
                         absl::Time now) {
  const std::string* issuer = FindString(claims, "iss");
  if (issuer == nullptr || *issuer != config.issuer()) {
    return absl::UnauthenticatedError("the token is of another issuer");
  }
  if (!IsFor(config.audience(), claims)) return absl::UnauthenticatedError("the token is for another audience");
  return CheckTimes(claims, leeway, now);
}

absl::StatusOr<Principal> PrincipalOfClaims(const nlohmann::json& claims, const config::TokenConfig& config) {
  Principal principal;
  ASSIGN_OR_RETURN(principal.subject, SubjectOf(claims, NameOr(config.subject_claim(), "sub")));
  ASSIGN_OR_RETURN(principal.roles, ListOf(claims, NameOr(config.roles_claim(), "roles")));
  ASSIGN_OR_RETURN(principal.corpora, ListOf(claims, NameOr(config.corpora_claim(), "corpora")));
  ASSIGN_OR_RETURN(principal.labels, ListOf(claims, NameOr(config.labels_claim(), "labels")));
  return principal;
}

}  // namespace bedside
