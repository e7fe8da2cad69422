// What became of the cards of CDS Hooks: recorded as they are shown and as clients tell, counted by rule and day, and
// listed one by one.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_RECORD_CARD_BOOK_H_
#define BEDSIDE_SERVICES_RECORD_CARD_BOOK_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/store/card_store.h"
#include "proto/bedside/config/hooks_config.pb.h"
#include "proto/bedside/v1/outcome_service.pb.h"
#include "services/hooks/card_outcomes.h"

namespace bedside {

// Days in UTC, both included.
struct CardQuery {
  // Empty: of all rules.
  std::string rule;
  absl::CivilDay from;
  absl::CivilDay to;
};

class CardBook : public CardOutcomes {
 public:
  using Clock = std::function<absl::Time()>;

  // `store` must outlive the book. REQUIRES: `config` is in range
  CardBook(CardStore* store, const config::OutcomesConfig& config, Clock clock = &absl::Now);

  // Also removes some of what is too old or too many; an error of that is logged.
  absl::Status RecordShown(const std::vector<ShownCard>& cards, absl::Time now) override;
  absl::Status RecordFeedback(const std::string& service, const std::vector<CardFeedback>& feedback,
                              const FindReason& offered) override;

  // Calls `visit` with cards, oldest first, until it returns false. Errors are those of CardStore::Scan.
  absl::Status List(const CardQuery& query, const std::function<bool(const v1::CardOutcome&)>& visit) const;

  // The same counted, by rule and day. Linear in the cards.
  absl::StatusOr<std::vector<v1::RuleOutcomes>> Count(const CardQuery& query) const;

 private:
  v1::CardOutcome OutcomeOf(const storage::CardRecord& card, absl::Time now) const;

  CardStore* const store_;
  const absl::Duration unseen_after_;
  const absl::Duration longest_;
  const uint64_t most_;
  const Clock clock_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_CARD_BOOK_H_
