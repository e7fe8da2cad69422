// A card of CDS Hooks from an answer: a summary, the cited sentences, what must be thought of beside them, and each
// source with its date, grade and link.
//
// Source: CDS Hooks, "Card Attributes". Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_HOOK_CARD_H_
#define BEDSIDE_SERVICES_HOOKS_HOOK_CARD_H_

#include <string>

#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/hook_rules.pb.h"
#include "proto/bedside/v1/answer.pb.h"

namespace bedside {

struct CardIds {
  std::string card;
  // Of the button, where the rule has one.
  std::string suggestion;
};

// "warning".
absl::string_view NameOf(config::HookIndicator indicator);

// `summary`: with its slots filled. `base_url`: see config::HooksConfig.
// REQUIRES: a sentence of the answer cites evidence
nlohmann::ordered_json MakeCard(const config::HookRule& rule, const std::string& summary, const v1::Answer& answer,
                                const CardIds& ids, const std::string& base_url);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_HOOK_CARD_H_
