#include "index/engine/document_standing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::HasSubstr;

class Documents {
 public:
  storage::DocumentEntry& Add(const std::string& id) {
    storage::DocumentEntry& entry = *table_.add_entries();
    entry.set_id(id);
    return entry;
  }
  Documents& Notice(storage::StatusNotice notice) {
    notices_.push_back(std::move(notice));
    return *this;
  }
  std::vector<Standing> Resolve() const { return ResolveStandings(table_, notices_); }

 private:
  storage::DocumentTable table_;
  std::vector<storage::StatusNotice> notices_;
};

storage::StatusNotice NoticeOn(const std::string& document, v1::DocumentStatus status) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  return notice;
}

storage::StatusNotice NoticeOnDoi(const std::string& doi, v1::DocumentStatus status) {
  storage::StatusNotice notice;
  notice.mutable_external_id()->set_scheme("doi");
  notice.mutable_external_id()->set_value(doi);
  notice.set_status(status);
  notice.set_origin(storage::STATUS_ORIGIN_FEED);
  return notice;
}

TEST(DocumentStandingTest, IsCurrentWhenNobodySaysOtherwise) {
  Documents documents;
  documents.Add("a");
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_CURRENT);
  EXPECT_EQ(documents.Resolve()[0].reason, "");
}

TEST(DocumentStandingTest, BelievesTheDocumentsOwnWord) {
  Documents documents;
  documents.Add("a").set_stated_status(v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_RETRACTED);
}

TEST(DocumentStandingTest, SupersedesWhatANewerDocumentReplacesWhateverItSaysItself) {
  Documents documents;
  documents.Add("old").set_stated_status(v1::DOCUMENT_STATUS_CURRENT);
  documents.Add("new").add_supersedes("OLD");
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_SUPERSEDED);
  EXPECT_THAT(documents.Resolve()[0].reason, HasSubstr("new"));
  EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, SupersedesByAnExternalIdentifierToo) {
  Documents documents;
  v1::ExternalId& id = *documents.Add("old").add_external_ids();
  id.set_scheme("doi");
  id.set_value("10.1/X");
  documents.Add("new").add_supersedes("10.1/x");
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_SUPERSEDED);
}

TEST(DocumentStandingTest, SupersedesWhatSaysSoItself) {
  Documents documents;
  documents.Add("old").add_superseded_by("a document that is not here");
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_SUPERSEDED);
}

TEST(DocumentStandingTest, KeepsTheOldDocumentWhenTheNewOneWasRetracted) {
  Documents documents;
  documents.Add("old");
  documents.Add("new").add_supersedes("old");
  documents.Notice(NoticeOn("new", v1::DOCUMENT_STATUS_RETRACTED));
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, DoesNotLetADocumentSupersedeItself) {
  Documents documents;
  documents.Add("a").add_supersedes("a");
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, AppliesANoticeToEveryDocumentWithTheIdentifier) {
  Documents documents;
  for (const char* name : {"abstract", "full-text"}) {
    v1::ExternalId& id = *documents.Add(name).add_external_ids();
    id.set_scheme("doi");
    id.set_value("10.1/aBc");
  }
  documents.Add("other");
  documents.Notice(NoticeOnDoi("10.1/ABC", v1::DOCUMENT_STATUS_RETRACTED));
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(documents.Resolve()[2].status, v1::DOCUMENT_STATUS_CURRENT);
}

// A deletion must not reach a document that happens to be called alike elsewhere.
TEST(DocumentStandingTest, AppliesANoticeOnAnIdToTheDocumentOfExactlyThisId) {
  Documents documents;
  documents.Add("12345");
  documents.Add("Abc");
  documents.Add("abc");
  v1::ExternalId& id = *documents.Add("other").add_external_ids();
  id.set_scheme("pmid");
  id.set_value("12345");
  documents.Notice(NoticeOn("12345", v1::DOCUMENT_STATUS_DELETED));
  documents.Notice(NoticeOn("Abc", v1::DOCUMENT_STATUS_DELETED));
  const std::vector<Standing> standings = documents.Resolve();
  EXPECT_EQ(standings[0].status, v1::DOCUMENT_STATUS_DELETED);
  EXPECT_EQ(standings[1].status, v1::DOCUMENT_STATUS_DELETED);
  EXPECT_EQ(standings[2].status, v1::DOCUMENT_STATUS_CURRENT);
  EXPECT_EQ(standings[3].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, KeepsIdentifiersOfDifferentSchemesApart) {
  Documents documents;
  v1::ExternalId& id = *documents.Add("a").add_external_ids();
  id.set_scheme("pmid");
  id.set_value("10.1/abc");
  documents.Notice(NoticeOnDoi("10.1/abc", v1::DOCUMENT_STATUS_RETRACTED));
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, LetsANoticeOnADocumentThatIsNotHereWait) {
  Documents documents;
  documents.Add("a");
  documents.Notice(NoticeOn("not here", v1::DOCUMENT_STATUS_DELETED));
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, LetsTheGravestWordWin) {
  Documents documents;
  documents.Add("a").set_stated_status(v1::DOCUMENT_STATUS_RETRACTED);
  documents.Notice(NoticeOn("a", v1::DOCUMENT_STATUS_CORRECTED));
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_RETRACTED);
}

TEST(DocumentStandingTest, DoesNotLetAConcernHideASupersession) {
  Documents documents;
  documents.Add("old").set_stated_status(v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN);
  documents.Add("new").add_supersedes("old");
  EXPECT_FALSE(IsInForce(documents.Resolve()[0].status, false));
}

TEST(DocumentStandingTest, OffersOnlyWhatIsInForce) {
  EXPECT_TRUE(IsInForce(v1::DOCUMENT_STATUS_CURRENT, false));
  EXPECT_TRUE(IsInForce(v1::DOCUMENT_STATUS_CORRECTED, false));
  EXPECT_TRUE(IsInForce(v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, false));
  EXPECT_FALSE(IsInForce(v1::DOCUMENT_STATUS_SUPERSEDED, false));
  EXPECT_TRUE(IsInForce(v1::DOCUMENT_STATUS_SUPERSEDED, true));
  for (v1::DocumentStatus status :
       {v1::DOCUMENT_STATUS_WITHDRAWN, v1::DOCUMENT_STATUS_RETRACTED, v1::DOCUMENT_STATUS_DELETED}) {
    EXPECT_FALSE(IsInForce(status, true)) << v1::DocumentStatus_Name(status);
  }
}

}  // namespace
}  // namespace bedside
