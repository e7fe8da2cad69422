#include "ingest/connectors/status_feed_connector.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/mutation.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kWatchHeader[] =
    "Record ID,Title,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason\n";

SourceFile File(const std::string& bytes) { return {"feed.csv", "csv", bytes}; }

RecordingSink Read(const std::string& bytes) {
  RecordingSink sink;
  EXPECT_TRUE(StatusFeedConnector().Recognises(File(bytes)));
  StatusFeedConnector().Read(File(bytes), sink);
  return sink;
}

// "pmid:1 RETRACTED 2014-08-05".
std::vector<std::string> Notices(const RecordingSink& sink) {
  std::vector<std::string> notices;
  for (const storage::StatusNotice& notice : sink.notices) {
    EXPECT_EQ(notice.origin(), storage::STATUS_ORIGIN_FEED);
    const std::string subject = notice.has_document_id()
                                    ? notice.document_id()
                                    : absl::StrCat(notice.external_id().scheme(), ":", notice.external_id().value());
    const std::string status = v1::DocumentStatus_Name(notice.status()).substr(sizeof("DOCUMENT_STATUS_") - 1);
    notices.push_back(absl::StrCat(subject, " ", status, " ", DateText(notice.date())));
  }
  return notices;
}

TEST(StatusFeedConnectorTest, RecognisesTheTwoHeaders) {
  EXPECT_TRUE(StatusFeedConnector().Recognises(File(kWatchHeader)));
  EXPECT_TRUE(StatusFeedConnector().Recognises(File("status,value,scheme\n")));
  EXPECT_FALSE(StatusFeedConnector().Recognises(File("name,value\n")));
  EXPECT_FALSE(StatusFeedConnector().Recognises(File("")));
  EXPECT_FALSE(StatusFeedConnector().Recognises({"feed.txt", "txt", kWatchHeader}));
}

TEST(StatusFeedConnectorTest, GivesANoticeForEachIdentifierOfARetraction) {
  const RecordingSink sink = Read(absl::StrCat(
      kWatchHeader, "7,\"Tea, again\",8/5/2014 0:00,10.1000/r,9,10.1000/ABC,12,Retraction,+Error in Data;+Notice;\n"));
  EXPECT_THAT(sink.problems, IsEmpty());
  EXPECT_THAT(sink.documents, IsEmpty());
  EXPECT_THAT(Notices(sink), ElementsAre("doi:10.1000/abc RETRACTED 2014-08-05", "pmid:12 RETRACTED 2014-08-05"));
  EXPECT_EQ(sink.notices[0].reason(), "feed.csv: Retraction: Error in Data; Notice");
}

TEST(StatusFeedConnectorTest, ReadsEveryNature) {
  const RecordingSink sink = Read(absl::StrCat(kWatchHeader, "1,t,1/2/2020 0:00,,,unavailable,1,Correction,\n",
                                               "2,t,,,,,2,Expression of concern,\n", "3,t,,,,,3,Reinstatement,\n"));
  EXPECT_THAT(sink.problems, IsEmpty());
  EXPECT_THAT(Notices(sink), ElementsAre("pmid:1 CORRECTED 2020-01-02", "pmid:2 EXPRESSION_OF_CONCERN 0000-00-00",
                                         "pmid:3 CURRENT 0000-00-00"));
}

TEST(StatusFeedConnectorTest, ReportsRetractionsThatNameNoPaper) {
  const RecordingSink sink =
      Read(absl::StrCat(kWatchHeader, "1,t,,,,unavailable,0,Retraction,\n", "2,t,,,,,5,Praise,\n"));
  EXPECT_THAT(sink.notices, IsEmpty());
  ASSERT_THAT(sink.problems, SizeIs(2));
  EXPECT_EQ(sink.problems[0].location(), "line 2");
  EXPECT_EQ(sink.problems[1].location(), "line 3");
  EXPECT_THAT(sink.problems[1].reason(), HasSubstr("Praise"));
}

TEST(StatusFeedConnectorTest, ReadsOurOwnList) {
  const RecordingSink sink = Read(
      "scheme,value,status,date,reason\npmid,123,retracted,2024-05-31,fraud\nDOI,doi:10.1000/X,withdrawn,,\n"
      "id,old guideline,superseded,2020,\n");
  EXPECT_THAT(sink.problems, IsEmpty());
  EXPECT_THAT(Notices(sink), ElementsAre("pmid:123 RETRACTED 2024-05-31", "doi:10.1000/x WITHDRAWN 0000-00-00",
                                         "old%20guideline SUPERSEDED 2020-00-00"));
  EXPECT_EQ(sink.notices[0].reason(), "feed.csv: fraud");
  EXPECT_EQ(sink.notices[1].reason(), "feed.csv");
}

TEST(StatusFeedConnectorTest, KnowsItsSchemesByTheirOtherNamesAndNoOthers) {
  const RecordingSink sink = Read(
      "scheme,value,status\nPubMed,5,retracted\npmc,3,retracted\nURL,https://example.org/x,withdrawn\n"
      "isbn,978,retracted\nid,,retracted\n");
  EXPECT_THAT(Notices(sink), ElementsAre("pmid:5 RETRACTED 0000-00-00", "pmcid:PMC3 RETRACTED 0000-00-00",
                                         "url:https://example.org/x WITHDRAWN 0000-00-00"));
  ASSERT_THAT(sink.problems, SizeIs(2));
  EXPECT_EQ(sink.problems[0].location(), "line 5");
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("wanted pmid, pmcid, doi, url or id, got 'isbn'"));
}

TEST(StatusFeedConnectorTest, AQuotationMarkLeftOpenTakesNoOtherRowWithIt) {
  const RecordingSink sink = Read(
      "scheme,value,status,date,reason\npmid,1,retracted,,\"open\npmid,2,retracted,,\npmid,3,retracted,,\"fine\"\n");
  EXPECT_THAT(Notices(sink), ElementsAre("pmid:2 RETRACTED 0000-00-00", "pmid:3 RETRACTED 0000-00-00"));
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_EQ(sink.problems[0].location(), "line 2");
}

TEST(StatusFeedConnectorTest, ARowOfSeveralLinesIsMentioned) {
  const RecordingSink sink =
      Read("scheme,value,status,date,reason\npmid,1,retracted,,\"open\npmid,2,retracted,,\npmid,3,retracted,,\"\n");
  EXPECT_THAT(Notices(sink), ElementsAre("pmid:1 RETRACTED 0000-00-00"));
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_EQ(sink.problems[0].location(), "lines 2 to 4");
}

TEST(StatusFeedConnectorTest, ReportsBadRowsAndGoesOn) {
  const RecordingSink sink = Read(
      "scheme,value,status,date,reason\npmid,x,retracted,,\npmid,1,gone,,\npmid,1,retracted,soon,\npmid,1\n"
      "pmid,1,deleted,,\n,1,retracted,,\n\"pmid\"x,1,retracted,,\npmid,2,retracted,,\n");
  EXPECT_THAT(Notices(sink), ElementsAre("pmid:2 RETRACTED 0000-00-00"));
  ASSERT_THAT(sink.problems, SizeIs(7));
  for (int i = 0; i < 7; ++i) EXPECT_EQ(sink.problems[i].location(), "line " + std::to_string(i + 2));
}

TEST(StatusFeedConnectorTest, CutsLongReasonsAtACharacter) {
  std::string reason;
  for (int i = 0; i < 400; ++i) reason += "\xc3\xa9";
  const RecordingSink sink = Read("scheme,value,status,reason\npmid,1,retracted," + reason + "\n");
  ASSERT_THAT(sink.notices, SizeIs(1));
  EXPECT_EQ(sink.notices[0].reason().size(), 500u);
}

TEST(StatusFeedConnectorTest, SurvivesDamage) {
  std::mt19937 random(9);
  const std::string bytes = absl::StrCat(kWatchHeader, "7,\"Tea\",8/5/2014 0:00,a,9,10.1000/ABC,12,Retraction,+E;\n");
  for (int round = 0; round < 2000; ++round) {
    RecordingSink sink;
    StatusFeedConnector().Read(File(Mutated(bytes, random)), sink);
    for (const storage::StatusNotice& notice : sink.notices) ASSERT_FALSE(notice.SerializeAsString().empty());
  }
}

}  // namespace
}  // namespace bedside
