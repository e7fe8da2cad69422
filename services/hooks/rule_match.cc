#include "services/hooks/rule_match.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "services/hooks/code_match.h"
#include "services/hooks/prefetch_template.h"
#include "services/patient/clinical_display.h"
#include "services/patient/substances.h"

namespace bedside {
namespace {

using config::HookCondition;

// Holds the conditions of one rule against a record, and remembers what filled its slots and what was not known.
class Matcher {
 public:
  explicit Matcher(const HookRecord& record) : record_(record) {}

  Truth All(const google::protobuf::RepeatedPtrField<HookCondition>& conditions) {
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
  Truth Holds(const HookCondition& condition);

  Truth Any(const google::protobuf::RepeatedPtrField<HookCondition>& conditions) {
    Truth truth = Truth::kNo;
    for (const HookCondition& one : conditions) truth = std::max(truth, Holds(one));
    return truth;
  }

  // What matches inside has no slots: it is not there.
  Truth None(const google::protobuf::RepeatedPtrField<HookCondition>& conditions) {
    const RuleSlots slots = slots_;
    const Truth any = Any(conditions);
    slots_ = slots;
    if (any == Truth::kUnknown) return any;
    return any == Truth::kYes ? Truth::kNo : Truth::kYes;
  }

  // What was looked for under these keys was found, or not as far as they are known.
  Truth Found(bool found, std::initializer_list<const char*> keys) {
    if (found) return Truth::kYes;
    Truth truth = Truth::kNo;
    for (const char* key : keys) {
      if (record_.known.count(key) > 0) continue;
      missing_.insert(key);
      truth = Truth::kUnknown;
    }
    return truth;
  }

  bool Fill(const char* slot, std::string text) {
    if (!text.empty()) slots_.emplace(slot, std::move(text));
    return true;
  }

  bool HasProblem(const config::CodeSet& set) {
    for (const v1::ClinicalCode& problem : record_.record.problems()) {
      if (Matches(set, problem)) return Fill("problem", PlainDisplay(problem.display()));
    }
    return false;
  }

  bool HasServiceOrder(const config::CodeSet& set) {
    for (const v1::ClinicalCode& order : record_.orders.service_requests()) {
      if (Matches(set, order)) return Fill("order", PlainDisplay(order.display()));
    }
    return false;
  }

  bool HasDrug(const v1::PatientContext& context, const config::DrugSet& set, const char* slot) {
    for (const v1::PatientDrug& drug : context.drugs()) {
      if (!drug.stopped() && Matches(set, drug.drug())) return Fill(slot, DrugNameOf(drug.drug()));
    }
    return false;
  }

  bool HasAllergy(const config::DrugSet& set) {
    for (const v1::PatientAllergy& allergy : record_.record.allergies()) {
      if (Matches(set, allergy.substance())) return Fill("allergy", DrugNameOf(allergy.substance()));
    }
    return false;
  }

  bool OrderMeetsAllergy() {
    for (const v1::PatientDrug& order : record_.orders.drugs()) {
      for (const v1::PatientAllergy& allergy : record_.record.allergies()) {
        if (Meet(order.drug(), allergy.substance())) return true;
      }
    }
    return false;
  }

  bool Meet(const v1::ClinicalCode& order, const v1::ClinicalCode& allergen) {
    for (const NamedSubstance& ordered : SubstancesIn(order.display())) {
      for (const NamedSubstance& substance : SubstancesIn(allergen.display())) {
        if (!AreRelated(ordered, substance)) continue;
        Fill("order", ordered.name);
        return Fill("allergy", substance.name);
      }
    }
    return false;
  }

  // Null where it is not known, or too old.
  const KnownValue* FreshValue(const std::string& measurement) const {
    const KnownValue* value = record_.summary.Find(measurement);
    return value == nullptr || value->is_stale ? nullptr : value;
  }

  // An eGFR that is computed needs age and sex.
  Truth FoundValue(bool found, const std::string& measurement) {
    return measurement == "egfr" ? Found(found, {kObservationsKey, kPatientKey}) : Found(found, {kObservationsKey});
  }

  Truth InRange(const config::ValueRange& range) {
    const KnownValue* value = FreshValue(range.measurement());
    if (value == nullptr) return FoundValue(false, range.measurement());
    const bool is_low = range.has_at_least() && value->value < range.at_least();
    const bool is_high = range.has_below() && value->value >= range.below();
    if (is_low || is_high) return Truth::kNo;
    Fill("value", absl::StrFormat("%.3g", value->value));
    return Truth::kYes;
  }

  Truth IsMissing(const std::string& measurement) {
    if (FreshValue(measurement) != nullptr) return Truth::kNo;
    return FoundValue(false, measurement) == Truth::kUnknown ? Truth::kUnknown : Truth::kYes;
  }

  Truth InAge(const config::AgeRange& range) {
    const v1::PatientFacts& facts = record_.summary.facts;
    if (facts.age_case() == v1::PatientFacts::AGE_NOT_SET) return Found(false, {kPatientKey});
    constexpr int kMonths = 12;
    const int years = facts.has_age_years() ? facts.age_years() : facts.age_months() / kMonths;
    const bool is_low = range.has_at_least() && years < static_cast<int>(range.at_least());
    const bool is_high = range.has_below() && years >= static_cast<int>(range.below());
    if (is_low || is_high) return Truth::kNo;
    Fill("age", absl::StrCat(years));
    return Truth::kYes;
  }

  Truth IsPregnant(bool wanted) {
    const v1::PatientFacts& facts = record_.summary.facts;
    if (facts.has_pregnant()) return facts.pregnant() == wanted ? Truth::kYes : Truth::kNo;
    return Found(false, {kConditionsKey, kObservationsKey});
  }

  const HookRecord& record_;
  RuleSlots slots_;
  std::set<std::string> missing_;
};

Truth Matcher::Holds(const HookCondition& condition) {
  switch (condition.condition_case()) {
    case HookCondition::kAnyOf:
      return Any(condition.any_of().conditions());
    case HookCondition::kAllOf:
      return All(condition.all_of().conditions());
    case HookCondition::kNoneOf:
      return None(condition.none_of().conditions());
    case HookCondition::kProblem:
      return Found(HasProblem(condition.problem()), {kConditionsKey});
    case HookCondition::kDrug:
      return Found(HasDrug(record_.record, condition.drug(), "drug"), {kMedicationsKey});
    case HookCondition::kOrder:
      return Found(HasDrug(record_.orders, condition.order(), "order"), {});
    case HookCondition::kServiceOrder:
      return Found(HasServiceOrder(condition.service_order()), {});
    case HookCondition::kValue:
      return InRange(condition.value());
    case HookCondition::kValueMissing:
      return IsMissing(condition.value_missing());
    case HookCondition::kAge:
      return InAge(condition.age());
    case HookCondition::kSex:
      return Found(record_.summary.facts.sex() == condition.sex(), {kPatientKey});
    case HookCondition::kPregnant:
      return IsPregnant(condition.pregnant());
    case HookCondition::kOrderMeetsAllergy:
      return Found(OrderMeetsAllergy(), {kAllergiesKey});
    case HookCondition::kAllergy:
      return Found(HasAllergy(condition.allergy()), {kAllergiesKey});
    case HookCondition::kSmoking:
      return Found(record_.summary.smoking == condition.smoking(), {kSmokingKey});
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
