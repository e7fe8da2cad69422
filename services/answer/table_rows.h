// Which rows of a table answer a question: one row quoted alone, "over 12 years: 500 micrograms", misleads who asks
// about a child. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_TABLE_ROWS_H_
#define BEDSIDE_SERVICES_ANSWER_TABLE_ROWS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "proto/bedside/v1/patient_facts.pb.h"
#include "services/answer/value_ranges.h"
#include "services/grounding/term_set.h"

namespace bedside {

enum class RowUse {
  // By itself: a word of the question names this row or another one, or the table is large. Also what is no row.
  kAlone,
  // With all rows of its table: no word of the question tells them apart, and no number, or one that none holds.
  kWithTable,
  // It has a range that holds a number of the question; where words name rows, it is one of these.
  kAskedFor,
  // Another row of its table is asked for.
  kNotAsked,
};

class TableRows {
 public:
  // `analyzer` must outlive it. `patient`: whose age and renal function stand for the numbers that a question leaves
  // out, the renal function in tables of that.
  TableRows(const LexicalAnalyzer* analyzer, absl::string_view question, const v1::PatientFacts& patient);

  // For each of the rows that are known of a table; `columns`: their names; `rows`: how many the whole table has.
  // Linear in the text of the rows.
  std::vector<RowUse> UsesOf(const std::vector<std::string>& table, absl::string_view columns, size_t rows) const;

 private:
  std::vector<bool> Named(const std::vector<std::string>& table) const;
  bool HoldsValue(absl::string_view row, absl::string_view columns) const;

  const LexicalAnalyzer* analyzer_;
  // Without generic words, numbers and the words beside these.
  TermSet asked_terms_;
  AskedValues asked_values_;
  AskedValues age_of_patient_;
  AskedValues egfr_of_patient_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_TABLE_ROWS_H_
