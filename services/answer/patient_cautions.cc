#include "services/answer/patient_cautions.h"

#include <re2/re2.h>

#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/text/occurs.h"
#include "services/answer/cited_evidence.h"
#include "services/patient/patient_lines.h"
#include "services/patient/substances.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

// mL/min/1.73 m2: stages G3 and worse of KDIGO 2024.
constexpr double kReducedEgfr = 60;

using Cautions = std::vector<v1::PatientCaution>;
using Substances = std::vector<NamedSubstance>;

struct Place {
  std::string text;
  Substances named;
};

// A piece of evidence that an answer cites.
struct Cited {
  int number;
  // What is cited, headings and title, from the claim outwards.
  std::vector<Place> places;
  // The whole passage as it may be shown.
  std::string passage;
  // Of the first place that names any.
  Substances drugs;
};

// By number, with all bytes that are cited.
std::map<int, std::string> CitedTexts(const v1::AnswerText& answer, const std::vector<EvidencePassage>& evidence) {
  std::map<int, std::string> texts;
  ForEachCitation(answer, evidence, [&](int number, const EvidencePassage& cited, const v1::Span& span) {
    absl::StrAppend(&texts[number], ShownText(*cited.document, span.begin(), span.end()), "\n");
  });
  return texts;
}

Place PlaceOf(std::string text) {
  Substances named = SubstancesIn(text);
  return {std::move(text), std::move(named)};
}

Substances DrugsOf(const Place& place) {
  Substances drugs;
  absl::c_copy_if(place.named, std::back_inserter(drugs), IsDrug);
  return drugs;
}

Cited CitedOf(int number, const std::string& text, const EvidencePassage& evidence) {
  const storage::Document& document = *evidence.document;
  const storage::Passage& passage = evidence.passage;
  Cited cited{number};
  cited.places = {PlaceOf(text),
                  PlaceOf(absl::StrCat(absl::StrJoin(passage.heading_path(), "\n"), "\n", passage.context())),
                  PlaceOf(document.title())};
  cited.passage = std::string(ShownText(document, passage.begin(), passage.end()));
  for (const Place& place : cited.places) {
    if (cited.drugs.empty()) cited.drugs = DrugsOf(place);
  }
  return cited;
}

v1::PatientCaution Caution(v1::PatientCautionKind kind, int number, std::string patient, std::string evidence) {
  v1::PatientCaution caution;
  caution.set_kind(kind);
  caution.set_evidence_number(number);
  caution.set_patient(std::move(patient));
  caution.set_evidence(std::move(evidence));
  return caution;
}

// "amoxicillin, one of the penicillins".
std::string NameOf(const NamedSubstance& named) {
  if (named.drug_class.empty() || named.names_class) return named.name;
  return absl::StrCat(named.name, ", one of the ", named.drug_class);
}

// What `cited` names that the patient has an allergy to; empty: nothing. `of_allergy`: what `display` names.
std::string NamedIn(const Cited& cited, const Substances& of_allergy, const std::string& display) {
  for (const Place& place : cited.places) {
    for (const NamedSubstance& named : place.named) {
      const auto is_it = [&](const NamedSubstance& other) { return AreRelated(named, other); };
      if (absl::c_any_of(of_allergy, is_it)) return NameOf(named);
    }
    const bool by_words =
        of_allergy.empty() && absl::StrContains(absl::AsciiStrToLower(place.text), absl::AsciiStrToLower(display));
    if (by_words) return display;
  }
  return "";
}

void AddAllergies(const PatientSummary& patient, const std::vector<Cited>& all, Cautions* cautions) {
  std::vector<std::string> others;
  for (const v1::PatientAllergy& allergy : patient.allergies) {
    const std::string& display = allergy.substance().display();
    const Substances of_allergy = SubstancesIn(display);
    bool found = false;
    for (const Cited& cited : all) {
      const std::string named = NamedIn(cited, of_allergy, display);
      if (named.empty()) continue;
      found = true;
      cautions->push_back(Caution(v1::PATIENT_CAUTION_KIND_ALLERGY, cited.number, AllergyText(allergy), named));
    }
    if (!found) others.push_back(AllergyText(allergy));
  }
  const bool on_drugs = absl::c_any_of(all, [](const Cited& cited) { return !cited.drugs.empty(); });
  if (!on_drugs) return;
  if (!others.empty()) {
    cautions->push_back(Caution(v1::PATIENT_CAUTION_KIND_OTHER_ALLERGIES, 0, absl::StrJoin(others, "; "), ""));
  }
  if (patient.unread_allergies > 0) {
    cautions->push_back(
        Caution(v1::PATIENT_CAUTION_KIND_ALLERGY_NOT_READ, 0, absl::StrCat(patient.unread_allergies), ""));
  }
}

bool SpeaksOfKidneys(absl::string_view text) {
  static const RE2& kidneys = *new RE2(
      R"((?i)\b(?:e?GFR|CrCl|CKD|creatinine clearance|(?:renal|kidney) (?:impairment|function|failure|insufficiency|disease|dos\w+)|renally|dialysis)\b)");
  return Occurs(text, kidneys);
}

// "eGFR 28 mL/min/1.73 m2 (by CKD-EPI 2021 from the creatinine, 12 days ago)".
std::string EgfrText(const PatientSummary& patient) {
  const KnownValue* known = patient.Find("egfr");
  if (known == nullptr || known->is_stale || known->value != patient.facts.egfr()) {
    return absl::StrCat("eGFR ", patient.facts.egfr(), " mL/min/1.73 m2");
  }
  const std::string how = known->formula.empty() ? "" : absl::StrCat("by ", known->formula, " from the creatinine, ");
  return absl::StrCat(ValueText(*known), " (", how, *known->age_days, " days ago)");
}

// The newest that is too old; null: there is none.
const KnownValue* StaleRenalValue(const PatientSummary& patient) {
  for (const char* name : {"egfr", "creatinine"}) {
    const KnownValue* known = patient.Find(name);
    if (known != nullptr && known->is_stale) return known;
  }
  return nullptr;
}

void AddRenal(const PatientSummary& patient, const std::vector<Cited>& all, Cautions* cautions) {
  const Cited* first = nullptr;
  bool addressed = false;
  for (const Cited& cited : all) {
    if (cited.drugs.empty()) continue;
    if (first == nullptr) first = &cited;
    const bool speaks = SpeaksOfKidneys(cited.passage) ||
                        absl::c_any_of(cited.places, [](const Place& place) { return SpeaksOfKidneys(place.text); });
    if (!speaks || !patient.facts.has_egfr()) continue;
    addressed = true;
    cautions->push_back(
        Caution(v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION, cited.number, EgfrText(patient), NameOf(cited.drugs.front())));
  }
  if (first == nullptr) return;
  const KnownValue* stale = StaleRenalValue(patient);
  if (patient.facts.has_egfr() && patient.facts.egfr() < kReducedEgfr && !addressed) {
    cautions->push_back(Caution(v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION_NOT_ADDRESSED, first->number, EgfrText(patient),
                                NameOf(first->drugs.front())));
  } else if (!patient.facts.has_egfr() && stale != nullptr) {
    const std::string age = stale->age_days.has_value() ? absl::StrCat(*stale->age_days, " days ago") : "of no date";
    cautions->push_back(Caution(v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION_STALE, first->number,
                                absl::StrCat(ValueText(*stale), " (", age, ")"), NameOf(first->drugs.front())));
  }
}

bool HasNothingToThinkOf(const PatientSummary& patient) {
  return patient.allergies.empty() && patient.unread_allergies == 0 && !patient.facts.has_egfr() &&
         StaleRenalValue(patient) == nullptr;
}

std::string MessageOf(const v1::PatientCaution& caution) {
  const std::string cited = absl::StrCat("[", caution.evidence_number(), "]");
  switch (caution.kind()) {
    case v1::PATIENT_CAUTION_KIND_ALLERGY:
      return absl::StrCat("Allergy: ", cited, " names ", caution.evidence(),
                          "; the patient's record has an allergy to ", caution.patient(), ".");
    case v1::PATIENT_CAUTION_KIND_OTHER_ALLERGIES:
      return absl::StrCat("Allergies of the patient's record: ", caution.patient(),
                          ". None was found by name in what is cited.");
    case v1::PATIENT_CAUTION_KIND_ALLERGY_NOT_READ:
      return absl::StrCat("Allergies of the patient's record that could not be read and were compared with nothing: ",
                          caution.patient(), ". Look them up there.");
    case v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION:
      return absl::StrCat("Renal function: the patient is at ", caution.patient(), "; ", cited, " on ",
                          caution.evidence(), " says what to do by renal function.");
    case v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION_NOT_ADDRESSED:
      return absl::StrCat("Renal function: the patient is at ", caution.patient(), "; what is cited on ",
                          caution.evidence(), " does not speak of renal function.");
    case v1::PATIENT_CAUTION_KIND_RENAL_FUNCTION_STALE:
      return absl::StrCat("Renal function: the last value of the patient's record, ", caution.patient(),
                          ", is too old to be relied on for ", caution.evidence(), ".");
    default:
      return caution.patient();
  }
}

}  // namespace

Cautions FindCautions(const PatientSummary& patient, const v1::AnswerText& answer,
                      const std::vector<EvidencePassage>& evidence) {
  if (HasNothingToThinkOf(patient)) return {};
  std::vector<Cited> all;
  for (const auto& [number, text] : CitedTexts(answer, evidence)) {
    all.push_back(CitedOf(number, text, evidence[static_cast<size_t>(number) - 1]));
  }
  Cautions cautions;
  AddAllergies(patient, all, &cautions);
  AddRenal(patient, all, &cautions);
  return cautions;
}

v1::AnswerWarning CautionWarning(const v1::PatientCaution& caution) {
  v1::AnswerWarning warning;
  warning.set_kind(v1::WARNING_KIND_PATIENT_CAUTION);
  warning.set_message(MessageOf(caution));
  return warning;
}

}  // namespace bedside
