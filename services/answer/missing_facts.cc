#include "services/answer/missing_facts.h"

#include <re2/re2.h>

#include <set>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/text/occurs.h"
#include "services/answer/evidence_places.h"
#include "services/answer/people_groups.h"
#include "services/answer/renal_limit.h"

namespace bedside {
namespace {

bool NeedsAge(const Patient& patient, const EvidencePlaces& places) {
  const PeopleGroups limited = {PeopleGroup::kNewborns, PeopleGroup::kChildren, PeopleGroup::kAdults,
                                PeopleGroup::kOlderAdults};
  return !patient.age_years.has_value() && !GroupsOf(places, limited).empty();
}

bool NeedsSex(const Patient& patient, const EvidencePlaces& places) {
  return patient.sex == v1::SEX_UNSPECIFIED &&
         GroupsOf(places, {PeopleGroup::kMales, PeopleGroup::kFemales}).size() == 1;
}

bool NeedsPregnancy(const Patient& patient, const EvidencePlaces& places) {
  const bool is_known = patient.pregnant.has_value() || patient.sex == v1::SEX_MALE;
  return !is_known && IsAbout(PeopleGroup::kPregnant, places);
}

bool NeedsBreastfeeding(const Patient& patient, const EvidencePlaces& places) {
  const bool is_known = patient.breastfeeding.has_value() || patient.sex == v1::SEX_MALE;
  return !is_known && IsAbout(PeopleGroup::kBreastfeeding, places);
}

bool NeedsRenalFunction(const Patient& patient, const EvidencePlaces& places) {
  if (patient.egfr.has_value()) return false;
  // Whether it holds is not looked at, so any value will do.
  constexpr double kAnyEgfr = 0;
  const auto has_limit = [](const std::string& text) { return FindRenalLimit(text, kAnyEgfr).has_value(); };
  return absl::c_any_of(places.texts, has_limit) || IsAbout(PeopleGroup::kRenal, places);
}

struct Fact {
  const char* name;
  bool (*is_needed)(const Patient&, const EvidencePlaces&);
};

constexpr Fact kFacts[] = {
    {"renal function (eGFR)", NeedsRenalFunction},
    {"pregnancy", NeedsPregnancy},
    {"breastfeeding", NeedsBreastfeeding},
    {"age", NeedsAge},
    {"sex", NeedsSex},
};

// Numbers of the cited evidence that needs the fact.
std::set<int> EvidenceThatNeeds(const Fact& fact, const Patient& patient, const std::vector<CitedPlaces>& cited) {
  std::set<int> numbers;
  for (const CitedPlaces& one : cited) {
    if (fact.is_needed(patient, one.places)) numbers.insert(one.number);
  }
  return numbers;
}

v1::AnswerWarning Warning(const Fact& fact, const std::set<int>& numbers) {
  v1::AnswerWarning warning;
  warning.set_kind(v1::WARNING_KIND_PATIENT_DATA_MISSING);
  warning.set_message(absl::StrCat("Whether [", absl::StrJoin(numbers, "], ["), "] holds for this patient depends on ",
                                   fact.name, ", which was not told."));
  return warning;
}

}  // namespace

bool IsAboutOnePatient(absl::string_view question) {
  static const RE2& one = *new RE2(
      R"((?i)\b(?:my|our|this|the|that)\s+(?:[\w-]+\s+){0,3}?(?:patient|client|resident)\b|\b(?:he|she|him|his|hers?)\b)");
  return Occurs(question, one);
}

std::vector<v1::AnswerWarning> MissingFactWarnings(const Patient& patient, const v1::AnswerText& answer,
                                                   const std::vector<EvidencePassage>& evidence) {
  const std::vector<CitedPlaces> cited = PlacesCitedIn(answer, evidence);
  std::vector<v1::AnswerWarning> warnings;
  for (const Fact& fact : kFacts) {
    const std::set<int> numbers = EvidenceThatNeeds(fact, patient, cited);
    if (!numbers.empty()) warnings.push_back(Warning(fact, numbers));
  }
  return warnings;
}

}  // namespace bedside
