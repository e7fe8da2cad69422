#include "ingest/connectors/publication_date.h"

#include "gtest/gtest.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

std::string Parsed(absl::string_view text) { return DateText(ParsePublicationDate(text)); }
std::string Fields(absl::string_view year, absl::string_view month, absl::string_view day) {
  return DateText(PublicationDate(year, month, day));
}

TEST(ParsePublicationDateTest, ReadsWhatPublishersWrite) {
  EXPECT_EQ(Parsed("2011-08-02"), "2011-08-02");
  EXPECT_EQ(Parsed("2011-08-02T10:00:00Z"), "2011-08-02");
  EXPECT_EQ(Parsed("2011/08"), "2011-08-00");
  EXPECT_EQ(Parsed("2003 Jan-Feb"), "2003-01-00");
  EXPECT_EQ(Parsed("1998 Dec-1999 Jan"), "1998-12-00");
  EXPECT_EQ(Parsed("2000 Dec 23-30"), "2000-12-23");
  EXPECT_EQ(Parsed("2000 Spring"), "2000-00-00");
  EXPECT_EQ(Parsed("2 August 2011"), "2011-08-02");
  EXPECT_EQ(Parsed("August 2, 2011"), "2011-08-02");
  EXPECT_EQ(Parsed("last reviewed: Sept 2011"), "2011-09-00");
}

TEST(ParsePublicationDateTest, ReadsNoFurtherThanIsCertain) {
  EXPECT_EQ(Parsed("04/05/2011"), "2011-00-00");
  EXPECT_EQ(Parsed("2011-13-45"), "2011-00-00");
  EXPECT_EQ(Parsed("2011-02-99"), "2011-02-00");
  EXPECT_EQ(Parsed("2024-02-31"), "2024-02-00");
  EXPECT_EQ(Parsed("31 April 2024"), "2024-04-00");
  EXPECT_EQ(Parsed("Mar Drugs. 2018"), "2018-00-00");
}

TEST(ParsePublicationDateTest, KnowsLeapYears) {
  EXPECT_EQ(Parsed("2024-02-29"), "2024-02-29");
  EXPECT_EQ(Parsed("2000-02-29"), "2000-02-29");
  EXPECT_EQ(Parsed("2023-02-29"), "2023-02-00");
  EXPECT_EQ(Parsed("1900-02-29"), "1900-02-00");
}

TEST(ParsePublicationDateTest, IsEmptyWithoutAYear) {
  for (absl::string_view text : {"", "n.d.", "August", "99999", "0000-01-01", "-", "\xFF\xFE"}) {
    EXPECT_EQ(Parsed(text), "0000-00-00") << text;
  }
}

TEST(PublicationDateTest, DropsWhatMakesNoSense) {
  EXPECT_EQ(Fields("2018", "05", "17"), "2018-05-17");
  EXPECT_EQ(Fields(" 2018 ", "May", ""), "2018-05-00");
  EXPECT_EQ(Fields("2018", "Mai?", "17"), "2018-00-00");
  EXPECT_EQ(Fields("2018", "Smarch", "17"), "2018-00-00");
  EXPECT_EQ(Fields("in press", "05", "17"), "0000-00-00");
}

}  // namespace
}  // namespace bedside
