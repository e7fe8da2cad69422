// The rules of a site, read and checked: which services there are, and which rules each has.
//
// Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_RULE_SET_H_
#define BEDSIDE_SERVICES_HOOKS_RULE_SET_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/config/hook_rules.pb.h"

namespace bedside {

class RuleSet {
 public:
  // Errors are those of ReadTextprotoConfig and Create, with the path.
  static absl::StatusOr<RuleSet> Read(const std::string& path);

  // INVALID_ARGUMENT: everything that is wrong with the rules, by id and field (rule_check.h).
  static absl::StatusOr<RuleSet> Create(config::HookRules rules);

  const config::HookRules& rules() const { return rules_; }

  // Null: there is none of this id.
  const config::HookServiceRule* FindService(absl::string_view id) const;

  const config::HookRule* FindRule(absl::string_view id) const;

  // In their order.
  std::vector<const config::HookRule*> RulesOf(absl::string_view service) const;

 private:
  explicit RuleSet(config::HookRules rules) : rules_(std::move(rules)) {}

  config::HookRules rules_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_RULE_SET_H_
