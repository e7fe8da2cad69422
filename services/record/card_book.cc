#include "services/record/card_book.h"

#include <glog/logging.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "google/protobuf/util/time_util.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultUnseenHours = 24;
constexpr uint32_t kDefaultDays = 730;
constexpr uint32_t kDefaultCards = 1'000'000;
// Of what is too old or too many, with each call that shows cards.
constexpr size_t kTrimmedAtOnce = 100;

uint32_t ValueOr(uint32_t value, uint32_t otherwise) { return value == 0 ? otherwise : value; }

absl::CivilDay DayOf(absl::Time time) { return absl::ToCivilDay(time, absl::UTCTimeZone()); }

int64_t MicrosOf(absl::CivilDay day) { return absl::ToUnixMicros(absl::FromCivil(day, absl::UTCTimeZone())); }

v1::Date DateOf(absl::CivilDay day) {
  v1::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

storage::CardRecord RecordOf(const ShownCard& card, absl::Time now) {
  storage::CardRecord record;
  record.set_uuid(card.uuid);
  record.set_rule(card.rule);
  record.set_service(card.service);
  record.set_hook(card.hook);
  record.set_indicator(card.indicator);
  record.set_answer(card.answer);
  record.set_show_time_micros(absl::ToUnixMicros(now));
  return record;
}

void Apply(const CardFeedback& feedback, const FindReason& offered, storage::CardRecord* record) {
  record->set_outcome(feedback.accepted ? v1::CARD_OUTCOME_KIND_ACCEPTED : v1::CARD_OUTCOME_KIND_OVERRIDDEN);
  record->set_outcome_time_micros(absl::ToUnixMicros(feedback.outcome_time));
  const absl::optional<std::string> system = offered(record->rule(), feedback.override_system, feedback.override_code);
  record->set_override_system(system.value_or(""));
  record->set_override_code(system.has_value() ? feedback.override_code : "");
}

// Of one rule on one day.
struct Counts {
  v1::RuleOutcomes outcomes;
  // By system and code.
  std::map<std::pair<std::string, std::string>, int32_t> reasons;
};

void CountIn(const v1::CardOutcome& card, Counts* counts) {
  v1::RuleOutcomes& outcomes = counts->outcomes;
  outcomes.set_shown(outcomes.shown() + 1);
  switch (card.outcome()) {
    case v1::CARD_OUTCOME_KIND_ACCEPTED:
      return outcomes.set_accepted(outcomes.accepted() + 1);
    case v1::CARD_OUTCOME_KIND_OVERRIDDEN:
      if (!card.override_code().empty()) ++counts->reasons[{card.override_system(), card.override_code()}];
      return outcomes.set_overridden(outcomes.overridden() + 1);
    case v1::CARD_OUTCOME_KIND_UNSEEN:
      return outcomes.set_unseen(outcomes.unseen() + 1);
    default:
      return outcomes.set_pending(outcomes.pending() + 1);
  }
}

v1::RuleOutcomes Total(Counts counts) {
  std::vector<v1::OverrideCount> reasons;
  for (const auto& [coding, count] : counts.reasons) {
    reasons.emplace_back();
    reasons.back().set_system(coding.first);
    reasons.back().set_code(coding.second);
    reasons.back().set_count(count);
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const v1::OverrideCount& a, const v1::OverrideCount& b) { return a.count() > b.count(); });
  for (v1::OverrideCount& reason : reasons) *counts.outcomes.add_reasons() = std::move(reason);
  return std::move(counts.outcomes);
}

}  // namespace

CardBook::CardBook(CardStore* store, const config::OutcomesConfig& config, Clock clock)
    : store_(store),
      unseen_after_(absl::Hours(ValueOr(config.unseen_after_hours(), kDefaultUnseenHours))),
      longest_(absl::Hours(24) * ValueOr(config.max_days(), kDefaultDays)),
      most_(ValueOr(config.max_cards(), kDefaultCards)),
      clock_(std::move(clock)) {}

absl::Status CardBook::RecordShown(const std::vector<ShownCard>& cards, absl::Time now) {
  std::vector<storage::CardRecord> records;
  for (const ShownCard& card : cards) records.push_back(RecordOf(card, now));
  RETURN_IF_ERROR(store_->Put(records));
  const absl::Status trimmed = store_->Trim(most_, absl::ToUnixMicros(now - longest_), kTrimmedAtOnce);
  if (!trimmed.ok()) LOG(WARNING) << "Old cards stay for now: " << trimmed;
  return absl::OkStatus();
}

absl::Status CardBook::RecordFeedback(const std::string& service, const std::vector<CardFeedback>& feedback,
                                      const FindReason& offered) {
  std::set<std::string> uuids;
  for (const CardFeedback& one : feedback) uuids.insert(one.uuid);
  return store_->Change(uuids, [&](storage::CardRecord* record) {
    if (record->service() != service) return absl::NotFoundError("no such card is recorded, or not any more");
    for (const CardFeedback& one : feedback) {
      if (one.uuid == record->uuid()) Apply(one, offered, record);
    }
    return absl::OkStatus();
  });
}

v1::CardOutcome CardBook::OutcomeOf(const storage::CardRecord& card, absl::Time now) const {
  using google::protobuf::util::TimeUtil;
  v1::CardOutcome outcome;
  outcome.set_card(card.uuid());
  outcome.set_rule(card.rule());
  outcome.set_service(card.service());
  outcome.set_hook(card.hook());
  outcome.set_indicator(card.indicator());
  outcome.set_answer(card.answer());
  *outcome.mutable_show_time() = TimeUtil::MicrosecondsToTimestamp(card.show_time_micros());
  if (card.outcome() == v1::CARD_OUTCOME_KIND_UNSPECIFIED) {
    const bool is_late = now - absl::FromUnixMicros(card.show_time_micros()) >= unseen_after_;
    outcome.set_outcome(is_late ? v1::CARD_OUTCOME_KIND_UNSEEN : v1::CARD_OUTCOME_KIND_PENDING);
    return outcome;
  }
  outcome.set_outcome(card.outcome());
  *outcome.mutable_outcome_time() = TimeUtil::MicrosecondsToTimestamp(card.outcome_time_micros());
  outcome.set_override_system(card.override_system());
  outcome.set_override_code(card.override_code());
  return outcome;
}

absl::Status CardBook::List(const CardQuery& query, const std::function<bool(const v1::CardOutcome&)>& visit) const {
  const absl::Time now = clock_();
  return store_->Scan(MicrosOf(query.from), MicrosOf(query.to + 1), [&](const storage::CardRecord& card) {
    if (!query.rule.empty() && card.rule() != query.rule) return true;
    return visit(OutcomeOf(card, now));
  });
}

absl::StatusOr<std::vector<v1::RuleOutcomes>> CardBook::Count(const CardQuery& query) const {
  std::map<std::pair<std::string, absl::CivilDay>, Counts> counts;
  RETURN_IF_ERROR(List(query, [&counts](const v1::CardOutcome& card) {
    const absl::Time shown =
        absl::FromUnixMicros(google::protobuf::util::TimeUtil::TimestampToMicroseconds(card.show_time()));
    CountIn(card, &counts[{card.rule(), DayOf(shown)}]);
    return true;
  }));
  std::vector<v1::RuleOutcomes> all;
  for (auto& [key, count] : counts) {
    count.outcomes.set_rule(key.first);
    *count.outcomes.mutable_day() = DateOf(key.second);
    all.push_back(Total(std::move(count)));
  }
  return all;
}

}  // namespace bedside
