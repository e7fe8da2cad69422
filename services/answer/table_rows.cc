#include "services/answer/table_rows.h"

#include <re2/re2.h>

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/text/occurs.h"
#include "services/grounding/generic_terms.h"

namespace bedside {
namespace {

// Larger tables are no longer read at a glance.
constexpr size_t kSmallTable = 8;
// Words that stand beside numbers, and name no row without these.
constexpr char kWordsOfMeasures[] =
    "mg kg g ml mcg microgram micrograms mmol mmhg min over under above below up more less greater lower higher older "
    "younger";

std::string AgeText(const v1::PatientFacts& patient) {
  if (patient.has_age_months()) return absl::StrCat(patient.age_months(), " months");
  return patient.has_age_years() ? absl::StrCat(patient.age_years(), " years") : "";
}

bool IsOfRenalFunction(absl::string_view text) {
  static const RE2& renal = *new RE2(R"((?i)\b(?:e?GFR|CrCl|creatinine clearance)\b)");
  return Occurs(text, renal);
}

bool IsNumber(const std::string& term) {
  return absl::c_all_of(term, [](char c) { return !absl::ascii_isalpha(c); });
}

}  // namespace

TableRows::TableRows(const LexicalAnalyzer* analyzer, absl::string_view question, const v1::PatientFacts& patient)
    : analyzer_(analyzer),
      asked_values_(question),
      age_of_patient_(AgeText(patient)),
      egfr_of_patient_(patient.has_egfr() ? absl::StrCat(patient.egfr(), " mL/min") : "") {
  const TermSet& generic = GenericTerms(*analyzer);
  const TermSet measures = TermsOf(*analyzer, kWordsOfMeasures);
  for (const std::string& term : TermsOf(*analyzer, question)) {
    if (generic.count(term) == 0 && measures.count(term) == 0 && !IsNumber(term)) asked_terms_.insert(term);
  }
}

std::vector<RowUse> TableRows::UsesOf(const std::vector<std::string>& table, absl::string_view columns,
                                      size_t rows) const {
  const std::vector<bool> named = Named(table);
  const bool any_named = absl::c_linear_search(named, true);
  std::vector<RowUse> uses;
  for (size_t i = 0; i < table.size(); ++i) {
    const bool asked = (named[i] || !any_named) && HoldsValue(table[i], columns);
    uses.push_back(asked ? RowUse::kAskedFor : any_named ? RowUse::kAlone : RowUse::kNotAsked);
  }
  if (absl::c_linear_search(uses, RowUse::kAskedFor)) {
    std::replace_if(
        uses.begin(), uses.end(), [](RowUse use) { return use != RowUse::kAskedFor; }, RowUse::kNotAsked);
    return uses;
  }
  if (any_named) return uses;
  return std::vector<RowUse>(table.size(), rows <= kSmallTable ? RowUse::kWithTable : RowUse::kAlone);
}

// A question with numbers of its own is not about those of the patient.
bool TableRows::HoldsValue(absl::string_view row, absl::string_view columns) const {
  if (!asked_values_.empty()) return asked_values_.AreIn(row, columns);
  const bool is_of_renal_function = IsOfRenalFunction(row) || IsOfRenalFunction(columns);
  return age_of_patient_.AreIn(row, columns) || (is_of_renal_function && egfr_of_patient_.AreIn(row, columns));
}

// The rows that hold most of the terms of the question that stand in some rows only.
std::vector<bool> TableRows::Named(const std::vector<std::string>& table) const {
  std::vector<TermSet> rows;
  for (const std::string& row : table) rows.push_back(TermsOf(*analyzer_, row));
  std::vector<size_t> held(table.size(), 0);
  for (const std::string& term : asked_terms_) {
    const auto holds = [&term](const TermSet& row) { return row.count(term) != 0; };
    if (absl::c_all_of(rows, holds)) continue;
    for (size_t i = 0; i < rows.size(); ++i) held[i] += holds(rows[i]) ? 1 : 0;
  }
  const size_t most = held.empty() ? 0 : *absl::c_max_element(held);
  std::vector<bool> named;
  for (const size_t terms : held) named.push_back(terms > 0 && terms == most);
  return named;
}

}  // namespace bedside
