#include "services/patient/patient_lines.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace bedside {
namespace {

constexpr size_t kMostNamed = 20;

using Lines = std::vector<std::string>;

void AddLine(absl::string_view what, const std::vector<std::string>& names, Lines* lines) {
  if (names.empty()) return;
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNamed));
  lines->push_back(absl::StrCat(what, ": ", absl::StrJoin(names.begin(), end, "; ")));
}

// Of UCUM, as a person reads it.
std::string UnitText(absl::string_view ucum) {
  return absl::StrReplaceAll(
      ucum,
      {{"{1.73_m2}", "1.73 m2"}, {"mm[Hg]", "mmHg"}, {"[iU]", "IU"}, {"10*9", "10^9"}, {"Cel", "°C"}, {"{INR}", ""}});
}

void AddAllergies(const PatientSummary& summary, Lines* lines) {
  std::vector<std::string> allergies;
  for (const v1::PatientAllergy& allergy : summary.allergies) allergies.push_back(AllergyText(allergy));
  AddLine("Allergies", allergies, lines);
  if (summary.no_known_allergies) lines->push_back("Allergies: none known");
}

void AddValues(const PatientSummary& summary, Lines* lines) {
  std::vector<std::string> values;
  for (const KnownValue& value : summary.values) {
    // That is among the facts.
    if (value.is_stale || value.measurement->name == "egfr") continue;
    values.push_back(absl::StrCat(ValueText(value), " (", *value.age_days, " days ago)"));
  }
  AddLine("Measured", values, lines);
}

const char* SmokingText(v1::SmokingStatus smoking) {
  switch (smoking) {
    case v1::SMOKING_STATUS_NEVER:
      return "Smoking: never";
    case v1::SMOKING_STATUS_FORMER:
      return "Smoking: formerly";
    default:
      return "Smoking: currently";
  }
}

}  // namespace

std::string RecordLines(const PatientSummary& summary) {
  Lines lines;
  AddLine("Active problems", summary.problems, &lines);
  AddLine("Takes", summary.drugs, &lines);
  AddAllergies(summary, &lines);
  AddValues(summary, &lines);
  if (summary.smoking != v1::SMOKING_STATUS_UNSPECIFIED) lines.push_back(SmokingText(summary.smoking));
  AddLine("Procedures", summary.procedures, &lines);
  AddLine("Immunizations", summary.immunizations, &lines);
  AddLine("Ordered", summary.service_requests, &lines);
  if (!summary.encounter_class.empty()) lines.push_back(absl::StrCat("Encounter: ", summary.encounter_class));
  return absl::StrJoin(lines, "\n");
}

std::string ValueText(const KnownValue& value) {
  const std::string unit = UnitText(value.measurement->unit);
  return absl::StrCat(value.measurement->title, " ", absl::StrFormat("%.4g", value.value), unit.empty() ? "" : " ",
                      unit);
}

std::string AllergyText(const v1::PatientAllergy& allergy) {
  const absl::string_view criticality = allergy.criticality() == v1::ALLERGY_CRITICALITY_HIGH  ? ", high criticality"
                                        : allergy.criticality() == v1::ALLERGY_CRITICALITY_LOW ? ", low criticality"
                                                                                               : "";
  return absl::StrCat(allergy.substance().display(), criticality);
}

}  // namespace bedside
