#include "services/hooks/rule_set.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/textproto_config.h"
#include "services/hooks/rule_check.h"

namespace bedside {

absl::StatusOr<RuleSet> RuleSet::Read(const std::string& path) {
  config::HookRules rules;
  RETURN_IF_ERROR(ReadTextprotoConfig(path, &rules));
  absl::StatusOr<RuleSet> set = Create(std::move(rules));
  if (set.ok()) return set;
  return absl::Status(set.status().code(), absl::StrCat(path, ": ", set.status().message()));
}

absl::StatusOr<RuleSet> RuleSet::Create(config::HookRules rules) {
  const std::vector<std::string> violations = ViolationsOf(rules);
  if (violations.empty()) return RuleSet(std::move(rules));
  return absl::InvalidArgumentError(absl::StrJoin(violations, "; "));
}

const config::HookServiceRule* RuleSet::FindService(absl::string_view id) const {
  const auto found =
      absl::c_find_if(rules_.services(), [id](const config::HookServiceRule& service) { return service.id() == id; });
  return found == rules_.services().end() ? nullptr : &*found;
}

const config::HookRule* RuleSet::FindRule(absl::string_view id) const {
  const auto found = absl::c_find_if(rules_.rules(), [id](const config::HookRule& rule) { return rule.id() == id; });
  return found == rules_.rules().end() ? nullptr : &*found;
}

std::vector<const config::HookRule*> RuleSet::RulesOf(absl::string_view service) const {
  std::vector<const config::HookRule*> rules;
  for (const config::HookRule& rule : rules_.rules()) {
    if (absl::c_linear_search(rule.services(), service)) rules.push_back(&rule);
  }
  return rules;
}

}  // namespace bedside
