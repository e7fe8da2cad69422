// Tokens by which clients of CDS Hooks say who they are: each client signs its own, for one URL and one use.
//
// Source: CDS Hooks, "Trusting CDS Clients". Thread-safe.
#ifndef BEDSIDE_SERVICES_ACCESS_HOOK_TOKENS_H_
#define BEDSIDE_SERVICES_ACCESS_HOOK_TOKENS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "proto/bedside/config/access_config.pb.h"
#include "services/access/principal.h"
#include "services/access/token_verifier.h"

namespace bedside {

class HookTokens {
 public:
  // `base_url`: see config::HooksConfig. INVALID_ARGUMENT: a field is missing or out of range, or two clients have one
  // issuer. Errors of KeySet::Open.
  static absl::StatusOr<std::unique_ptr<HookTokens>> Create(
      const google::protobuf::RepeatedPtrField<config::HookClientConfig>& clients, const std::string& base_url,
      absl::Time now);

  // Whether the token says that it is of one of the clients, be that true or not.
  bool IsOfClient(absl::string_view token) const;

  // Which client shows it at `path` ("/cds-services/x"). UNAUTHENTICATED, with the reason in fixed words for the
  // operator only: as TokenVerifier::Verify, or it is for another URL, of a tenant that is not taken, names a key set
  // that is not the client's, has no jti, or lives for more than an hour.
  absl::StatusOr<Principal> Verify(absl::string_view token, absl::string_view path, absl::Time now) const;

  // The same, and takes the token: UNAUTHENTICATED where it was taken before, or too many of its client
  // were in the last hour.
  absl::StatusOr<Principal> Take(absl::string_view token, absl::string_view path, absl::Time now);

  // Looks whether the keys have changed: see KeySet::Look. The first error of all.
  absl::Status LookAtKeys(absl::Time now);

 private:
  struct Client {
    config::HookClientConfig config;
    config::TokenConfig tokens;
    std::unique_ptr<TokenVerifier> verifier;
  };
  struct Verified {
    // Its subject is the issuer.
    Principal principal;
    // "jti".
    std::string id;
    // Until when it would be good.
    absl::Time expiry;
  };
  // Of one client.
  struct Taken {
    // Of those that could be shown again, and some that could not any more.
    absl::flat_hash_map<std::string, absl::Time> expiries;
    absl::Time swept = absl::InfinitePast();
  };

  explicit HookTokens(std::string base_url) : base_url_(std::move(base_url)) {}

  absl::Status Add(const config::HookClientConfig& config, absl::Time now);
  // Null: of none.
  const Client* ClientOf(absl::string_view token) const;
  absl::StatusOr<Verified> Check(absl::string_view token, absl::string_view path, absl::Time now) const;

  const std::string base_url_;
  std::vector<Client> clients_;
  absl::Mutex mutex_;
  // By issuer.
  absl::flat_hash_map<std::string, Taken> taken_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_HOOK_TOKENS_H_
