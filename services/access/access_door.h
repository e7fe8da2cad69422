// The one door: who calls, and whether they may. guarded_credentials.h asks here before gRPC looks at a call any
// further, whatever its method is, and services/rpc asks who it was.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ACCESS_ACCESS_DOOR_H_
#define BEDSIDE_SERVICES_ACCESS_ACCESS_DOOR_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "proto/bedside/config/access_config.pb.h"
#include "services/access/access_observer.h"
#include "services/access/hook_tokens.h"
#include "services/access/method_roles.h"
#include "services/access/principal.h"
#include "services/access/token_verifier.h"

namespace bedside {

// What a caller shows.
struct CallCredentials {
  // The values of the header "authorization", one each.
  std::vector<std::string> authorization;
  // Subject alternative names of the verified client certificate, or its common name where it has none. Empty: no
  // certificate.
  std::vector<std::string> certificate_names;
  // Where they are shown, over HTTP: "/cds-services/x". Empty: over gRPC.
  std::string path;
};

class AccessDoor {
 public:
  using Clock = std::function<absl::Time()>;

  // INVALID_ARGUMENT: nobody could be known, two entries for the same, or a field out of range. Errors of
  // TokenVerifier::Create and HookTokens::Create. `hooks_base_url`: see HookTokens.
  static absl::StatusOr<std::unique_ptr<AccessDoor>> Create(const config::AccessConfig& config, Clock clock,
                                                            const std::string& hooks_base_url = "");

  // To be called before the first call is admitted. `observer` must outlive the door; null: nobody is told.
  void Observe(AccessObserver* observer) { observer_ = observer; }

  // Who shows these: the token decides where there is one, the certificate where there is none. UNAUTHENTICATED: a
  // header twice, one without a bearer token, a token that TokenVerifier does not take, or neither token nor a
  // certificate with an entry. All in the same words.
  absl::StatusOr<Principal> Identify(const CallCredentials& credentials) const;

  // OK, or how the call is turned away: UNAUTHENTICATED as Identify, or a token of HookTokens was shown before, or
  // PERMISSION_DENIED. The observer is told.
  absl::Status Admit(absl::string_view method, const CallCredentials& credentials) const;

  // Looks whether the keys of issuers have changed: see KeySet::Look.
  absl::Status LookAtKeys() const;

 private:
  explicit AccessDoor(Clock clock) : clock_(std::move(clock)) {}

  absl::Status TakeCertificates(const config::AccessConfig& config);
  // As Identify, with the reason for the operator. `takes`: a token that is taken once is taken.
  absl::StatusOr<Principal> IdentifyWithReason(const CallCredentials& credentials, bool takes) const;
  absl::StatusOr<Principal> HolderOf(const std::vector<std::string>& certificate_names) const;
  absl::Status Deny(absl::string_view method, const std::string& subject, absl::StatusCode code,
                    absl::string_view reason) const;

  Clock clock_;
  MethodRoles methods_;
  // Null where no tokens are taken.
  std::unique_ptr<TokenVerifier> tokens_;
  // Null where no clients of CDS Hooks are.
  std::unique_ptr<HookTokens> hooks_;
  std::vector<Principal> holders_;
  AccessObserver* observer_ = nullptr;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_ACCESS_DOOR_H_
