// A card of CDS Hooks from an answer: a summary, the cited sentences, what must be thought of beside them, and each
// source with its date, grade and link.
//
// Source: CDS Hooks, "Card Attributes". Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_HOOK_CARD_H_
#define BEDSIDE_SERVICES_HOOKS_HOOK_CARD_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
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

// Whether there is something for a card. An abstention has nothing.
bool CitesEvidence(const v1::Answer& answer);

// The system of the reason for an override that cards of `rule` offer under this code; a client may leave it out. Unset
// where they offer none.
absl::optional<std::string> SystemOfReason(const config::HookRule& rule, absl::string_view system,
                                           absl::string_view code, const std::string& base_url);

// `summary`: with its slots filled. `base_url`: see config::HooksConfig.
// REQUIRES: CitesEvidence(answer)
nlohmann::ordered_json MakeCard(const config::HookRule& rule, const std::string& summary, const v1::Answer& answer,
                                const CardIds& ids, const std::string& base_url);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_HOOK_CARD_H_
