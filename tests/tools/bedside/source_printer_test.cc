#include "tools/bedside/source_printer.h"

#include <string>

#include "gmock/gmock.h"
#include "tests/tools/bedside/recorded_console.h"

namespace bedside {
namespace {

v1::Date DateOf(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST(DateTextTest, ShowsWhatIsKnown) {
  EXPECT_EQ(DateText(DateOf(2021, 5, 2)), "2021-05-02");
  EXPECT_EQ(DateText(DateOf(2021, 5, 0)), "2021-05");
  EXPECT_EQ(DateText(DateOf(2021, 0, 0)), "2021");
  EXPECT_EQ(DateText(v1::Date()), "no date");
}

TEST(PlaceTextTest, OfAPassageWithoutAPlaceIsEmpty) { EXPECT_EQ(PlaceText(v1::Passage()), ""); }

TEST(PrintSourceTest, ADocumentWithoutTitleSaysSo) {
  RecordedConsole recorded;
  PrintSource(v1::Document(), "[3] ", recorded.console);
  EXPECT_EQ(recorded.out.str(), "[3] (no title)\n    no date\n");
}

TEST(PlaceTextTest, IsHeadingsLabelAndPage) {
  v1::Passage passage;
  EXPECT_EQ(PlaceText(passage), "");
  passage.add_heading_path("Treatment");
  passage.add_heading_path("First line");
  passage.set_section_label("RESULTS");
  passage.set_page(3);
  EXPECT_EQ(PlaceText(passage), "Treatment > First line · RESULTS · page 3");
}

TEST(PlaceTextTest, SaysOnceWhatHeadingAndLabelBothSay) {
  v1::Passage passage;
  passage.add_heading_path("Study");
  passage.add_heading_path("Results");
  passage.set_section_label("RESULTS");
  EXPECT_EQ(PlaceText(passage), "Study > Results");
}

TEST(PrintSourceTest, EveryStatusButCurrentIsShown) {
  for (int number = v1::DOCUMENT_STATUS_CORRECTED; v1::DocumentStatus_IsValid(number); ++number) {
    RecordedConsole recorded;
    v1::Document document;
    document.set_status(static_cast<v1::DocumentStatus>(number));
    document.set_status_reason("said the feed");
    PrintSource(document, "", recorded.console);
    EXPECT_THAT(recorded.out.str(), testing::ContainsRegex("\n[A-Z ]+: said the feed\n"));
  }
  RecordedConsole recorded;
  v1::Document document;
  document.set_status(v1::DOCUMENT_STATUS_CURRENT);
  PrintSource(document, "", recorded.console);
  EXPECT_EQ(recorded.out.str(), "(no title)\nno date\n");
}

TEST(PrintSourceTest, ARetractionIsPrintedInAlarm) {
  RecordedConsole recorded;
  recorded.console.colour = true;
  v1::Document document;
  document.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  PrintSource(document, "", recorded.console);
  EXPECT_THAT(recorded.out.str(), testing::HasSubstr("\x1b[1;31mRETRACTED"));
}

TEST(PrintSourceTest, ASourceThatIsNotTrustedIsMarked) {
  RecordedConsole recorded;
  v1::Document document;
  document.set_source_set("forum");
  document.set_trust(v1::SOURCE_TRUST_UNREVIEWED);
  PrintSource(document, "", recorded.console);
  EXPECT_EQ(recorded.out.str(), "(no title)\nno date\nUNREVIEWED: source set forum is not trusted\n");
}

}  // namespace
}  // namespace bedside
