#include "services/hooks/rule_check.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/patient/measurements.h"

namespace bedside {
namespace {

using config::HookCondition;
using Conditions = google::protobuf::RepeatedPtrField<HookCondition>;
using Slots = std::set<std::string>;

constexpr int kMostServices = 50;
constexpr int kMostRules = 1000;
constexpr int kMostReasons = 20;
constexpr int kDeepest = 5;
constexpr uint32_t kOldest = 150;
constexpr size_t kMostIdBytes = 63;
constexpr size_t kMostSummaryBytes = 200;
constexpr size_t kMostQuestionBytes = 1000;
constexpr size_t kMostTextBytes = 500;

bool IsId(absl::string_view text) {
  return !text.empty() && text.size() <= kMostIdBytes && absl::c_all_of(text, [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) || absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
           c == '-';
  });
}

bool IsMeasurement(absl::string_view name) {
  return absl::c_any_of(Measurements(), [name](const Measurement& one) { return one.name == name; });
}

// Slots of a text, or the brace that is not closed.
Slots SlotsIn(absl::string_view text) {
  Slots slots;
  for (size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    slots.emplace(text.substr(open + 1, close == text.npos ? text.npos : close - open - 1));
  }
  return slots;
}

Slots FilledBy(const HookCondition& condition);

Slots FilledByAll(const Conditions& conditions) {
  Slots slots;
  for (const HookCondition& condition : conditions) slots.merge(FilledBy(condition));
  return slots;
}

// Whichever of them holds.
Slots FilledByAny(const Conditions& conditions) {
  if (conditions.empty()) return {};
  Slots common = FilledBy(conditions[0]);
  for (int i = 1; i < conditions.size(); ++i) {
    const Slots filled = FilledBy(conditions[i]);
    for (auto slot = common.begin(); slot != common.end();) {
      slot = filled.count(*slot) == 0 ? common.erase(slot) : std::next(slot);
    }
  }
  return common;
}

// What is filled when the condition holds.
Slots FilledBy(const HookCondition& condition) {
  switch (condition.condition_case()) {
    case HookCondition::kAnyOf:
      return FilledByAny(condition.any_of().conditions());
    case HookCondition::kAllOf:
      return FilledByAll(condition.all_of().conditions());
    case HookCondition::kProblem:
      return {"problem"};
    case HookCondition::kDrug:
      return {"drug"};
    case HookCondition::kOrder:
    case HookCondition::kServiceOrder:
      return {"order"};
    case HookCondition::kAllergy:
      return {"allergy"};
    case HookCondition::kOrderMeetsAllergy:
      return {"order", "allergy"};
    case HookCondition::kValue:
      return {"value"};
    case HookCondition::kAge:
      return {"age"};
    default:
      return {};
  }
}

class RuleChecker {
 public:
  RuleChecker(const config::HookRule& rule, std::vector<std::string>* violations)
      : rule_(rule), violations_(violations) {}

  void Check(const std::set<std::string>& services) {
    if (!IsId(rule_.id())) Add("id is none of 1 to 63 of a-z, 0-9 and -");
    if (rule_.services().empty()) Add("services is empty, wanted at least one");
    for (const std::string& service : rule_.services()) {
      if (services.count(service) == 0) Add(absl::StrCat("services names ", service, ", which there is not"));
    }
    CheckAll("when", rule_.when(), 1);
    CheckText("question", rule_.question(), kMostQuestionBytes);
    CheckText("summary", rule_.summary(), kMostSummaryBytes);
    if (!rule_.corpus().empty() && !IsId(rule_.corpus())) Add("corpus is no id of one");
    if (rule_.accept_label().size() > kMostTextBytes) Add("accept_label is longer than 500 bytes");
    CheckCodings();
  }

 private:
  void Add(absl::string_view what) {
    violations_->push_back(absl::StrCat("rule ", IsId(rule_.id()) ? rule_.id() : "?", ": ", what));
  }

  void CheckText(absl::string_view field, absl::string_view text, size_t most) {
    if (text.empty() || text.size() > most) Add(absl::StrCat(field, " wants 1 to ", most, " bytes"));
    const Slots filled = FilledByAll(rule_.when());
    for (const std::string& slot : SlotsIn(text)) {
      if (filled.count(slot) == 0) {
        Add(absl::StrCat(field, " has the slot {", slot, "}, which is not filled whenever the rule applies"));
      }
    }
  }

  void CheckCodings() {
    if (rule_.override_reasons_size() > kMostReasons) Add("override_reasons has more than 20 entries");
    for (const config::HookCoding& reason : rule_.override_reasons()) {
      if (reason.code().empty() || reason.display().empty()) Add("override_reasons wants a code and a display each");
    }
    if (rule_.has_topic() && rule_.topic().code().empty()) Add("topic wants a code");
  }

  void CheckAll(absl::string_view field, const Conditions& conditions, int depth) {
    if (conditions.empty()) return Add(absl::StrCat(field, " is empty, wanted at least one condition"));
    if (depth > kDeepest) return Add("conditions are nested more than 5 deep");
    for (const HookCondition& condition : conditions) CheckOne(condition, depth);
  }

  void CheckCodes(absl::string_view field, const config::CodeSet& set) {
    if (set.snomed_ct().empty() && set.icd10().empty() && set.loinc().empty()) Add(absl::StrCat(field, " has no code"));
    for (const auto* codes : {&set.snomed_ct(), &set.icd10(), &set.loinc()}) {
      if (absl::c_any_of(*codes, [](const std::string& code) { return code.empty(); })) {
        Add(absl::StrCat(field, " has an empty code"));
      }
    }
  }

  void CheckDrugs(absl::string_view field, const config::DrugSet& set) {
    if (set.names().empty() && set.rxnorm().empty() && set.atc().empty()) Add(absl::StrCat(field, " has no drug"));
    for (const auto* drugs : {&set.names(), &set.rxnorm(), &set.atc()}) {
      if (absl::c_any_of(*drugs, [](const std::string& drug) { return drug.empty(); })) {
        Add(absl::StrCat(field, " has an empty entry"));
      }
    }
    if (absl::c_any_of(set.names(), [](const std::string& name) { return name != absl::AsciiStrToLower(name); })) {
      Add(absl::StrCat(field, ".names wants lower case"));
    }
  }

  void CheckMeasurement(absl::string_view field, const std::string& name) {
    if (!IsMeasurement(name)) Add(absl::StrCat(field, " names ", name, ", which is no measurement that is known"));
  }

  // ValueRange or AgeRange.
  template <typename Range>
  void CheckRange(absl::string_view field, const Range& range) {
    if (!range.has_at_least() && !range.has_below()) Add(absl::StrCat(field, " wants at_least or below"));
    if (range.has_at_least() && range.has_below() && !(range.at_least() < range.below())) {
      Add(absl::StrCat(field, " wants at_least to be less than below"));
    }
  }

  void CheckOne(const HookCondition& condition, int depth);

  const config::HookRule& rule_;
  std::vector<std::string>* const violations_;
};

void RuleChecker::CheckOne(const HookCondition& condition, int depth) {
  switch (condition.condition_case()) {
    case HookCondition::kAnyOf:
      return CheckAll("any_of", condition.any_of().conditions(), depth + 1);
    case HookCondition::kAllOf:
      return CheckAll("all_of", condition.all_of().conditions(), depth + 1);
    case HookCondition::kNoneOf:
      return CheckAll("none_of", condition.none_of().conditions(), depth + 1);
    case HookCondition::kProblem:
      return CheckCodes("problem", condition.problem());
    case HookCondition::kServiceOrder:
      return CheckCodes("service_order", condition.service_order());
    case HookCondition::kDrug:
      return CheckDrugs("drug", condition.drug());
    case HookCondition::kOrder:
      return CheckDrugs("order", condition.order());
    case HookCondition::kAllergy:
      return CheckDrugs("allergy", condition.allergy());
    case HookCondition::kValue:
      CheckMeasurement("value.measurement", condition.value().measurement());
      return CheckRange("value", condition.value());
    case HookCondition::kValueMissing:
      return CheckMeasurement("value_missing", condition.value_missing());
    case HookCondition::kAge:
      if (std::max(condition.age().at_least(), condition.age().below()) > kOldest) Add("age wants at most 150");
      return CheckRange("age", condition.age());
    case HookCondition::kOrderMeetsAllergy:
      if (!condition.order_meets_allergy()) Add("order_meets_allergy wants true; for its contrary, none_of");
      return;
    case HookCondition::kSex:
      if (condition.sex() == v1::SEX_UNSPECIFIED) Add("sex wants SEX_FEMALE or SEX_MALE");
      return;
    case HookCondition::kSmoking:
      if (condition.smoking() == v1::SMOKING_STATUS_UNSPECIFIED) Add("smoking wants a status that is known");
      return;
    case HookCondition::kPregnant:
      return;
    case HookCondition::CONDITION_NOT_SET:
      return Add("a condition is empty");
  }
}

void CheckServices(const config::HookRules& rules, std::set<std::string>* ids, std::vector<std::string>* violations) {
  if (rules.services().empty() || rules.services_size() > kMostServices) {
    violations->push_back(
        absl::StrCat("services has ", rules.services_size(), " entries, wanted 1 to ", kMostServices));
  }
  for (const config::HookServiceRule& service : rules.services()) {
    const bool is_good = IsId(service.id()) && service.hook() != config::HOOK_UNSPECIFIED &&
                         config::Hook_IsValid(service.hook()) && !service.description().empty();
    if (!is_good) violations->push_back("a service wants an id of 1 to 63 of a-z, 0-9 and -, a hook and a description");
    if (!ids->insert(service.id()).second) violations->push_back("two services have the same id");
  }
}

}  // namespace

std::vector<std::string> ViolationsOf(const config::HookRules& rules) {
  std::vector<std::string> violations;
  std::set<std::string> services;
  CheckServices(rules, &services, &violations);
  if (rules.rules_size() > kMostRules) violations.push_back("rules has more than 1000 entries");
  std::set<std::string> ids;
  for (const config::HookRule& rule : rules.rules()) {
    RuleChecker(rule, &violations).Check(services);
    if (!ids.insert(rule.id()).second) violations.push_back("two rules have the same id");
  }
  return violations;
}

}  // namespace bedside
