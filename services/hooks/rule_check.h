// What is wrong with the rules of a site, so that none of them fails, or is silent, at a bedside.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_RULE_CHECK_H_
#define BEDSIDE_SERVICES_HOOKS_RULE_CHECK_H_

#include <string>
#include <vector>

#include "proto/bedside/config/hook_rules.pb.h"

namespace bedside {

// One text a fault: "rule statin-diabetes: question has the slot {order}, which is not filled whenever the rule
// applies". Empty: none.
std::vector<std::string> ViolationsOf(const config::HookRules& rules);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_RULE_CHECK_H_
