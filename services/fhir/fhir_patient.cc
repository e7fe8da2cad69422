#include "services/fhir/fhir_patient.h"

#include "services/fhir/fhir_date.h"

namespace bedside {
namespace {

constexpr int kMostYears = 130;
constexpr int kMonthsPerYear = 12;

int MonthsBetween(absl::CivilDay from, absl::CivilDay to) {
  const int months = static_cast<int>(absl::CivilMonth(to) - absl::CivilMonth(from));
  return to.day() < from.day() ? months - 1 : months;
}

void SetAge(const FhirElement& patient, absl::CivilDay today, v1::PatientFacts* facts) {
  const absl::optional<int> days = DaysSince(patient, "birthDate", today);
  if (!days.has_value()) return;
  const int months = MonthsBetween(today - *days, today);
  if (*days < 0 || months > kMostYears * kMonthsPerYear) {
    patient.Note("birthDate", "a date of the last 130 years", "another one");
  } else if (months < 2 * kMonthsPerYear) {
    facts->set_age_months(months);
  } else {
    facts->set_age_years(months / kMonthsPerYear);
  }
}

void SetSex(const FhirElement& patient, v1::PatientFacts* facts) {
  const absl::string_view gender = patient.String("gender");
  if (gender == "female") {
    facts->set_sex(v1::SEX_FEMALE);
  } else if (gender == "male") {
    facts->set_sex(v1::SEX_MALE);
  } else if (!gender.empty() && gender != "other" && gender != "unknown") {
    patient.Note("gender", "male, female, other or unknown", "another string");
  }
  for (const FhirElement& extension : patient.List("extension")) {
    if (extension.String("url") != "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex") continue;
    const absl::string_view code = extension.String("valueCode");
    if (code == "F") facts->set_sex(v1::SEX_FEMALE);
    if (code == "M") facts->set_sex(v1::SEX_MALE);
  }
}

}  // namespace

absl::string_view LastPartOf(absl::string_view reference) {
  // A version of a resource: "Patient/12/_history/3".
  reference = reference.substr(0, reference.find("/_history/"));
  return reference.substr(reference.find_last_of("/:") + 1);
}

absl::optional<int> DaysSince(const FhirElement& element, absl::string_view name, absl::CivilDay today) {
  const absl::string_view text = element.String(name);
  if (text.empty()) return absl::nullopt;
  const absl::optional<absl::CivilDay> day = ParseFhirDate(text);
  if (!day.has_value()) {
    element.Note(name, "a date of FHIR (YYYY, YYYY-MM, YYYY-MM-DD, with or without a time)", "another string");
    return absl::nullopt;
  }
  return static_cast<int>(today - *day);
}

v1::PatientFacts FactsOf(const FhirElement& patient, absl::CivilDay today) {
  v1::PatientFacts facts;
  SetAge(patient, today, &facts);
  SetSex(patient, &facts);
  return facts;
}

void PatientIdentity::Take(const FhirElement& patient, absl::string_view full_url) {
  std::set<std::string> ids;
  for (const absl::string_view id : {LastPartOf(full_url), patient.String("id")}) {
    if (!id.empty()) ids.emplace(id);
  }
  bool is_same = ids_.empty();
  for (const std::string& id : ids) is_same = is_same || ids_.count(id) != 0;
  if (!is_same) patient.Note("", "the resources of one patient", "a second Patient");
  ids_.insert(ids.begin(), ids.end());
}

bool PatientIdentity::Is(const FhirElement& subject) {
  const absl::string_view id = LastPartOf(subject.String("reference"));
  if (id.empty()) return true;
  if (ids_.empty()) ids_.emplace(id);
  return ids_.count(std::string(id)) != 0;
}

}  // namespace bedside
