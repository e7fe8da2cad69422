#include "services/answer/table_rows.h"

#include "absl/algorithm/container.h"
#include "services/answer/generic_terms.h"

namespace bedside {
namespace {

// Larger tables are no longer read at a glance.
constexpr size_t kSmallTable = 8;

}  // namespace

TableRows::TableRows(const LexicalAnalyzer* analyzer, absl::string_view question)
    : analyzer_(analyzer), asked_terms_(TermsOf(*analyzer, question)), asked_values_(question) {
  for (const std::string& term : GenericTerms(*analyzer)) asked_terms_.erase(term);
}

std::vector<RowUse> TableRows::UsesOf(const std::vector<std::string>& table, size_t rows) const {
  std::vector<RowUse> uses;
  for (const std::string& row : table) {
    uses.push_back(asked_values_.AreIn(row) ? RowUse::kAskedFor : RowUse::kNotAsked);
  }
  if (absl::c_linear_search(uses, RowUse::kAskedFor)) return uses;
  const RowUse use = rows <= kSmallTable && !PicksOut(table) ? RowUse::kWithTable : RowUse::kAlone;
  return std::vector<RowUse>(table.size(), use);
}

// Whether a term of the question stands in some rows only.
bool TableRows::PicksOut(const std::vector<std::string>& table) const {
  std::vector<TermSet> rows;
  for (const std::string& row : table) rows.push_back(TermsOf(*analyzer_, row));
  return absl::c_any_of(asked_terms_, [&rows](const std::string& term) {
    const auto holders = absl::c_count_if(rows, [&term](const TermSet& row) { return row.count(term) != 0; });
    return holders > 0 && static_cast<size_t>(holders) < rows.size();
  });
}

}  // namespace bedside
