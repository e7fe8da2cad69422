#include "services/answer/table_rows.h"

#include <algorithm>

#include "gtest/gtest.h"

namespace bedside {
namespace {

class TableRowsTest : public testing::Test {
 protected:
  RowUse UseOf(absl::string_view question, const std::string& row, size_t rows = 3) {
    return UseOf(question, table_, row, rows);
  }

  RowUse UseOf(absl::string_view question, const std::vector<std::string>& table, const std::string& row,
               size_t rows = 3) {
    const std::vector<RowUse> uses = TableRows(analyzer_.get(), question, patient_).UsesOf(table, columns_, rows);
    return uses[static_cast<size_t>(std::find(table.begin(), table.end(), row) - table.begin())];
  }

  const std::string adults_ = "over 12 years and adults | 500 micrograms";
  const std::string children_ = "6 to 12 years | 300 micrograms";
  const std::string infants_ = "below 6 months | 100 micrograms, see neonatology";
  const std::vector<std::string> table_ = {adults_, children_, infants_};
  std::string columns_ = "Who | Dose";
  v1::PatientFacts patient_;
  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
};

TEST_F(TableRowsTest, RowsThatTheQuestionDoesNotTellApartStandTogether) {
  EXPECT_EQ(UseOf("What is the dose of adrenaline?", adults_), RowUse::kWithTable);
  EXPECT_EQ(UseOf("What is the dose of adrenaline for adults?", children_), RowUse::kWithTable)
      << "the words of any clinical text pick out nothing";
  EXPECT_EQ(UseOf("How many micrograms?", adults_), RowUse::kWithTable) << "all rows hold it";
}

TEST_F(TableRowsTest, LargeTableIsNotQuotedWhole) {
  EXPECT_EQ(UseOf("What is the dose of adrenaline?", adults_, 8), RowUse::kWithTable);
  EXPECT_EQ(UseOf("What is the dose of adrenaline?", adults_, 9), RowUse::kAlone);
}

TEST_F(TableRowsTest, WordOfTheQuestionPicksRowsOut) {
  EXPECT_EQ(UseOf("What does neonatology give?", infants_), RowUse::kAlone);
  EXPECT_EQ(UseOf("What does neonatology give?", adults_), RowUse::kAlone);
}

TEST_F(TableRowsTest, NumberOfTheQuestionPicksTheRowWhoseRangeHoldsIt) {
  EXPECT_EQ(UseOf("What is the dose in a child of eight years?", children_), RowUse::kAskedFor);
  EXPECT_EQ(UseOf("What is the dose in a child of eight years?", adults_), RowUse::kNotAsked);
  EXPECT_EQ(UseOf("What is the dose in a child of eight years?", infants_), RowUse::kNotAsked);
}

TEST_F(TableRowsTest, AgeOfThePatientStandsForANumberThatTheQuestionLeavesOut) {
  patient_.set_age_years(8);
  EXPECT_EQ(UseOf("What is the dose of adrenaline?", children_), RowUse::kAskedFor);
  EXPECT_EQ(UseOf("What is the dose of adrenaline?", adults_), RowUse::kNotAsked);
  EXPECT_EQ(UseOf("What is the dose in a patient of 15 years?", adults_), RowUse::kAskedFor) << "the question says it";
  patient_.set_age_months(4);
  EXPECT_EQ(UseOf("What is the dose of adrenaline?", infants_), RowUse::kAskedFor);
}

TEST_F(TableRowsTest, RenalFunctionOfThePatientIsForTablesOfThat) {
  patient_.set_egfr(38);
  const std::vector<std::string> rows = {"45 to 59 | 2,000 mg", "30 to 44 | 1,000 mg", "below 30 | none"};
  EXPECT_EQ(UseOf("What is the highest dose of metformin?", rows, rows[1]), RowUse::kWithTable) << "it is of who knows";
  columns_ = "eGFR (mL/min/1.73 m²) | Dose";
  EXPECT_EQ(UseOf("What is the highest dose of metformin?", rows, rows[1]), RowUse::kAskedFor);
  EXPECT_EQ(UseOf("What is the highest dose of metformin?", rows, rows[2]), RowUse::kNotAsked);
  patient_.set_egfr(8);
  EXPECT_EQ(UseOf("What is the highest dose of metformin?", rows, rows[2]), RowUse::kAskedFor);
}

TEST_F(TableRowsTest, RangeOfTheQuestionPicksTheRowsThatOverlapIt) {
  EXPECT_EQ(UseOf("What is the dose in children over 12 years?", adults_), RowUse::kAskedFor);
  EXPECT_EQ(UseOf("What is the dose in children over 12 years?", children_), RowUse::kNotAsked);
  EXPECT_EQ(UseOf("What is the dose in a child under 6 years?", infants_), RowUse::kAskedFor);
}

TEST_F(TableRowsTest, NumberPicksOnlyAmongTheRowsThatWordsName) {
  const std::string apixaban = "Apixaban | 5 mg | creatinine clearance 15 to 29 mL/min";
  const std::string rivaroxaban = "Rivaroxaban | 20 mg | creatinine clearance 15 to 49 mL/min";
  const std::vector<std::string> drugs = {apixaban, rivaroxaban};
  const char* question = "What is the dose of apixaban when creatinine clearance is 40 mL/min?";
  EXPECT_EQ(UseOf(question, drugs, apixaban), RowUse::kAlone);
  EXPECT_EQ(UseOf(question, drugs, rivaroxaban), RowUse::kAlone);
  EXPECT_EQ(UseOf("Apixaban when creatinine clearance is 20 mL/min?", drugs, apixaban), RowUse::kAskedFor);
  EXPECT_EQ(UseOf("Apixaban when creatinine clearance is 20 mL/min?", drugs, rivaroxaban), RowUse::kNotAsked);
}

TEST_F(TableRowsTest, NumberThatNoRowHoldsLeavesTheTableWhole) {
  const std::vector<std::string> doses = {"30 to 44 | 1,000 mg", "below 30 | stop"};
  EXPECT_EQ(UseOf("How much at an eGFR of 90?", doses, doses[0]), RowUse::kWithTable);
  EXPECT_EQ(UseOf("Is 1,000 mg of it safe?", doses, doses[0]), RowUse::kWithTable);
}

}  // namespace
}  // namespace bedside
