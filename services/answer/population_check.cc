#include "services/answer/population_check.h"

#include <re2/re2.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "index/text/occurs.h"
#include "services/answer/evidence_places.h"
#include "services/answer/people_groups.h"
#include "services/answer/renal_limit.h"

namespace bedside {
namespace {

constexpr double kAdultYears = 18;
constexpr double kOlderYears = 65;
// Up to 28 days.
constexpr double kNewbornYears = 28 / 365.25;
// mL/min/1.73 m2: stages G1, and G3 and worse, of KDIGO 2024.
constexpr double kNormalEgfr = 90;
constexpr double kImpairedEgfr = 60;

const char* NameOf(PeopleGroup group) {
  switch (group) {
    case PeopleGroup::kNewborns:
      return "newborns";
    case PeopleGroup::kChildren:
      return "children";
    case PeopleGroup::kAdults:
      return "adults";
    case PeopleGroup::kOlderAdults:
      return "older adults";
    case PeopleGroup::kMales:
      return "men";
    case PeopleGroup::kFemales:
      return "women";
    case PeopleGroup::kPregnant:
      return "pregnancy";
    case PeopleGroup::kBreastfeeding:
      return "breastfeeding";
    case PeopleGroup::kRenal:
      return "impaired kidneys";
    case PeopleGroup::kHepatic:
      return "liver disease";
    case PeopleGroup::kImmunocompromised:
      return "immunocompromised people";
  }
  return "";
}

std::string NamesOf(const PeopleGroups& groups) {
  std::vector<std::string> names;
  for (const PeopleGroup group : groups) names.push_back(NameOf(group));
  return absl::StrJoin(names, " and ");
}

PeopleGroups AgeGroupsOf(double years) {
  if (years < kNewbornYears) return {PeopleGroup::kNewborns, PeopleGroup::kChildren};
  if (years < kAdultYears) return {PeopleGroup::kChildren};
  if (years < kOlderYears) return {PeopleGroup::kAdults};
  return {PeopleGroup::kAdults, PeopleGroup::kOlderAdults};
}

// What a mismatch says of the patient and of the evidence; unset: there is none.
using Difference = absl::optional<std::pair<std::string, std::string>>;

Difference AgeDifference(const Patient& patient, const EvidencePlaces& places) {
  if (!patient.age_years.has_value()) return absl::nullopt;
  const PeopleGroups named = GroupsOf(
      places, {PeopleGroup::kNewborns, PeopleGroup::kChildren, PeopleGroup::kAdults, PeopleGroup::kOlderAdults});
  const PeopleGroups own = AgeGroupsOf(*patient.age_years);
  const auto is_own = [&](PeopleGroup group) { return own.count(group) != 0; };
  if (named.empty() || absl::c_any_of(named, is_own)) return absl::nullopt;
  return std::make_pair(AgeText(*patient.age_years), NamesOf(named));
}

// Mothers are women; what speaks of both sexes is for each.
Difference SexDifference(const Patient& patient, const EvidencePlaces& places) {
  const PeopleGroups named = GroupsOf(places, {PeopleGroup::kMales, PeopleGroup::kFemales});
  if (patient.sex == v1::SEX_MALE && named == PeopleGroups{PeopleGroup::kFemales}) return {{"male", "women"}};
  if (patient.sex == v1::SEX_FEMALE && named == PeopleGroups{PeopleGroup::kMales}) return {{"female", "men"}};
  return absl::nullopt;
}

Difference PregnancyDifference(const Patient& patient, const EvidencePlaces& places) {
  static const RE2& not_pregnant = *new RE2(R"((?i)\b(?:non-?|not\s+)pregnant\b)");
  const bool can_be = patient.sex != v1::SEX_MALE;
  const bool is_known = patient.pregnant.has_value() || !can_be;
  if (!is_known) return absl::nullopt;
  const bool speaks_of_it = IsAbout(PeopleGroup::kPregnant, places);
  const bool speaks_of_others = Occurs(places.texts[0], not_pregnant) || Occurs(places.texts[1], not_pregnant);
  const bool pregnant = patient.pregnant.value_or(false);
  if (pregnant && speaks_of_others && !speaks_of_it) return {{"pregnant", "people who are not pregnant"}};
  if (!pregnant && speaks_of_it && !speaks_of_others) return {{"not pregnant", "pregnancy"}};
  return absl::nullopt;
}

Difference BreastfeedingDifference(const Patient& patient, const EvidencePlaces& places) {
  if (patient.breastfeeding.value_or(true)) return absl::nullopt;
  if (!IsAbout(PeopleGroup::kBreastfeeding, places)) return absl::nullopt;
  return {{"not breastfeeding", "breastfeeding"}};
}

Difference RenalDifference(const Patient& patient, const EvidencePlaces& places) {
  if (!patient.egfr.has_value()) return absl::nullopt;
  static const RE2& normal = *new RE2(R"((?i)\bnormal (?:renal|kidney) function\b)");
  const std::string is = absl::StrCat("eGFR ", *patient.egfr);
  for (const std::string& text : places.texts) {
    const absl::optional<RenalLimit> limit = FindRenalLimit(text, *patient.egfr);
    if (limit.has_value()) return limit->holds ? Difference() : Difference({is, limit->words});
    if (!Occurs(text, normal)) continue;
    return *patient.egfr < kImpairedEgfr ? Difference({is, "normal kidneys"}) : Difference();
  }
  const bool is_of_impaired = IsAbout(PeopleGroup::kRenal, places);
  if (!is_of_impaired || *patient.egfr < kNormalEgfr) return absl::nullopt;
  return {{is, NameOf(PeopleGroup::kRenal)}};
}

struct Aspect {
  v1::PatientAspect aspect;
  Difference (*difference)(const Patient&, const EvidencePlaces&);
};

constexpr Aspect kAspects[] = {
    {v1::PATIENT_ASPECT_AGE, AgeDifference},
    {v1::PATIENT_ASPECT_SEX, SexDifference},
    {v1::PATIENT_ASPECT_PREGNANCY, PregnancyDifference},
    {v1::PATIENT_ASPECT_BREASTFEEDING, BreastfeedingDifference},
    {v1::PATIENT_ASPECT_RENAL_FUNCTION, RenalDifference},
};

}  // namespace

std::vector<v1::PopulationMismatch> FindMismatches(const Patient& patient, const v1::AnswerText& answer,
                                                   const std::vector<EvidencePassage>& evidence) {
  std::vector<v1::PopulationMismatch> mismatches;
  std::set<std::pair<int, v1::PatientAspect>> seen;
  for (const auto& [number, places] : PlacesCitedIn(answer, evidence)) {
    for (const Aspect& aspect : kAspects) {
      const Difference difference = aspect.difference(patient, places);
      if (!difference.has_value() || !seen.insert({number, aspect.aspect}).second) continue;
      v1::PopulationMismatch& mismatch = mismatches.emplace_back();
      mismatch.set_evidence_number(number);
      mismatch.set_aspect(aspect.aspect);
      mismatch.set_patient(difference->first);
      mismatch.set_evidence(difference->second);
    }
  }
  return mismatches;
}

v1::AnswerWarning MismatchWarning(const v1::PopulationMismatch& mismatch) {
  v1::AnswerWarning warning;
  warning.set_kind(v1::WARNING_KIND_OTHER_POPULATION);
  warning.set_message(absl::StrCat("What [", mismatch.evidence_number(), "] says is about ", mismatch.evidence(),
                                   "; the patient is ",
                                   mismatch.aspect() == v1::PATIENT_ASPECT_RENAL_FUNCTION ? "at " : "",
                                   mismatch.patient(), ". It may not hold for this patient."));
  return warning;
}

}  // namespace bedside
