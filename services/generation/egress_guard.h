// The only way out: generators take an OutboundPrompt, and nobody but the guard can make one.
//
// It keeps the trust zone: a language model that is neither on this machine nor at a host that the site trusts as much
// must have been accepted in the configuration. And it takes out of a request what identifies the patient before a
// prompt is made of it (services/privacy): of the question and the patient always, of the passages, which are
// literature, where the site says so. Where that fails nothing is released. Thread-safe, immutable.
#ifndef BEDSIDE_SERVICES_GENERATION_EGRESS_GUARD_H_
#define BEDSIDE_SERVICES_GENERATION_EGRESS_GUARD_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/basis.pb.h"
#include "services/generation/grounded_prompt.h"
#include "services/generation/prompt_assembler.h"
#include "services/privacy/deidentifier.h"

namespace bedside {

class OutboundPrompt {
 public:
  const std::string& system() const { return system_; }
  const std::string& user() const { return user_; }

 private:
  friend class EgressGuard;
  // Of the tests of generators (tests/fakes).
  friend class OutboundPromptPeer;
  OutboundPrompt(std::string system, std::string user) : system_(std::move(system)), user_(std::move(user)) {}

  std::string system_;
  std::string user_;
};

struct EgressSettings {
  // Where the generator is, lower case, without port.
  std::string host;
  bool outside_trust_zone_accepted = false;
  // Hosts that are trusted as this machine is, lower case, without port.
  std::vector<std::string> trust_zone;
  bool deidentify = true;
  // Also passages.
  bool deidentify_passages = false;
};

struct ReleasedPrompt {
  // What the generator gets.
  OutboundPrompt outbound;
  // Of the same prompt: what was offered and left out, and the marker.
  GroundedPrompt prompt;
  // Unset where nothing is taken out.
  absl::optional<v1::Deidentification> deidentification;
};

class EgressGuard {
 public:
  // INVALID_ARGUMENT: the host is outside of the trust zone, and that was not accepted, or nothing would be taken out
  // of what goes there.
  static absl::StatusOr<std::unique_ptr<EgressGuard>> Create(EgressSettings settings);

  // The prompt that `assembler` makes of `request` without what identifies the patient; `identifiers` are those that
  // the request names. Errors are those of PromptAssembler::Assemble, and FaultOf NOT_DEIDENTIFIED where a text cannot
  // be de-identified. No message holds question, patient or passage.
  absl::StatusOr<ReleasedPrompt> Release(PromptRequest request, const std::vector<std::string>& identifiers,
                                         const PromptAssembler& assembler) const;

 private:
  explicit EgressGuard(EgressSettings settings) : settings_(std::move(settings)) {}
  absl::StatusOr<v1::Deidentification> Deidentify(const std::vector<std::string>& identifiers,
                                                  PromptRequest* request) const;

  const EgressSettings settings_;
  // Null where nothing is taken out.
  std::unique_ptr<Deidentifier> deidentifier_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_EGRESS_GUARD_H_
