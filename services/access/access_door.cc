#include "services/access/access_door.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr int kMostEntries = 1000;
constexpr size_t kMostMethodBytes = 256;
constexpr absl::string_view kScheme = "Bearer ";

absl::Status Unknown() {
  return absl::UnauthenticatedError("the call needs a valid bearer token or client certificate");
}

absl::Status Forbidden() { return absl::PermissionDeniedError("the caller may not call this method"); }

Principal HolderOf(const config::CertificatePrincipal& entry) {
  Principal holder;
  holder.subject = entry.subject();
  holder.roles.insert(entry.roles().begin(), entry.roles().end());
  holder.corpora.insert(entry.corpora().begin(), entry.corpora().end());
  holder.labels.insert(entry.labels().begin(), entry.labels().end());
  return holder;
}

}  // namespace

absl::StatusOr<std::unique_ptr<AccessDoor>> AccessDoor::Create(const config::AccessConfig& config, Clock clock,
                                                               const std::string& hooks_base_url) {
  auto door = absl::WrapUnique(new AccessDoor(std::move(clock)));
  if (!config.has_tokens() && config.certificates().empty() && config.hook_clients().empty()) {
    return absl::InvalidArgumentError("access admits nobody, wanted tokens, certificates or hook_clients");
  }
  if (config.methods_size() > kMostEntries || config.certificates_size() > kMostEntries) {
    return absl::InvalidArgumentError(
        absl::StrCat("access.methods or access.certificates has more than ", kMostEntries, " entries"));
  }
  ASSIGN_OR_RETURN(door->methods_, MethodRoles::Create(config.methods()));
  RETURN_IF_ERROR(door->TakeCertificates(config));
  if (config.has_tokens()) {
    ASSIGN_OR_RETURN(door->tokens_, TokenVerifier::Create(config.tokens(), door->clock_()));
  }
  if (!config.hook_clients().empty()) {
    ASSIGN_OR_RETURN(door->hooks_, HookTokens::Create(config.hook_clients(), hooks_base_url, door->clock_()));
  }
  return door;
}

absl::Status AccessDoor::TakeCertificates(const config::AccessConfig& config) {
  for (const config::CertificatePrincipal& entry : config.certificates()) {
    if (entry.subject().empty()) {
      return absl::InvalidArgumentError("access.certificates has an entry without a subject");
    }
    if (absl::c_any_of(holders_, [&](const Principal& holder) { return holder.subject == entry.subject(); })) {
      return absl::InvalidArgumentError(absl::StrCat("access.certificates has two entries for ", entry.subject()));
    }
    holders_.push_back(bedside::HolderOf(entry));
  }
  return absl::OkStatus();
}

absl::StatusOr<Principal> AccessDoor::HolderOf(const std::vector<std::string>& certificate_names) const {
  for (const Principal& holder : holders_) {
    if (absl::c_linear_search(certificate_names, holder.subject)) return holder;
  }
  return absl::UnauthenticatedError(certificate_names.empty() ? "there is neither a token nor a certificate"
                                                              : "the certificate has no entry in access.certificates");
}

absl::StatusOr<Principal> AccessDoor::IdentifyWithReason(const CallCredentials& credentials, bool takes) const {
  if (credentials.authorization.empty()) return HolderOf(credentials.certificate_names);
  if (credentials.authorization.size() > 1) return absl::UnauthenticatedError("there is more than one token");
  absl::string_view token = credentials.authorization.front();
  if (!absl::StartsWithIgnoreCase(token, kScheme)) return absl::UnauthenticatedError("there is no bearer token");
  token.remove_prefix(kScheme.size());
  if (hooks_ != nullptr && hooks_->IsOfClient(token)) {
    return takes ? hooks_->Take(token, credentials.path, clock_()) : hooks_->Verify(token, credentials.path, clock_());
  }
  if (tokens_ == nullptr) return absl::UnauthenticatedError("there is a token, and none are taken");
  return tokens_->Verify(token, clock_());
}

absl::StatusOr<Principal> AccessDoor::Identify(const CallCredentials& credentials) const {
  absl::StatusOr<Principal> principal = IdentifyWithReason(credentials, /*takes=*/false);
  if (!principal.ok()) return Unknown();
  return principal;
}

absl::Status AccessDoor::Admit(absl::string_view method, const CallCredentials& credentials) const {
  if (methods_.AdmitsAnyone(method)) return absl::OkStatus();
  const absl::StatusOr<Principal> principal = IdentifyWithReason(credentials, /*takes=*/true);
  if (!principal.ok()) {
    return Deny(method, "", absl::StatusCode::kUnauthenticated, principal.status().message());
  }
  if (methods_.Admits(method, principal->roles)) return absl::OkStatus();
  return Deny(method, principal->subject, absl::StatusCode::kPermissionDenied, "no role of the caller admits to it");
}

absl::Status AccessDoor::LookAtKeys() const {
  absl::Status status = tokens_ == nullptr ? absl::OkStatus() : tokens_->LookAtKeys(clock_());
  if (hooks_ != nullptr) status.Update(hooks_->LookAtKeys(clock_()));
  return status;
}

absl::Status AccessDoor::Deny(absl::string_view method, const std::string& subject, absl::StatusCode code,
                              absl::string_view reason) const {
  if (observer_ != nullptr) {
    observer_->OnDenied({std::string(method.substr(0, kMostMethodBytes)), subject, code, std::string(reason)});
  }
  return code == absl::StatusCode::kUnauthenticated ? Unknown() : Forbidden();
}

}  // namespace bedside
