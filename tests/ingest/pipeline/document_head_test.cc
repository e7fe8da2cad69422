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

DocumentHead Revision(int revised, const DocumentHead& head, int64_t place = 0) {
  DocumentHead revision = head;
  revision.last_revision.emplace().set_year(revised);
  revision.place = place;
  return revision;
}

DocumentHead Stating(v1::DocumentStatus status, int year) {
  DocumentHead head = Head(year, 0, 0, "", "a.md");
  head.stated_status = status;
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

// As in PubMed's baseline and its update files: a correction of the record may also set its date of publication back.
TEST(DocumentHeadTest, OfTwoRevisionsTheLaterPrevails) {
  ExpectPrevails(Revision(2024, Head(2019, 1, 0, "1", "n1300.xml")),
                 Revision(2021, Head(2020, 1, 1, "1", "n0001.xml")));
  ExpectPrevails(Revision(2021, Head(2019, 1, 0, "2", "a.xml")), Revision(2024, Head(2019, 1, 0, "1", "b.xml")));
  ExpectPrevails(Revision(2021, Head(2020, 0, 0, "1", "a.xml")), Revision(2021, Head(2019, 0, 0, "1", "b.xml")));
}

TEST(DocumentHeadTest, OfTwoRevisionsOfOneDayThoseOfTheLaterFileAndPlacePrevail) {
  ExpectPrevails(Revision(0, Head(2019, 0, 0, "1", "a/n1300.xml")), Revision(0, Head(2019, 0, 0, "1", "b/n0001.xml")));
  ExpectPrevails(Revision(0, Head(2019, 0, 0, "1", "a.xml"), 8), Revision(0, Head(2019, 0, 0, "1", "a.xml"), 7));
}

TEST(DocumentHeadTest, ALaterRevisionHasALaterDateOrAGreaterVersion) {
  const DocumentHead record = Revision(2021, Head(2019, 0, 0, "1", "a.xml"));
  EXPECT_TRUE(IsLaterRevision(Revision(2024, record), record));
  EXPECT_FALSE(IsLaterRevision(record, Revision(2024, record)));
  EXPECT_FALSE(IsLaterRevision(Revision(2021, Head(2020, 0, 0, "1", "b.xml")), record));
  EXPECT_TRUE(IsLaterRevision(Revision(2020, Head(2019, 0, 0, "2", "a.xml")), record));
  EXPECT_FALSE(IsLaterRevision(Head(2020, 0, 0, "2", "b.json"), record));
}

TEST(DocumentHeadTest, ARecordWithRevisionsPrevailsOverOneWithout) {
  ExpectPrevails(Revision(0, Head(2019, 0, 0, "", "b.xml")), Head(2020, 0, 0, "1", "a.json"));
}

TEST(DocumentHeadTest, AGraverStatusOfTheOtherIsTaken) {
  const auto kNone = v1::DOCUMENT_STATUS_UNSPECIFIED;
  EXPECT_EQ(StatusToTake(Stating(kNone, 2024), Stating(v1::DOCUMENT_STATUS_RETRACTED, 2019)),
            v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(StatusToTake(Stating(v1::DOCUMENT_STATUS_RETRACTED, 0), Stating(v1::DOCUMENT_STATUS_CORRECTED, 0)), kNone);
  EXPECT_EQ(StatusToTake(Stating(kNone, 0), Stating(v1::DOCUMENT_STATUS_CURRENT, 0)), kNone);
}

TEST(DocumentHeadTest, ALaterEditionIsNotSupersededWithTheEarlier) {
  const DocumentHead earlier = Stating(v1::DOCUMENT_STATUS_SUPERSEDED, 2019);
  EXPECT_EQ(StatusToTake(Stating(v1::DOCUMENT_STATUS_CURRENT, 2024), earlier), v1::DOCUMENT_STATUS_UNSPECIFIED);
  EXPECT_EQ(StatusToTake(Stating(v1::DOCUMENT_STATUS_CURRENT, 2019), earlier), v1::DOCUMENT_STATUS_SUPERSEDED);
}

TEST(DocumentHeadTest, AHeadIsTakenFromItsDocument) {
  storage::Document document;
  document.set_source_version("3");
  document.set_source("x.zip!y.xml");
  document.mutable_publication_date()->set_year(2019);
  const DocumentHead head = HeadOf(document, "version", 7);
  EXPECT_EQ(head.version, "version");
  EXPECT_EQ(head.source_version, "3");
  EXPECT_EQ(head.source, "x.zip!y.xml");
  EXPECT_EQ(head.publication_date.year(), 2019);
  EXPECT_EQ(head.version_read, "version");
  EXPECT_EQ(head.place, 7);
  EXPECT_FALSE(head.last_revision.has_value());
  document.mutable_last_revision();
  EXPECT_TRUE(HeadOf(document, "version", 0).last_revision.has_value());
}

}  // namespace
}  // namespace bedside
