#include "services/hooks/hook_advisor.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "services/endpoint/server_url.h"
#include "services/hooks/card_uuid.h"
#include "services/hooks/hook_call.h"
#include "services/hooks/hook_card.h"
#include "services/hooks/hook_record.h"
#include "services/hooks/prefetch_template.h"
#include "services/trace/trace_span.h"

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

constexpr uint32_t kDefaultTimeoutMs = 5'000;
constexpr char kDefaultCorpus[] = "default";

// Of the time of a call, so that its rules can still ask when nothing came.
constexpr double kPartForFetching = 0.5;

absl::Status CheckBaseUrl(absl::string_view base_url) {
  const absl::string_view host = base_url.substr(std::min(base_url.size(), base_url.find("//") + 2));
  if (IsSafeBaseUrl(base_url) && !absl::StrContains(host, '/')) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "hooks.base_url wants https://, or http:// with localhost, 127.0.0.1 or [::1], without user, path and query");
}

// One a rule, in their order.
std::vector<RuleMatch> MatchesOf(const std::vector<const config::HookRule*>& rules, const HookRecord& record) {
  std::vector<RuleMatch> matches;
  for (const config::HookRule* rule : rules) matches.push_back(MatchRule(*rule, record));
  return matches;
}

// Keys that some rule turns on.
std::set<std::string> MissingIn(const std::vector<RuleMatch>& matches) {
  std::set<std::string> missing;
  for (const RuleMatch& match : matches) missing.insert(match.missing.begin(), match.missing.end());
  return missing;
}

// What answers make use of beside what rules turn on: who the patient is, and what harms.
std::set<std::string> WantedBeside(const HookRecord& record) {
  std::set<std::string> wanted;
  for (const char* key : {kPatientKey, kAllergiesKey, kObservationsKey}) {
    if (record.known.count(key) == 0) wanted.insert(key);
  }
  return wanted;
}

}  // namespace

absl::StatusOr<std::unique_ptr<HookAdvisor>> HookAdvisor::Create(const config::HooksConfig& config) {
  RETURN_IF_ERROR(CheckBaseUrl(config.base_url()));
  ASSIGN_OR_RETURN(RuleSet rules, RuleSet::Read(config.rules_file()));
  ASSIGN_OR_RETURN(FhirFetch fetch, FhirFetch::Create(config.fhir_servers()));
  return absl::WrapUnique(new HookAdvisor(config, std::move(rules), std::move(fetch)));
}

Json HookAdvisor::Discover() const {
  Json services = Json::array();
  for (const config::HookServiceRule& service : rules_.rules().services()) {
    Json described = {{"hook", std::string(NameOf(service.hook()))}};
    if (!service.title().empty()) described["title"] = service.title();
    described["description"] = service.description();
    described["id"] = service.id();
    described["prefetch"] = TemplatesFor(rules_.RulesOf(service.id()));
    services.push_back(std::move(described));
  }
  return {{"services", std::move(services)}};
}

absl::Status HookAdvisor::CheckService(const std::string& service) const {
  if (rules_.FindService(service) != nullptr) return absl::OkStatus();
  return absl::NotFoundError("there is no such service; GET /cds-services lists those that there are");
}

absl::optional<std::string> HookAdvisor::SystemOfReason(const std::string& rule, const std::string& system,
                                                        const std::string& code) const {
  const config::HookRule* found = rules_.FindRule(rule);
  return found == nullptr ? absl::nullopt : bedside::SystemOfReason(*found, system, code, config_.base_url());
}

absl::StatusOr<HookAdvisor::MatchedRecord> HookAdvisor::RecordFor(const std::vector<const config::HookRule*>& rules,
                                                                  absl::Time now, absl::Time deadline,
                                                                  HookCall* call) const {
  ASSIGN_OR_RETURN(HookRecord record, ReadHookRecord(*call, now));
  std::vector<RuleMatch> matches = MatchesOf(rules, record);
  MatchedRecord sent{std::move(record), std::move(matches)};
  const auto may_apply = [](const RuleMatch& match) { return match.truth >= Truth::kUnknown; };
  if (!std::any_of(sent.matches.begin(), sent.matches.end(), may_apply)) return sent;
  std::set<std::string> missing = MissingIn(sent.matches);
  missing.merge(WantedBeside(sent.record));
  if (missing.empty() || call->fhir_server.empty()) return sent;
  const ScopedSpan span("fetch");
  const absl::Time until = absl::Now() + (deadline - absl::Now()) * kPartForFetching;
  if (!fetch_.Add(missing, TemplatesFor(rules), until, call)) return sent;
  absl::StatusOr<HookRecord> completed = ReadHookRecord(*call, now);
  // Where what was fetched cannot be read, it is as if it were not there: the caller did not send it.
  if (!completed.ok()) return sent;
  matches = MatchesOf(rules, *completed);
  return MatchedRecord{*std::move(completed), std::move(matches)};
}

absl::Status HookAdvisor::Speak(const config::HookRule& rule, const RuleMatch& match, const HookRecord& record,
                                const ShownCard& as, absl::Time deadline, const Ask& ask, HookAdvice* advice) const {
  const absl::optional<std::string> question = FillSlots(rule.question(), match.slots);
  const absl::optional<std::string> summary = FillSlots(rule.summary(), match.slots);
  if (!question.has_value() || !summary.has_value()) return absl::OkStatus();
  const absl::StatusOr<v1::Answer> answer =
      ask({rule.corpus().empty() ? kDefaultCorpus : rule.corpus(), *question, rule.filter(), record.summary, deadline});
  if (absl::IsCancelled(answer.status())) return answer.status();
  if (!answer.ok() || !CitesEvidence(*answer)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string card, NewCardUuid());
  ASSIGN_OR_RETURN(const std::string suggestion, NewCardUuid());
  advice->response["cards"].push_back(MakeCard(rule, *summary, *answer, {card, suggestion}, config_.base_url()));
  advice->shown.push_back(
      {card, rule.id(), as.service, as.hook, std::string(NameOf(rule.indicator())), answer->name()});
  return absl::OkStatus();
}

absl::StatusOr<HookAdvice> HookAdvisor::Advise(const std::string& service, absl::string_view body, absl::Time now,
                                               absl::Time deadline, const Ask& ask) const {
  RETURN_IF_ERROR(CheckService(service));
  ASSIGN_OR_RETURN(HookCall call, ParseHookCall(body));
  if (call.hook != rules_.FindService(service)->hook()) {
    return absl::InvalidArgumentError("call.hook: wanted the hook of the service, got another");
  }
  const uint32_t timeout_ms = config_.timeout_ms() == 0 ? kDefaultTimeoutMs : config_.timeout_ms();
  deadline = std::min(deadline, absl::Now() + absl::Milliseconds(timeout_ms));
  const std::vector<const config::HookRule*> rules = rules_.RulesOf(service);
  ASSIGN_OR_RETURN(const MatchedRecord matched, RecordFor(rules, now, deadline, &call));
  HookAdvice advice;
  advice.response["cards"] = Json::array();
  ShownCard as;
  as.service = service;
  as.hook = std::string(NameOf(call.hook));
  for (size_t i = 0; i < rules.size(); ++i) {
    const RuleMatch& match = matched.matches[i];
    if (match.truth == Truth::kYes) {
      RETURN_IF_ERROR(Speak(*rules[i], match, matched.record, as, deadline, ask, &advice));
    }
  }
  const std::set<std::string> missing = MissingIn(matched.matches);
  if (!advice.shown.empty() || missing.empty()) return advice;
  return absl::FailedPreconditionError(
      absl::StrCat("the rules of this service want to know more of the patient: send ", absl::StrJoin(missing, ", "),
                   " in prefetch, null where there is nothing, or a fhirServer that this one may ask"));
}

}  // namespace bedside
