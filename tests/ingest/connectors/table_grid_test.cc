#include "ingest/connectors/table_grid.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(TableGridTest, JoinsHeaderRowsColumnByColumn) {
  TableGrid grid;
  grid.BeginRow(true);
  grid.AddCell("Drug", "", "2");
  grid.AddCell("Dose", "2", "");
  grid.BeginRow(true);
  grid.AddCell("Adult", "", "");
  grid.AddCell("Child", "", "");
  grid.BeginRow(false);
  for (const char* cell : {"Placebol", "10 mg", "5 mg"}) grid.AddCell(cell, "", "");
  EXPECT_THAT(grid.Header(), ElementsAre("Drug", "Dose Adult", "Dose Child"));
  EXPECT_THAT(grid.Body(), ElementsAre(ElementsAre("Placebol", "10 mg", "5 mg")));
}

TEST(TableGridTest, RepeatsACellThatSpansRows) {
  TableGrid grid;
  grid.BeginRow(false);
  grid.AddCell("Placebol", "1", "3");
  grid.AddCell("fever", "", "");
  grid.BeginRow(false);
  grid.AddCell("pain", "", "");
  grid.BeginRow(false);
  grid.AddCell("cough", "", "");
  grid.BeginRow(false);
  grid.AddCell("none", "", "");
  EXPECT_THAT(grid.Body(), ElementsAre(ElementsAre("Placebol", "fever"), ElementsAre("Placebol", "pain"),
                                       ElementsAre("Placebol", "cough"), ElementsAre("none")));
}

TEST(TableGridTest, ACellAcrossTheWholeRowStandsOnce) {
  TableGrid grid;
  grid.BeginRow(false);
  grid.AddCell("Children", "3", "");
  EXPECT_THAT(grid.Body(), ElementsAre(ElementsAre("Children")));
}

TEST(TableGridTest, CellsOfTheSameTextStayAsManyAsTheyAre) {
  TableGrid grid;
  grid.BeginRow(false);
  grid.AddCell("5 mg", "", "");
  grid.AddCell("5 mg", "", "");
  grid.BeginRow(false);
  grid.AddCell("none", "2", "");
  grid.AddCell("none", "", "");
  EXPECT_THAT(grid.Body(), ElementsAre(ElementsAre("5 mg", "5 mg"), ElementsAre("none", "none", "none")));
}

TEST(TableGridTest, ACellAcrossTwoWholeRowsStandsOnceInEach) {
  TableGrid grid;
  grid.BeginRow(false);
  grid.AddCell("Children", "2", "2");
  grid.BeginRow(false);
  grid.BeginRow(false);
  grid.AddCell("Adults", "2", "");
  EXPECT_THAT(grid.Body(), ElementsAre(ElementsAre("Children"), ElementsAre("Children"), ElementsAre("Adults")));
}

TEST(TableGridTest, ASpannedLastColumnIsFilled) {
  TableGrid grid;
  grid.BeginRow(false);
  grid.AddCell("a", "", "");
  grid.AddCell("both", "", "2");
  grid.BeginRow(false);
  grid.AddCell("b", "", "");
  grid.BeginRow(false);
  grid.AddCell("c", "", "");
  EXPECT_THAT(grid.Body(), ElementsAre(ElementsAre("a", "both"), ElementsAre("b", "both"), ElementsAre("c")));
}

TEST(TableGridTest, AHeaderRowBelowTheBodyIsBody) {
  TableGrid grid;
  grid.BeginRow(false);
  grid.AddCell("1", "", "");
  grid.BeginRow(true);
  grid.AddCell("Part two", "", "");
  EXPECT_THAT(grid.Header(), IsEmpty());
  EXPECT_THAT(grid.Body(), SizeIs(2));
}

TEST(TableGridTest, SpansThatMakeNoSenseCountAsOne) {
  TableGrid grid;
  grid.BeginRow(false);
  for (const char* span : {"0", "-3", "many", "1e9", "99999999999999999999999"}) grid.AddCell(span, span, span);
  EXPECT_THAT(grid.Body(), ElementsAre(SizeIs(5)));
}

TEST(TableGridTest, LimitsHostileSpans) {
  TableGrid grid;
  for (int row = 0; row < 3000; ++row) {
    grid.BeginRow(false);
    grid.AddCell("x", "1000000", "1000000");
  }
  size_t places = 0;
  for (const std::vector<std::string>& row : grid.Body()) places += row.size();
  EXPECT_LE(places, 200000u);
}

TEST(TableGridTest, LimitsTheTextThatSpansRepeat) {
  TableGrid grid;
  for (int row = 0; row < 1000; ++row) {
    grid.BeginRow(false);
    if (row == 0) grid.AddCell(std::string(3000, 'x'), "100", "1000");
    grid.AddCell("5 mg", "", "");
  }
  const std::vector<std::vector<std::string>> body = grid.Body();
  size_t bytes = 0;
  for (const std::vector<std::string>& row : body) {
    for (const std::string& cell : row) bytes += cell.size();
  }
  EXPECT_LE(bytes, 5u << 20);
  EXPECT_EQ(body[0][0].size(), 3000u);
  EXPECT_THAT(body[999], SizeIs(101));
  EXPECT_EQ(body[999][100], "5 mg") << "its own cells keep their text";
}

TEST(TableGridTest, AnEmptyGridHasNothing) {
  EXPECT_THAT(TableGrid().Header(), IsEmpty());
  EXPECT_THAT(TableGrid().Body(), IsEmpty());
}

}  // namespace
}  // namespace bedside
