// Whether a rule applies to a patient and the orders, and what its slots are filled with. What is not known is neither
// true nor false (Kleene's strong logic): a rule that turns on it is undecided, and says what it wants to know where
// more of the record would tell.
//
// Thread-safe. Linear in the record for each condition.
#ifndef BEDSIDE_SERVICES_HOOKS_RULE_MATCH_H_
#define BEDSIDE_SERVICES_HOOKS_RULE_MATCH_H_

#include <map>
#include <set>
#include <string>

#include "absl/types/optional.h"
#include "proto/bedside/config/hook_rules.pb.h"
#include "services/hooks/hook_record.h"

namespace bedside {

// In the order in which a conjunction is the least of its parts, and a disjunction the greatest.
enum class Truth {
  kNo,
  // The record is here and does not tell: a drug without a name, a problem in another code system, no date of birth.
  kUntold,
  // It turns on what is not here.
  kUnknown,
  kYes
};

// "order" to "apixaban". Names of code systems and numbers, no free text of a record.
using RuleSlots = std::map<std::string, std::string>;

struct RuleMatch {
  Truth truth = Truth::kNo;
  // Where it is kYes: of what matched first.
  RuleSlots slots;
  // Where it is kUnknown: keys of prefetch_template.h.
  std::set<std::string> missing;
};

RuleMatch MatchRule(const config::HookRule& rule, const HookRecord& record);

// `text` with "{order}" replaced; unset where a slot is not filled.
absl::optional<std::string> FillSlots(absl::string_view text, const RuleSlots& slots);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_RULE_MATCH_H_
