#include "services/generation/egress_guard.h"

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/generation/chat_endpoint.h"

namespace bedside {

absl::StatusOr<std::unique_ptr<EgressGuard>> EgressGuard::Create(const std::string& host,
                                                                 bool outside_trust_zone_accepted) {
  if (!IsLoopback(host) && !outside_trust_zone_accepted) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the language model at ", host,
        " is not on this machine, so questions and evidence would leave the trust zone: use a server on a loopback "
        "address, or accept this with outside_trust_zone_accepted: true"));
  }
  return absl::WrapUnique(new EgressGuard());
}

}  // namespace bedside
