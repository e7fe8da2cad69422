#include "ingest/pipeline/document_head.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

DocumentHead Head(int year, int month, int day, const std::string& source_version, const std::string& source) {
  DocumentHead head;
  head.publication_date.set_year(year);
  head.publication_date.set_month(month);
  head.publication_date.set_day(day);
  head.source_version = source_version;
  head.source = source;
  return head;
}

void ExpectPrevails(const DocumentHead& a, const DocumentHead& b) {
  EXPECT_TRUE(Prevails(a, b));
  EXPECT_FALSE(Prevails(b, a));
}

TEST(DocumentHeadTest, TheLaterDatePrevailsOverVersionAndName) {
  ExpectPrevails(Head(2021, 1, 1, "1", "b"), Head(2020, 12, 31, "2", "a"));
  ExpectPrevails(Head(2021, 3, 0, "1", "b"), Head(2021, 2, 28, "2", "a"));
}

TEST(DocumentHeadTest, AnUnknownPartOfADateIsEarlierThanAny) {
  ExpectPrevails(Head(2021, 1, 0, "", "b"), Head(2021, 0, 0, "", "a"));
  ExpectPrevails(Head(1990, 0, 0, "", "b"), Head(0, 0, 0, "", "a"));
}

TEST(DocumentHeadTest, ThenTheGreaterVersionAsANumberWhereBothAre) {
  ExpectPrevails(Head(2021, 1, 1, "10", "b"), Head(2021, 1, 1, "9", "a"));
  ExpectPrevails(Head(2021, 1, 1, "v2", "b"), Head(2021, 1, 1, "v1", "a"));
  ExpectPrevails(Head(2021, 1, 1, "1", "b"), Head(2021, 1, 1, "", "a"));
}

TEST(DocumentHeadTest, ThenTheSmallerSourceName) {
  ExpectPrevails(Head(2021, 1, 1, "1", "a.md"), Head(2021, 1, 1, "1", "b.md"));
}

TEST(DocumentHeadTest, NeitherOfTwoAlikePrevails) {
  const DocumentHead head = Head(2021, 1, 1, "1", "a.md");
  EXPECT_FALSE(Prevails(head, head));
}

TEST(DocumentHeadTest, AHeadIsTakenFromItsDocument) {
  storage::Document document;
  document.set_source_version("3");
  document.set_source("x.zip!y.xml");
  document.mutable_publication_date()->set_year(2019);
  const DocumentHead head = HeadOf(document, "version");
  EXPECT_EQ(head.version, "version");
  EXPECT_EQ(head.source_version, "3");
  EXPECT_EQ(head.source, "x.zip!y.xml");
  EXPECT_EQ(head.publication_date.year(), 2019);
}

}  // namespace
}  // namespace bedside
