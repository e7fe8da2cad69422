// What the service says when a hook is triggered: reads the call, fetches what a rule wants to know and the call did
// not bring, asks the evidence the questions of the rules that apply, and makes cards of the answers. It says nothing
// where no rule applies or the evidence does not answer.
//
// Thread-safe. Cost: some 6 ms a megabyte of the call, and an answer for each rule that applies.
#ifndef BEDSIDE_SERVICES_HOOKS_HOOK_ADVISOR_H_
#define BEDSIDE_SERVICES_HOOKS_HOOK_ADVISOR_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/hooks_config.pb.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/hooks/card_outcomes.h"
#include "services/hooks/fhir_fetch.h"
#include "services/hooks/rule_match.h"
#include "services/hooks/rule_set.h"
#include "services/patient/patient_summary.h"

namespace bedside {

struct HookQuestion {
  std::string corpus;
  std::string question;
  v1::EvidenceFilter filter;
  PatientSummary patient;
  absl::Time deadline;
};

struct HookAdvice {
  // {"cards": [...]}, as CDS Hooks has it.
  nlohmann::ordered_json response;
  // Of its cards, in their order.
  std::vector<ShownCard> shown;
};

class HookAdvisor {
 public:
  // An answer, or an abstention. An error: the rule says nothing, and others go on, but for CANCELLED.
  using Ask = std::function<absl::StatusOr<v1::Answer>(HookQuestion)>;

  // Errors are those of RuleSet::Read and FhirFetch::Create. INVALID_ARGUMENT: base_url is no URL of https, or http on
  // this machine, without a path.
  static absl::StatusOr<std::unique_ptr<HookAdvisor>> Create(const config::HooksConfig& config);

  // {"services": [...]}
  nlohmann::ordered_json Discover() const;

  // OK, or NOT_FOUND: there is no such service.
  absl::Status CheckService(const std::string& service) const;

  // As SystemOfReason, of the rule of this id.
  absl::optional<std::string> SystemOfReason(const std::string& rule, const std::string& system,
                                             const std::string& code) const;

  // `now`: what ages are counted from. Errors are those of CheckService and ParseHookCall. INVALID_ARGUMENT: the
  // service is for another hook, or a resource is none of FHIR R4. FAILED_PRECONDITION: nothing could be said, and a
  // rule turns on data that the call did not bring and that could not be fetched; the message names the keys.
  absl::StatusOr<HookAdvice> Advise(const std::string& service, absl::string_view body, absl::Time now,
                                    absl::Time deadline, const Ask& ask) const;

 private:
  HookAdvisor(const config::HooksConfig& config, RuleSet rules, FhirFetch fetch)
      : config_(config), rules_(std::move(rules)), fetch_(std::move(fetch)) {}

  struct MatchedRecord {
    HookRecord record;
    // Of each rule, in their order.
    std::vector<RuleMatch> matches;
  };

  // The record that `call` brings, and what had to be fetched for `rules`, which are held against it.
  absl::StatusOr<MatchedRecord> RecordFor(const std::vector<const config::HookRule*>& rules, absl::Time now,
                                          absl::Time deadline, HookCall* call) const;
  // Adds what the rule has to say, if anything. CANCELLED: nobody waits any more.
  absl::Status Speak(const config::HookRule& rule, const RuleMatch& match, const HookRecord& record,
                     const ShownCard& as, absl::Time deadline, const Ask& ask, HookAdvice* advice) const;

  const config::HooksConfig config_;
  const RuleSet rules_;
  const FhirFetch fetch_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_HOOK_ADVISOR_H_
