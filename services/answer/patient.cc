#include "services/answer/patient.h"

#include <re2/re2.h>

#include <cmath>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "index/text/occurs.h"
#include "services/patient/patient_lines.h"

namespace bedside {
namespace {

constexpr double kMonthsPerYear = 12;
constexpr double kWeeksPerYear = 365.25 / 7;
constexpr double kDaysPerYear = 365.25;

double YearsOf(double count, absl::string_view unit) {
  switch (absl::ascii_tolower(static_cast<unsigned char>(unit[0]))) {
    case 'm':
      return count / kMonthsPerYear;
    case 'w':
      return count / kWeeksPerYear;
    case 'd':
      return count / kDaysPerYear;
    default:
      return count;
  }
}

absl::optional<double> AgeSaidIn(absl::string_view question) {
  static const RE2& age =
      *new RE2(R"((?i)\b(\d{1,3})[\s-]*(years?|yrs?|months?|weeks?|days?)[\s-]*(?:old\b|of age\b))");
  std::set<double> ages;
  re2::StringPiece rest(question.data(), question.size());
  int count = 0;
  std::string unit;
  while (RE2::FindAndConsume(&rest, age, &count, &unit)) ages.insert(YearsOf(count, unit));
  return ages.size() == 1 ? absl::make_optional(*ages.begin()) : absl::nullopt;
}

v1::Sex SexSaidIn(absl::string_view question) {
  static const RE2& female = *new RE2(R"((?i)\b(?:woman|women|girls?|females?|lady)\b)");
  static const RE2& male = *new RE2(R"((?i)\b(?:man|men|boys?|males?|gentleman)\b)");
  if (Occurs(question, female) == Occurs(question, male)) return v1::SEX_UNSPECIFIED;
  return Occurs(question, female) ? v1::SEX_FEMALE : v1::SEX_MALE;
}

// "in a pregnant woman", "who is breastfeeding", "not pregnant"; unset where it is asked about otherwise ("Can she
// become pregnant?").
absl::optional<bool> PregnancySaidIn(absl::string_view question) {
  static const RE2& is_not = *new RE2(R"((?i)\b(?:non-?|not\s+|isn['’]t\s+)pregnant\b)");
  static const RE2& is = *new RE2(
      R"((?i)\bpregnant\s+(?:wom[ae]n|patients?|ladies|lady|females?|adolescents?|teenagers?)\b|\b(?:is|who['’]s|am|are)\s+(?:\d+\s+\w+\s+)?pregnant\b|\b(?:in|during)\s+pregnancy\b)");
  if (Occurs(question, is_not)) return false;
  return Occurs(question, is) ? absl::make_optional(true) : absl::nullopt;
}

absl::optional<bool> BreastfeedingSaidIn(absl::string_view question) {
  static const RE2& is_not = *new RE2(R"((?i)\b(?:non-?|not\s+)(?:breast-?\s?feeding|lactating)\b)");
  static const RE2& is = *new RE2(
      R"((?i)\b(?:breast-?\s?feeding|lactating)\s+(?:wom[ae]n|mothers?|patients?)\b|\b(?:is|am|are)\s+breast-?\s?feeding\b|\b(?:while|during|in)\s+(?:breast-?\s?feeding|lactation)\b)");
  if (Occurs(question, is_not)) return false;
  return Occurs(question, is) ? absl::make_optional(true) : absl::nullopt;
}

// A value, not a bound or a range, which is asked about.
absl::optional<double> EgfrSaidIn(absl::string_view question) {
  static const RE2& egfr = *new RE2(
      R"((?i)\be?gfr\s*(?:is|of|was|=|:)?\s*(\d{1,3}(?:\.\d+)?)(?:\s*(-|–|to|or|and)\s*(?:\d|below|above|less|more))?)");
  re2::StringPiece joint;
  double value = 0;
  if (!RE2::PartialMatch(re2::StringPiece(question.data(), question.size()), egfr, &value, &joint))
    return absl::nullopt;
  return joint.empty() ? absl::make_optional(value) : absl::nullopt;
}

std::string YesOrNo(bool is) { return is ? "yes" : "no"; }

}  // namespace

Patient PatientOf(const v1::PatientFacts& facts, absl::string_view question) {
  Patient patient;
  patient.age_years = AgeSaidIn(question);
  if (facts.has_age_years()) patient.age_years = facts.age_years();
  if (facts.has_age_months()) patient.age_years = facts.age_months() / kMonthsPerYear;
  patient.sex = facts.sex() != v1::SEX_UNSPECIFIED ? facts.sex() : SexSaidIn(question);
  patient.pregnant = facts.has_pregnant() ? absl::make_optional(facts.pregnant()) : PregnancySaidIn(question);
  patient.breastfeeding =
      facts.has_breastfeeding() ? absl::make_optional(facts.breastfeeding()) : BreastfeedingSaidIn(question);
  patient.egfr = facts.has_egfr() ? absl::make_optional(facts.egfr()) : EgfrSaidIn(question);
  const bool is_mother = patient.pregnant.value_or(false) || patient.breastfeeding.value_or(false);
  if (patient.sex == v1::SEX_UNSPECIFIED && is_mother) patient.sex = v1::SEX_FEMALE;
  return patient;
}

std::string FactLines(const PatientSummary& patient) {
  const v1::PatientFacts& facts = patient.facts;
  std::vector<std::string> lines;
  if (facts.has_age_years()) lines.push_back(absl::StrCat("Age: ", facts.age_years(), " years"));
  if (facts.has_age_months()) lines.push_back(absl::StrCat("Age: ", facts.age_months(), " months"));
  if (facts.sex() == v1::SEX_FEMALE) lines.push_back("Sex: female");
  if (facts.sex() == v1::SEX_MALE) lines.push_back("Sex: male");
  if (facts.has_pregnant()) lines.push_back(absl::StrCat("Pregnant: ", YesOrNo(facts.pregnant())));
  if (facts.has_breastfeeding()) lines.push_back(absl::StrCat("Breastfeeding: ", YesOrNo(facts.breastfeeding())));
  if (facts.has_egfr()) lines.push_back(absl::StrCat("eGFR: ", facts.egfr(), " mL/min/1.73 m2"));
  const std::string record = RecordLines(patient);
  if (!record.empty()) lines.push_back(record);
  return absl::StrJoin(lines, "\n");
}

std::string AgeText(double years) {
  // Below two years ages are told in months.
  constexpr double kYearsInMonths = 2;
  if (years >= kYearsInMonths) return absl::StrFormat("%d years old", static_cast<int>(std::floor(years)));
  return absl::StrFormat("%d months old", static_cast<int>(std::floor(years * kMonthsPerYear + 0.01)));
}

FactNames FactNamesOf(const Patient& patient) {
  FactNames names;
  const auto add = [&](const char* name, bool known) { (known ? names.known : names.missing).push_back(name); };
  add("age", patient.age_years.has_value());
  add("sex", patient.sex != v1::SEX_UNSPECIFIED);
  const bool is_male = patient.sex == v1::SEX_MALE;
  add("pregnant", patient.pregnant.has_value() || is_male);
  add("breastfeeding", patient.breastfeeding.has_value() || is_male);
  add("egfr", patient.egfr.has_value());
  return names;
}

}  // namespace bedside
