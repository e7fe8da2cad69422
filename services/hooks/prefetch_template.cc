#include "services/hooks/prefetch_template.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/patient/measurements.h"

namespace bedside {
namespace {

constexpr absl::string_view kPatientToken = "{{context.patientId}}";

// LOINC: tobacco smoking status.
constexpr char kSmokingCode[] = "72166-2";

// Of a page.
constexpr int kMostEntries = 250;

struct Wanted {
  std::set<std::string> measurements;
  bool smoking = false;
  bool pregnancy = false;
};

void Collect(const config::HookCondition& condition, Wanted* wanted);

void CollectAll(const config::HookConditions& conditions, Wanted* wanted) {
  for (const config::HookCondition& one : conditions.conditions()) Collect(one, wanted);
}

void Collect(const config::HookCondition& condition, Wanted* wanted) {
  CollectAll(condition.any_of(), wanted);
  CollectAll(condition.all_of(), wanted);
  CollectAll(condition.none_of(), wanted);
  if (condition.has_value()) wanted->measurements.insert(condition.value().measurement());
  if (condition.has_value_missing()) wanted->measurements.insert(condition.value_missing());
  wanted->smoking = wanted->smoking || condition.has_smoking();
  wanted->pregnancy = wanted->pregnancy || condition.has_pregnant();
}

std::set<std::string> CodesOf(const Wanted& wanted) {
  std::set<std::string> codes;
  for (const std::string& name : wanted.measurements) {
    for (const absl::string_view code : absl::StrSplit(MeasurementNamed(name).loinc, ' ')) codes.emplace(code);
  }
  // LOINC: pregnancy status.
  if (wanted.pregnancy) codes.insert("82810-3");
  return codes;
}

std::string SearchOf(absl::string_view type, absl::string_view parameters) {
  return absl::StrCat(type, "?patient=", kPatientToken, parameters, "&_count=", kMostEntries);
}

}  // namespace

PrefetchTemplates TemplatesFor(const std::vector<const config::HookRule*>& rules) {
  Wanted wanted;
  for (const config::HookRule* rule : rules) {
    for (const config::HookCondition& condition : rule->when()) Collect(condition, &wanted);
  }
  // Answers look at the eGFR beside drugs, and it may have to be computed.
  wanted.measurements.insert({"egfr", "creatinine"});
  PrefetchTemplates templates = {{kPatientKey, absl::StrCat("Patient/", kPatientToken)},
                                 {kConditionsKey, SearchOf("Condition", "&clinical-status=active")},
                                 {kMedicationsKey, SearchOf("MedicationRequest", "&status=active")},
                                 {kAllergiesKey, SearchOf("AllergyIntolerance", "&clinical-status=active")}};
  templates[kObservationsKey] =
      SearchOf("Observation", absl::StrCat("&code=", absl::StrJoin(CodesOf(wanted), ","), "&_sort=-date"));
  if (wanted.smoking) {
    templates[kSmokingKey] = SearchOf("Observation", absl::StrCat("&code=", kSmokingCode, "&_sort=-date"));
  }
  return templates;
}

std::string QueryOf(absl::string_view prefetch_template, absl::string_view patient_id) {
  return absl::StrReplaceAll(prefetch_template, {{kPatientToken, patient_id}});
}

}  // namespace bedside
