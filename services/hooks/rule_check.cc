#include "services/hooks/rule_check.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/patient/measurements.h"

namespace bedside {
namespace {

using config::HookCondition;

constexpr int kMostServices = 50;
constexpr int kMostRules = 1000;
constexpr int kMostReasons = 20;
constexpr int kDeepest = 5;
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
std::set<std::string> SlotsOf(absl::string_view text) {
  std::set<std::string> slots;
  for (size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    slots.emplace(text.substr(open + 1, close == text.npos ? text.npos : close - open - 1));
  }
  return slots;
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
    CheckAll("when", rule_.when(), 1, /*fills=*/true);
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
    for (const std::string& slot : SlotsOf(text)) {
      if (slots_.count(slot) == 0) Add(absl::StrCat(field, " has the slot {", slot, "}, which no condition fills"));
    }
  }

  void CheckCodings() {
    if (rule_.override_reasons_size() > kMostReasons) Add("override_reasons has more than 20 entries");
    for (const config::HookCoding& reason : rule_.override_reasons()) {
      if (reason.code().empty() || reason.display().empty()) Add("override_reasons wants a code and a display each");
    }
    if (rule_.has_topic() && rule_.topic().code().empty()) Add("topic wants a code");
  }

  template <typename Conditions>
  void CheckAll(absl::string_view field, const Conditions& conditions, int depth, bool fills) {
    if (conditions.empty()) return Add(absl::StrCat(field, " is empty, wanted at least one condition"));
    if (depth > kDeepest) return Add("conditions are nested more than 5 deep");
    for (const HookCondition& condition : conditions) CheckOne(condition, depth, fills);
  }

  void Fills(const char* slot, bool fills) {
    if (fills) slots_.insert(slot);
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

  void CheckOne(const HookCondition& condition, int depth, bool fills);

  const config::HookRule& rule_;
  std::vector<std::string>* const violations_;
  std::set<std::string> slots_;
};

void RuleChecker::CheckOne(const HookCondition& condition, int depth, bool fills) {
  switch (condition.condition_case()) {
    case HookCondition::kAnyOf:
      return CheckAll("any_of", condition.any_of().conditions(), depth + 1, fills);
    case HookCondition::kAllOf:
      return CheckAll("all_of", condition.all_of().conditions(), depth + 1, fills);
    case HookCondition::kNoneOf:
      return CheckAll("none_of", condition.none_of().conditions(), depth + 1, /*fills=*/false);
    case HookCondition::kProblem:
      Fills("problem", fills);
      return CheckCodes("problem", condition.problem());
    case HookCondition::kDrug:
      Fills("drug", fills);
      return CheckDrugs("drug", condition.drug());
    case HookCondition::kOrder:
      Fills("order", fills);
      return CheckDrugs("order", condition.order());
    case HookCondition::kAllergy:
      Fills("allergy", fills);
      return CheckDrugs("allergy", condition.allergy());
    case HookCondition::kServiceOrder:
      Fills("order", fills);
      return CheckCodes("service_order", condition.service_order());
    case HookCondition::kValue:
      Fills("value", fills);
      CheckMeasurement("value.measurement", condition.value().measurement());
      if (!condition.value().has_at_least() && !condition.value().has_below()) Add("value wants at_least or below");
      return;
    case HookCondition::kValueMissing:
      return CheckMeasurement("value_missing", condition.value_missing());
    case HookCondition::kAge:
      Fills("age", fills);
      if (!condition.age().has_at_least() && !condition.age().has_below()) Add("age wants at_least or below");
      return;
    case HookCondition::kOrderMeetsAllergy:
      Fills("order", fills);
      Fills("allergy", fills);
      if (!condition.order_meets_allergy()) Add("order_meets_allergy wants true; for its contrary, none_of");
      return;
    case HookCondition::kSex:
    case HookCondition::kPregnant:
    case HookCondition::kSmoking:
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
