#include "services/hooks/rule_match.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "services/hooks/code_match.h"
#include "services/hooks/prefetch_template.h"
#include "services/patient/substances.h"

namespace bedside {
namespace {

using config::HookCondition;
using Conditions = google::protobuf::RepeatedPtrField<HookCondition>;

bool IsWithin(double value, const config::ValueRange& range) {
  return !(range.has_at_least() && value < range.at_least()) && !(range.has_below() && value >= range.below());
}

// Three digits that count, and more where these would lie on the other side of a limit: 29.96 is not below 30 as "30".
std::string TextWithin(double value, const config::ValueRange& range) {
  constexpr int kMostDecimals = 6;
  const double size = std::abs(value);
  for (int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;; ++decimals) {
    std::string text = absl::StrFormat("%.*f", decimals, value);
    double rounded = value;
    if (decimals < kMostDecimals && !(absl::SimpleAtod(text, &rounded) && IsWithin(rounded, range))) continue;
    if (decimals == 0) return text;
    text.resize(text.find_last_not_of('0') + 1);
    return std::string(absl::StripSuffix(text, "."));
  }
}

// Holds the conditions of one rule against a record, and remembers what filled its slots and what was not known.
class Matcher {
 public:
  explicit Matcher(const HookRecord& record) : record_(record) {}

  Truth All(const Conditions& conditions) {
    Truth truth = Truth::kYes;
    for (const HookCondition& one : conditions) truth = std::min(truth, Holds(one));
    return truth;
  }

  RuleMatch Take(Truth truth) {
    RuleMatch match;
    match.truth = truth;
    if (truth == Truth::kYes) match.slots = std::move(slots_);
    if (truth == Truth::kUnknown) match.missing = std::move(missing_);
    return match;
  }

 private:
  // Slots are filled by what holds.
  Truth Holds(const HookCondition& condition) {
    const RuleSlots slots = slots_;
    const Truth truth = Look(condition);
    if (truth != Truth::kYes) slots_ = slots;
    return truth;
  }

  Truth Look(const HookCondition& condition);

  Truth Any(const Conditions& conditions) {
    Truth truth = Truth::kNo;
    for (const HookCondition& one : conditions) truth = std::max(truth, Holds(one));
    return truth;
  }

  // What matches inside has no slots: it is not there.
  Truth None(const Conditions& conditions) {
    const RuleSlots slots = slots_;
    const Truth any = Any(conditions);
    slots_ = slots;
    if (any == Truth::kYes) return Truth::kNo;
    return any == Truth::kNo ? Truth::kYes : any;
  }

  // What was looked for under these keys was found, or not as far as they are known and can be told.
  Truth Found(Truth found, std::initializer_list<const char*> keys) {
    if (found == Truth::kYes) return found;
    Truth truth = found;
    for (const char* key : keys) {
      if (record_.known.count(key) > 0) continue;
      missing_.insert(key);
      truth = Truth::kUnknown;
    }
    return truth;
  }

  void Fill(const char* slot, std::string text) {
    if (!text.empty()) slots_.emplace(slot, std::move(text));
  }

  // Whether one of `entries` matches; untold where one could, were it written otherwise.
  template <typename Entries, typename Set, typename CodeOf>
  Truth Among(const Entries& entries, const Set& set, const char* slot, CodeOf code_of) {
    Truth truth = Truth::kNo;
    for (const auto& entry : entries) {
      const v1::ClinicalCode* code = code_of(entry);
      if (code == nullptr) continue;
      if (Matches(set, *code)) {
        Fill(slot, MatchedName(set, *code));
        return Truth::kYes;
      }
      if (!IsComparable(set, *code)) truth = Truth::kUntold;
    }
    return truth;
  }

  template <typename Entries>
  Truth AmongCodes(const Entries& codes, const config::CodeSet& set, const char* slot) {
    return Among(codes, set, slot, [](const v1::ClinicalCode& code) { return &code; });
  }

  Truth AmongDrugs(const v1::PatientContext& context, const config::DrugSet& set, const char* slot) {
    return Among(context.drugs(), set, slot, [](const v1::PatientDrug& drug) -> const v1::ClinicalCode* {
      return drug.stopped() ? nullptr : &drug.drug();
    });
  }

  Truth AmongAllergies(const config::DrugSet& set) {
    return Among(record_.record.allergies(), set, "allergy",
                 [](const v1::PatientAllergy& allergy) { return &allergy.substance(); });
  }

  Truth OrderMeetsAllergy() {
    Truth truth = Truth::kNo;
    bool is_ordered = false;
    for (const v1::PatientDrug& order : record_.orders.drugs()) {
      if (order.stopped()) continue;
      is_ordered = true;
      for (const v1::PatientAllergy& allergy : record_.record.allergies()) {
        truth = std::max(truth, Meet(order.drug(), allergy.substance()));
        if (truth == Truth::kYes) return truth;
      }
    }
    return is_ordered ? Found(truth, {kAllergiesKey}) : Truth::kNo;
  }

  Truth Meet(const v1::ClinicalCode& order, const v1::ClinicalCode& allergen) {
    if (order.display().empty() || allergen.display().empty()) return Truth::kUntold;
    for (const NamedSubstance& ordered : SubstancesIn(order.display())) {
      for (const NamedSubstance& substance : SubstancesIn(allergen.display())) {
        if (!AreRelated(ordered, substance)) continue;
        // These two belong together, whatever other order there is.
        slots_["order"] = ordered.name;
        slots_["allergy"] = substance.name;
        return Truth::kYes;
      }
    }
    return Truth::kNo;
  }

  // Null where it is not known, or too old.
  const KnownValue* FreshValue(const std::string& measurement) const {
    const KnownValue* value = record_.summary.Find(measurement);
    return value == nullptr || value->is_stale ? nullptr : value;
  }

  // Of a value that is not known. An eGFR that is computed needs age and sex.
  Truth NoValue(const std::string& measurement) {
    if (measurement == "egfr") return Found(Truth::kUntold, {kObservationsKey, kPatientKey});
    return Found(Truth::kUntold, {kObservationsKey});
  }

  Truth InRange(const config::ValueRange& range) {
    const KnownValue* value = FreshValue(range.measurement());
    if (value == nullptr) return NoValue(range.measurement());
    if (!IsWithin(value->value, range)) return Truth::kNo;
    Fill("value", TextWithin(value->value, range));
    return Truth::kYes;
  }

  Truth IsMissing(const std::string& measurement) {
    if (FreshValue(measurement) != nullptr) return Truth::kNo;
    return NoValue(measurement) == Truth::kUnknown ? Truth::kUnknown : Truth::kYes;
  }

  Truth InAge(const config::AgeRange& range) {
    const v1::PatientFacts& facts = record_.summary.facts;
    if (facts.age_case() == v1::PatientFacts::AGE_NOT_SET) return Found(Truth::kUntold, {kPatientKey});
    constexpr int kMonths = 12;
    const int years = facts.has_age_years() ? facts.age_years() : facts.age_months() / kMonths;
    const bool is_low = range.has_at_least() && years < static_cast<int>(range.at_least());
    const bool is_high = range.has_below() && years >= static_cast<int>(range.below());
    if (is_low || is_high) return Truth::kNo;
    Fill("age", absl::StrCat(years));
    return Truth::kYes;
  }

  Truth IsSex(v1::Sex wanted) {
    const v1::Sex sex = record_.summary.facts.sex();
    if (sex == v1::SEX_UNSPECIFIED) return Found(Truth::kUntold, {kPatientKey});
    return sex == wanted ? Truth::kYes : Truth::kNo;
  }

  // A record that is whole and says nothing of a pregnancy is of none.
  Truth IsPregnant(bool wanted) {
    const v1::PatientFacts& facts = record_.summary.facts;
    const auto is_as_wanted = [wanted](bool pregnant) { return pregnant == wanted ? Truth::kYes : Truth::kNo; };
    if (facts.has_pregnant()) return is_as_wanted(facts.pregnant());
    if (facts.sex() == v1::SEX_MALE) return is_as_wanted(false);
    const bool is_whole = record_.known.count(kConditionsKey) + record_.known.count(kObservationsKey) == 2;
    return is_whole ? is_as_wanted(false) : Found(Truth::kNo, {kConditionsKey, kObservationsKey});
  }

  Truth IsSmoking(v1::SmokingStatus wanted) {
    const v1::SmokingStatus smoking = record_.summary.smoking;
    if (smoking == v1::SMOKING_STATUS_UNSPECIFIED) return Found(Truth::kUntold, {kSmokingKey});
    return smoking == wanted ? Truth::kYes : Truth::kNo;
  }

  const HookRecord& record_;
  RuleSlots slots_;
  std::set<std::string> missing_;
};

Truth Matcher::Look(const HookCondition& condition) {
  switch (condition.condition_case()) {
    case HookCondition::kAnyOf:
      return Any(condition.any_of().conditions());
    case HookCondition::kAllOf:
      return All(condition.all_of().conditions());
    case HookCondition::kNoneOf:
      return None(condition.none_of().conditions());
    case HookCondition::kProblem:
      return Found(AmongCodes(record_.record.problems(), condition.problem(), "problem"), {kConditionsKey});
    case HookCondition::kDrug:
      return Found(AmongDrugs(record_.record, condition.drug(), "drug"), {kMedicationsKey});
    case HookCondition::kOrder:
      return AmongDrugs(record_.orders, condition.order(), "order");
    case HookCondition::kServiceOrder:
      return AmongCodes(record_.orders.service_requests(), condition.service_order(), "order");
    case HookCondition::kValue:
      return InRange(condition.value());
    case HookCondition::kValueMissing:
      return IsMissing(condition.value_missing());
    case HookCondition::kAge:
      return InAge(condition.age());
    case HookCondition::kSex:
      return IsSex(condition.sex());
    case HookCondition::kPregnant:
      return IsPregnant(condition.pregnant());
    case HookCondition::kOrderMeetsAllergy:
      return OrderMeetsAllergy();
    case HookCondition::kAllergy:
      return Found(AmongAllergies(condition.allergy()), {kAllergiesKey});
    case HookCondition::kSmoking:
      return IsSmoking(condition.smoking());
    case HookCondition::CONDITION_NOT_SET:
      return Truth::kNo;
  }
  return Truth::kNo;
}

}  // namespace

RuleMatch MatchRule(const config::HookRule& rule, const HookRecord& record) {
  Matcher matcher(record);
  return matcher.Take(matcher.All(rule.when()));
}

absl::optional<std::string> FillSlots(absl::string_view text, const RuleSlots& slots) {
  std::string filled;
  while (true) {
    const size_t open = text.find('{');
    const size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) return absl::StrCat(filled, text);
    const auto slot = slots.find(std::string(text.substr(open + 1, close - open - 1)));
    if (slot == slots.end()) return absl::nullopt;
    absl::StrAppend(&filled, text.substr(0, open), slot->second);
    text.remove_prefix(close + 1);
  }
}

}  // namespace bedside
