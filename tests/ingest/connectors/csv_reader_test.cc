#include "ingest/connectors/csv_reader.h"

#include <random>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "line: field|field" for each record, with "!" where it is not well-formed.
std::vector<std::string> Read(absl::string_view text) {
  CsvReader reader(text);
  std::vector<std::string> records;
  while (const absl::optional<CsvRecord> record = reader.Next()) {
    records.push_back(std::to_string(record->line) + (record->well_formed ? ": " : "! ") +
                      absl::StrJoin(record->fields, "|"));
  }
  return records;
}

TEST(CsvReaderTest, ReadsRecordsAndFields) {
  EXPECT_THAT(Read("a,b\r\nc,\r\n,\r\n"), ElementsAre("1: a|b", "2: c|", "3: |"));
  EXPECT_THAT(Read("a,b\nc"), ElementsAre("1: a|b", "2: c"));
}

TEST(CsvReaderTest, ReadsQuotedFields) {
  EXPECT_THAT(Read("\"a,b\",\"say \"\"x\"\"\"\n\"\",z\n"), ElementsAre("1: a,b|say \"x\"", "2: |z"));
}

TEST(CsvReaderTest, CountsLinesInsideFields) {
  EXPECT_THAT(Read("\"a\nb\r\nc\",d\ne\n"), ElementsAre("1: a\nb\r\nc|d", "4: e"));
}

TEST(CsvReaderTest, SaysWhichLinesARecordTakes) {
  CsvReader reader("\n\"a\nb\",c\nd");
  const absl::optional<CsvRecord> first = reader.Next();
  EXPECT_EQ(first->line, 2u);
  EXPECT_EQ(first->last_line, 3u);
  EXPECT_EQ(reader.Next()->last_line, 4u);
}

TEST(CsvReaderTest, PassesOverEmptyLinesAndTheByteOrderMark) {
  EXPECT_THAT(Read("\xef\xbb\xbf\n\na\n\n\nb"), ElementsAre("3: a", "6: b"));
  EXPECT_THAT(Read(""), IsEmpty());
  EXPECT_THAT(Read("\r\n\n"), IsEmpty());
}

TEST(CsvReaderTest, KeepsAnEmptyQuotedRecord) { EXPECT_THAT(Read("\"\"\n"), ElementsAre("1: ")); }

TEST(CsvReaderTest, TakesQuotationMarksInPlainFieldsAsTheyAre) {
  EXPECT_THAT(Read("a \"b\",5\" tube\n"), ElementsAre("1: a \"b\"|5\" tube"));
}

TEST(CsvReaderTest, MarksWhatIsMalformedAndGoesOn) {
  EXPECT_THAT(Read("\"a\"x,b\nc\n"), ElementsAre("1! ax|b", "2: c"));
  EXPECT_THAT(Read("a\n\"b,c\nd\n"), ElementsAre("1: a", "2! b,c", "3: d"));
  EXPECT_THAT(Read("\"a\r\nb,\"c\"\nd\n"), ElementsAre("1! a", "2: b|c", "3: d"));
  EXPECT_THAT(Read("x,\""), ElementsAre("1! x|"));
}

// What is written by the rules comes back.
TEST(CsvReaderTest, RoundTripsRandomFields) {
  std::mt19937 random(13);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> fields(1 + random() % 4);
    std::vector<std::string> quoted;
    for (std::string& field : fields) {
      for (size_t i = random() % 6; i > 0; --i) field.push_back(",\"\n\rab"[random() % 6]);
      std::string escaped;
      for (char c : field) escaped += c == '"' ? std::string("\"\"") : std::string(1, c);
      quoted.push_back("\"" + escaped + "\"");
    }
    const std::string text = absl::StrJoin(quoted, ",") + "\r\n";
    CsvReader reader(text);
    const absl::optional<CsvRecord> record = reader.Next();
    ASSERT_TRUE(record.has_value());
    EXPECT_TRUE(record->well_formed);
    EXPECT_EQ(record->fields, fields);
    EXPECT_FALSE(reader.Next().has_value());
  }
}

}  // namespace
}  // namespace bedside
