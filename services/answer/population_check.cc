#include "services/answer/population_check.h"

#include <re2/re2.h>

#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "index/text/occurs.h"
#include "services/answer/people_groups.h"
#include "services/grounding/measures.h"
#include "services/resources/evidence_messages.h"

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

// Of MeSH headings, with or without qualifiers behind "/".
PeopleGroups GroupsOfMesh(const storage::Document& document) {
  static const auto& groups = *new std::map<std::string, PeopleGroup>({
      {"Infant, Newborn", PeopleGroup::kNewborns},
      {"Infant", PeopleGroup::kChildren},
      {"Child", PeopleGroup::kChildren},
      {"Child, Preschool", PeopleGroup::kChildren},
      {"Adolescent", PeopleGroup::kChildren},
      {"Adult", PeopleGroup::kAdults},
      {"Young Adult", PeopleGroup::kAdults},
      {"Middle Aged", PeopleGroup::kAdults},
      {"Aged", PeopleGroup::kOlderAdults},
      {"Aged, 80 and over", PeopleGroup::kOlderAdults},
      {"Male", PeopleGroup::kMales},
      {"Female", PeopleGroup::kFemales},
      {"Pregnancy", PeopleGroup::kPregnant},
  });
  PeopleGroups named;
  for (const std::string& heading : document.mesh_headings()) {
    const auto found = groups.find(heading.substr(0, heading.find('/')));
    if (found != groups.end()) named.insert(found->second);
  }
  return named;
}

// The places where evidence says whom it is about, from the claim outwards.
struct Places {
  std::vector<std::string> texts;
  PeopleGroups mesh;
};

Places PlacesOf(const EvidencePassage& evidence, const v1::Span& span) {
  const storage::Document& document = *evidence.document;
  const std::string headings =
      absl::StrCat(absl::StrJoin(evidence.passage.heading_path(), "\n"), "\n", evidence.passage.context());
  return {{std::string(ShownText(document, span.begin(), span.end())), headings, document.title()},
          GroupsOfMesh(document)};
}

PeopleGroups Those(const PeopleGroups& groups, const PeopleGroups& of) {
  PeopleGroups both;
  absl::c_set_intersection(groups, of, std::inserter(both, both.end()));
  return both;
}

// The words with which a claim begins.
absl::string_view BeginningOf(absl::string_view claim) {
  constexpr size_t kBeginningBytes = 48;
  if (claim.size() <= kBeginningBytes) return claim;
  const size_t end = claim.rfind(' ', kBeginningBytes);
  return end == absl::string_view::npos ? absl::string_view() : claim.substr(0, end);
}

// Those of `aspect` that the first place names which names any.
PeopleGroups GroupsOf(const Places& places, const PeopleGroups& aspect) {
  for (const std::string& text : places.texts) {
    const PeopleGroups named = Those(GroupsNamedIn(text), aspect);
    if (!named.empty()) return named;
  }
  return Those(places.mesh, aspect);
}

// Whether evidence is about people in this condition, not just of them as of one case among others.
bool IsAbout(PeopleGroup condition, const Places& places) {
  const std::string& claim = places.texts.front();
  if (GroupsNamedIn(claim).count(condition) != 0) return GroupsNamedIn(BeginningOf(claim)).count(condition) != 0;
  return !GroupsOf(places, {condition}).empty();
}

PeopleGroups AgeGroupsOf(double years) {
  if (years < kNewbornYears) return {PeopleGroup::kNewborns, PeopleGroup::kChildren};
  if (years < kAdultYears) return {PeopleGroup::kChildren};
  if (years < kOlderYears) return {PeopleGroup::kAdults};
  return {PeopleGroup::kAdults, PeopleGroup::kOlderAdults};
}

// What a mismatch says of the patient and of the evidence; unset: there is none.
using Difference = absl::optional<std::pair<std::string, std::string>>;

Difference AgeDifference(const Patient& patient, const Places& places) {
  if (!patient.age_years.has_value()) return absl::nullopt;
  const PeopleGroups named = GroupsOf(
      places, {PeopleGroup::kNewborns, PeopleGroup::kChildren, PeopleGroup::kAdults, PeopleGroup::kOlderAdults});
  if (named.empty() || !Those(named, AgeGroupsOf(*patient.age_years)).empty()) return absl::nullopt;
  return std::make_pair(AgeText(*patient.age_years), NamesOf(named));
}

// Mothers are women; what speaks of both sexes is for each.
Difference SexDifference(const Patient& patient, const Places& places) {
  const PeopleGroups named = GroupsOf(places, {PeopleGroup::kMales, PeopleGroup::kFemales});
  if (patient.sex == v1::SEX_MALE && named == PeopleGroups{PeopleGroup::kFemales}) return {{"male", "women"}};
  if (patient.sex == v1::SEX_FEMALE && named == PeopleGroups{PeopleGroup::kMales}) return {{"female", "men"}};
  return absl::nullopt;
}

Difference PregnancyDifference(const Patient& patient, const Places& places) {
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

Difference BreastfeedingDifference(const Patient& patient, const Places& places) {
  if (patient.breastfeeding.value_or(true)) return absl::nullopt;
  if (!IsAbout(PeopleGroup::kBreastfeeding, places)) return absl::nullopt;
  return {{"not breastfeeding", "breastfeeding"}};
}

bool IsWithin(double value, const StatedMeasure& measure, const absl::optional<double>& high) {
  double number = 0;
  if (!absl::SimpleAtod(measure.number, &number)) return true;
  switch (measure.bound) {
    case Bound::kBelow:
      return value < number;
    case Bound::kAtMost:
      return value <= number;
    case Bound::kAbove:
      return value > number;
    case Bound::kAtLeast:
      return value >= number;
    case Bound::kNone:
      break;
  }
  // A number by itself is no limit.
  return !high.has_value() || (value >= number && value <= *high);
}

// What a text says of the renal function that it is for, and whether the patient's is that; unset: it says none.
absl::optional<std::pair<std::string, bool>> EgfrSaidIn(absl::string_view text, double egfr) {
  static const RE2& measure = *new RE2(R"((?i)\b((?:e?gfr|crcl|creatinine clearance)\b[^.;,:\d]{0,24}\d[^.;,]{0,32}))");
  re2::StringPiece rest(text.data(), text.size());
  std::string said;
  absl::optional<std::pair<std::string, bool>> found;
  while (RE2::FindAndConsume(&rest, measure, &said)) {
    const std::vector<StatedMeasure> numbers = StatedMeasures(said);
    absl::optional<double> high;
    double end = 0;
    if (numbers.size() > 1 && numbers[0].goes_on && absl::SimpleAtod(numbers[1].number, &end)) high = end;
    if (numbers[0].bound == Bound::kNone && !high.has_value()) continue;
    const size_t last = high.has_value() ? 1 : 0;
    const bool within = IsWithin(egfr, numbers[0], high);
    if (found.has_value() && found->second) continue;
    found = {{said.substr(0, numbers[last].span.end), within}};
  }
  return found;
}

Difference RenalDifference(const Patient& patient, const Places& places) {
  if (!patient.egfr.has_value()) return absl::nullopt;
  static const RE2& normal = *new RE2(R"((?i)\bnormal (?:renal|kidney) function\b)");
  const std::string is = absl::StrCat("eGFR ", *patient.egfr);
  for (const std::string& text : places.texts) {
    const auto said = EgfrSaidIn(text, *patient.egfr);
    if (said.has_value()) return said->second ? Difference() : Difference({is, said->first});
    if (!Occurs(text, normal)) continue;
    return *patient.egfr < kImpairedEgfr ? Difference({is, "normal kidneys"}) : Difference();
  }
  const bool is_of_impaired = IsAbout(PeopleGroup::kRenal, places);
  if (!is_of_impaired || *patient.egfr < kNormalEgfr) return absl::nullopt;
  return {{is, NameOf(PeopleGroup::kRenal)}};
}

struct Aspect {
  v1::PatientAspect aspect;
  Difference (*difference)(const Patient&, const Places&);
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
  for (const v1::AnswerSentence& sentence : answer.sentences()) {
    for (const v1::Citation& citation : sentence.citations()) {
      const int number = citation.evidence_number();
      if (number < 1 || number > static_cast<int>(evidence.size())) continue;
      const Places places = PlacesOf(evidence[static_cast<size_t>(number) - 1], citation.span());
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
