#include "services/answer/context_query.h"

#include <re2/re2.h>

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "index/text/occurs.h"
#include "services/grounding/generic_terms.h"
#include "services/grounding/term_set.h"
#include "services/patient/substances.h"

namespace bedside {
namespace {

constexpr size_t kMostNames = 5;

// Of many problems, so that they name none.
constexpr char kWordsOfAnyProblem[] =
    "acute chronic disease disorder syndrome condition finding history of stage type grade class mild moderate severe "
    "primary secondary essential unspecified without complication due to risk high low left right pain normal";

using Names = std::vector<std::string>;

void Add(const Names& names, Names* referred) {
  for (const std::string& name : names) {
    if (referred->size() < kMostNames && !absl::c_linear_search(*referred, name)) referred->push_back(name);
  }
}

// Without strengths and forms, which no passage is found by; of several drugs in one, each.
Names DrugNames(const PatientSummary& patient) {
  Names names;
  for (const std::string& drug : patient.drugs) {
    const size_t before = names.size();
    for (NamedSubstance& substance : SubstancesIn(drug)) {
      if (IsDrug(substance) && !substance.names_class) names.push_back(std::move(substance.name));
    }
    if (names.size() == before) names.push_back(drug);
  }
  return names;
}

// What is asked of as a whole.
void AddKindsNamed(absl::string_view question, const PatientSummary& patient, Names* referred) {
  static const RE2& problems = *new RE2(
      R"((?i)\b(?:co-?morbid\w*|multi-?morbid\w*|(?:his|her|their|(?:this|the) patient['’]s|my|other|existing|underlying)\s+(?:(?:other|existing|underlying|current|active|medical)\s+)*(?:conditions?|problems?|diagnos[ei]s|diseases?|illness(?:es)?))\b)");
  static const RE2& drugs = *new RE2(
      R"((?i)\b(?:(?:his|her|their|(?:this|the) patient['’]s|my|current|other|existing|regular|these)\s+(?:(?:other|existing|current|regular)\s+)*(?:medications?|medicines?|drugs|tablets|prescriptions?)|poly-?pharmacy|drug\s+interactions?)\b)");
  static const RE2& procedures = *new RE2(
      R"((?i)\b(?:his|her|their|my|(?:this|the) patient['’]s|recent|previous|past)\s+(?:operations?|surgery|surgeries|procedures?)\b)");
  static const RE2& orders =
      *new RE2(R"((?i)\b(?:this|the|these|his|her|their)\s+(?:orders?|requests?|ordered tests?|referrals?)\b)");
  if (Occurs(question, problems)) Add(patient.problems, referred);
  if (Occurs(question, drugs)) Add(DrugNames(patient), referred);
  if (Occurs(question, procedures)) Add(patient.procedures, referred);
  if (Occurs(question, orders)) Add(patient.service_requests, referred);
}

// Whether the question says itself which one it is about: "type 1", "stage 3b".
bool SaysWhich(absl::string_view question) {
  static const RE2& which = *new RE2(R"((?i)\b(?:type|stage|grade|class|category)\s+(?:\d|[iv]+\b))");
  return Occurs(question, which);
}

// Problems that a word of the question names and that say more.
void AddProblemsNamed(absl::string_view question, const PatientSummary& patient, const LexicalAnalyzer& analyzer,
                      Names* referred) {
  if (patient.problems.empty() || SaysWhich(question)) return;
  const TermSet asked = TermsOf(analyzer, question);
  const TermSet& generic = GenericTerms(analyzer);
  const TermSet of_any = TermsOf(analyzer, kWordsOfAnyProblem);
  for (const std::string& problem : patient.problems) {
    const TermSet terms = TermsOf(analyzer, problem);
    const bool names_it = absl::c_any_of(terms, [&](const std::string& term) {
      return asked.count(term) != 0 && generic.count(term) == 0 && of_any.count(term) == 0;
    });
    if (names_it && !absl::c_includes(asked, terms)) Add({problem}, referred);
  }
}

// Drugs of a class that the question names, and not a drug of it.
void AddDrugsOfClasses(absl::string_view question, const PatientSummary& patient, Names* referred) {
  if (patient.drugs.empty()) return;
  for (const NamedSubstance& asked : SubstancesIn(question)) {
    if (!asked.names_class) continue;
    for (const std::string& drug : DrugNames(patient)) {
      const bool is_member =
          absl::c_any_of(SubstancesIn(drug), [&](const NamedSubstance& taken) { return AreRelated(asked, taken); });
      if (is_member) Add({drug}, referred);
    }
  }
}

// With what stands before and behind them in a question.
std::string Insertion(const Names& names) { return absl::StrCat(" (", absl::StrJoin(names, ", "), ")"); }

}  // namespace

Names ReferredTo(absl::string_view question, const PatientSummary& patient, const LexicalAnalyzer& analyzer) {
  Names referred;
  AddKindsNamed(question, patient, &referred);
  AddProblemsNamed(question, patient, analyzer, &referred);
  AddDrugsOfClasses(question, patient, &referred);
  return referred;
}

std::string WithContext(absl::string_view question, const Names& names) {
  if (names.empty()) return std::string(question);
  const size_t end = question.find_last_not_of(" \t\n?.!") + 1;
  return absl::StrCat(question.substr(0, end), Insertion(names), question.substr(end));
}

absl::optional<std::string> WithoutContext(absl::string_view corrected, const Names& names) {
  std::string question(corrected);
  if (names.empty()) return question;
  const std::string insertion = Insertion(names);
  const size_t at = question.rfind(insertion);
  if (at == std::string::npos) return absl::nullopt;
  return question.erase(at, insertion.size());
}

}  // namespace bedside
