#include "services/access/hook_tokens.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "services/access/base64url.h"
#include "services/access/method_roles.h"
#include "services/access/strict_json.h"
#include "services/access/token_claims.h"

namespace bedside {
namespace {

constexpr int kMostClients = 100;
constexpr absl::Duration kLongestLife = absl::Hours(1);
// Of one client: 50 calls a second, for as long as tokens live.
constexpr size_t kMostTaken = 200'000;
constexpr absl::Duration kBetweenSweeps = absl::Minutes(5);
constexpr absl::Duration kBetweenSweepsOfMany = absl::Seconds(1);
constexpr size_t kMostIdBytes = 256;

// The object that a part of a token is; unset where it is none.
absl::optional<nlohmann::json> PartOf(absl::string_view token, size_t part) {
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '.');
  if (token.size() > TokenVerifier::kMostBytes || parts.size() != 3) return absl::nullopt;
  const absl::optional<std::string> text = DecodeBase64Url(parts[part]);
  return text ? ParseStrictJson(*text) : absl::nullopt;
}

absl::Status Refused(absl::string_view why) { return absl::UnauthenticatedError(why); }

// "jku" (RFC 7515, section 4.1.2) is only compared: keys come from where the configuration says.
absl::Status CheckKeySet(absl::string_view token, const config::HookClientConfig& client) {
  const absl::optional<nlohmann::json> header = PartOf(token, 0);
  if (!header || !header->contains("jku")) return absl::OkStatus();
  const std::string* url = FindString(*header, "jku");
  if (url != nullptr && !url->empty() && *url == client.key_set_url()) return absl::OkStatus();
  return Refused("the token names a key set that is not the client's");
}

absl::Status CheckTenant(const nlohmann::json& claims, const config::HookClientConfig& client) {
  if (client.tenants().empty()) return absl::OkStatus();
  const std::string* tenant = FindString(claims, "tenant");
  if (tenant != nullptr && absl::c_linear_search(client.tenants(), *tenant)) return absl::OkStatus();
  return Refused("the token is of a tenant that is not taken");
}

absl::Status CheckLife(const nlohmann::json& claims, absl::Duration leeway, absl::Time now) {
  const absl::optional<absl::Time> issued = TimeClaim(claims, "iat");
  const absl::optional<absl::Time> expiry = TimeClaim(claims, "exp");
  if (!issued || !expiry) return Refused("the token does not say when it was issued and expires");
  if (*issued > now + leeway) return Refused("the token was issued in the future");
  if (*expiry - *issued > kLongestLife) return Refused("the token lives for more than an hour");
  return absl::OkStatus();
}

Principal PrincipalOf(const config::HookClientConfig& client) {
  Principal principal;
  principal.subject = client.issuer();
  principal.roles.insert(kHookClient);
  principal.corpora.insert(client.corpora().begin(), client.corpora().end());
  principal.labels.insert(client.labels().begin(), client.labels().end());
  return principal;
}

}  // namespace

absl::StatusOr<std::unique_ptr<HookTokens>> HookTokens::Create(
    const google::protobuf::RepeatedPtrField<config::HookClientConfig>& clients, const std::string& base_url,
    absl::Time now) {
  if (base_url.empty()) {
    return absl::InvalidArgumentError("access.hook_clients wants hooks.base_url, which their tokens are for");
  }
  if (clients.size() > kMostClients) {
    return absl::InvalidArgumentError(absl::StrCat("access.hook_clients has more than ", kMostClients, " entries"));
  }
  auto tokens = absl::WrapUnique(new HookTokens(base_url));
  for (const config::HookClientConfig& client : clients) RETURN_IF_ERROR(tokens->Add(client, now));
  return tokens;
}

absl::Status HookTokens::Add(const config::HookClientConfig& config, absl::Time now) {
  const bool is_known =
      absl::c_any_of(clients_, [&](const Client& client) { return client.config.issuer() == config.issuer(); });
  if (is_known) return absl::InvalidArgumentError("access.hook_clients has two entries for one issuer");
  Client client{config, {}, nullptr};
  client.tokens.set_issuer(config.issuer());
  // That of each call is another.
  client.tokens.set_audience(base_url_);
  client.tokens.set_key_set_file(config.key_set_file());
  client.tokens.set_key_set_url(config.key_set_url());
  client.tokens.set_key_set_ca_file(config.key_set_ca_file());
  absl::StatusOr<std::unique_ptr<TokenVerifier>> verifier = TokenVerifier::Create(client.tokens, now);
  if (!verifier.ok()) {
    return absl::Status(verifier.status().code(),
                        absl::StrCat("an entry of access.hook_clients: ", verifier.status().message()));
  }
  client.verifier = *std::move(verifier);
  clients_.push_back(std::move(client));
  return absl::OkStatus();
}

const HookTokens::Client* HookTokens::ClientOf(absl::string_view token) const {
  const absl::optional<nlohmann::json> claims = PartOf(token, 1);
  const std::string* issuer = claims ? FindString(*claims, "iss") : nullptr;
  if (issuer == nullptr) return nullptr;
  const auto found = absl::c_find_if(clients_, [&](const Client& client) { return client.config.issuer() == *issuer; });
  return found == clients_.end() ? nullptr : &*found;
}

bool HookTokens::IsOfClient(absl::string_view token) const { return ClientOf(token) != nullptr; }

absl::StatusOr<HookTokens::Verified> HookTokens::Check(absl::string_view token, absl::string_view path,
                                                       absl::Time now) const {
  if (path.empty()) return Refused("the token is for the HTTP port only");
  const Client* const client = ClientOf(token);
  if (client == nullptr) return Refused("the token is of another issuer");
  ASSIGN_OR_RETURN(const nlohmann::json claims, client->verifier->VerifiedClaims(token, now));
  RETURN_IF_ERROR(CheckKeySet(token, client->config));
  config::TokenConfig expected = client->tokens;
  expected.set_audience(absl::StrCat(base_url_, path));
  RETURN_IF_ERROR(CheckClaims(claims, expected, client->verifier->leeway(), now));
  RETURN_IF_ERROR(CheckTenant(claims, client->config));
  RETURN_IF_ERROR(CheckLife(claims, client->verifier->leeway(), now));
  const std::string* id = FindString(claims, "jti");
  if (id == nullptr || id->empty() || id->size() > kMostIdBytes) return Refused("the token has no id");
  return Verified{PrincipalOf(client->config), *id, *TimeClaim(claims, "exp") + client->verifier->leeway()};
}

absl::StatusOr<Principal> HookTokens::Verify(absl::string_view token, absl::string_view path, absl::Time now) const {
  ASSIGN_OR_RETURN(Verified verified, Check(token, path, now));
  return std::move(verified.principal);
}

absl::StatusOr<Principal> HookTokens::Take(absl::string_view token, absl::string_view path, absl::Time now) {
  ASSIGN_OR_RETURN(Verified verified, Check(token, path, now));
  absl::MutexLock lock(&mutex_);
  Taken& taken = taken_[verified.principal.subject];
  const absl::Duration between = taken.expiries.size() >= kMostTaken ? kBetweenSweepsOfMany : kBetweenSweeps;
  if (now - taken.swept >= between) {
    absl::erase_if(taken.expiries, [now](const auto& one) { return one.second < now; });
    taken.swept = now;
  }
  if (taken.expiries.size() >= kMostTaken) return Refused("too many tokens of the client were taken in the last hour");
  const auto [at, is_new] = taken.expiries.emplace(verified.id, verified.expiry);
  if (!is_new && at->second >= now) return Refused("the token was shown before");
  at->second = verified.expiry;
  return std::move(verified.principal);
}

absl::Status HookTokens::LookAtKeys(absl::Time now) {
  absl::Status first;
  for (const Client& client : clients_) first.Update(client.verifier->LookAtKeys(now));
  return first;
}

}  // namespace bedside
