// What becomes of the cards that were shown: told by the hooks, kept by whoever counts.
#ifndef BEDSIDE_SERVICES_HOOKS_CARD_OUTCOMES_H_
#define BEDSIDE_SERVICES_HOOKS_CARD_OUTCOMES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace bedside {

struct ShownCard {
  std::string uuid;
  // Ids of the rule that spoke, and of the service that it spoke as.
  std::string rule;
  std::string service;
  // "order-sign".
  std::string hook;
  // "warning".
  std::string indicator;
  // corpora/{corpus}/answers/{answer}; empty where the answer was not recorded.
  std::string answer;
};

struct CardFeedback {
  // Of the card.
  std::string uuid;
  // Otherwise it was overridden.
  bool accepted = false;
  // Of the reason for an override; empty without one.
  std::string override_system;
  std::string override_code;
  // When the client says that it happened.
  absl::Time outcome_time;
};

// The code system of a reason for an override that cards of `rule` offer, as they name it; unset where they do not.
using FindReason = std::function<absl::optional<std::string>(const std::string& rule, const std::string& system,
                                                             const std::string& code)>;

// Implementations are thread-safe.
class CardOutcomes {
 public:
  virtual ~CardOutcomes() = default;

  // Before the cards leave. An error of the store: none of them is recorded.
  virtual absl::Status RecordShown(const std::vector<ShownCard>& cards, absl::Time now) = 0;

  // All of it, on disk before the call returns, or nothing. The last that is heard of a card counts. A reason that is
  // not `offered` is not kept, for anything may stand there. NOT_FOUND: `service` did not show one of the cards, or it
  // was too long ago.
  virtual absl::Status RecordFeedback(const std::string& service, const std::vector<CardFeedback>& feedback,
                                      const FindReason& offered) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_CARD_OUTCOMES_H_
