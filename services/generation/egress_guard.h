// The only way out: generators take an OutboundPrompt, and nobody but the guard can make one.
//
// What it enforces today is the trust zone: a server that is not on this machine must have been accepted in the
// configuration. It does NOT take identifying text out of a prompt yet; until de-identification stands here, a question
// leaves as it was typed. Thread-safe, immutable.
#ifndef BEDSIDE_SERVICES_GENERATION_EGRESS_GUARD_H_
#define BEDSIDE_SERVICES_GENERATION_EGRESS_GUARD_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/generation/grounded_prompt.h"

namespace bedside {

class OutboundPrompt {
 public:
  const std::string& system() const { return system_; }
  const std::string& user() const { return user_; }

 private:
  friend class EgressGuard;
  OutboundPrompt(std::string system, std::string user) : system_(std::move(system)), user_(std::move(user)) {}

  std::string system_;
  std::string user_;
};

class EgressGuard {
 public:
  // `host`: where the generator is, without port. INVALID_ARGUMENT: that is not on this machine, and
  // `outside_trust_zone_accepted` is false.
  static absl::StatusOr<std::unique_ptr<EgressGuard>> Create(const std::string& host, bool outside_trust_zone_accepted);

  OutboundPrompt Release(const GroundedPrompt& prompt) const { return {prompt.system, prompt.user}; }

 private:
  EgressGuard() = default;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_EGRESS_GUARD_H_
