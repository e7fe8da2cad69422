#include "index/engine/document_standing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Documents {
 public:
  // `external_ids`: scheme and value.
  storage::DocumentEntry& Add(const std::string& id,
                              const std::vector<std::pair<std::string, std::string>>& external_ids = {}) {
    storage::DocumentEntry& entry = *table_.add_entries();
    entry.set_id(id);
    for (const auto& [scheme, value] : external_ids) {
      entry.add_external_ids()->set_scheme(scheme);
      entry.mutable_external_ids()->rbegin()->set_value(value);
    }
    return entry;
  }
  Documents& Notice(storage::StatusNotice notice) {
    notices_.push_back(std::move(notice));
    return *this;
  }
  std::vector<Standing> Resolve() const { return ResolveStandings(LiveDocuments(table_), notices_); }
  std::vector<v1::DocumentStatus> Statuses(const SourceTrust& trust = SourceTrust()) const {
    std::vector<v1::DocumentStatus> statuses;
    for (const Standing& standing : ResolveStandings(LiveDocuments(table_), notices_, trust))
      statuses.push_back(standing.status);
    return statuses;
  }

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

storage::StatusNotice Withdrawal(const std::string& source_set) {
  storage::StatusNotice notice;
  notice.set_source_set(source_set);
  notice.set_status(v1::DOCUMENT_STATUS_WITHDRAWN);
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  notice.set_reason("planted");
  return notice;
}

constexpr v1::DocumentStatus kCurrent = v1::DOCUMENT_STATUS_CURRENT;
constexpr v1::DocumentStatus kSuperseded = v1::DOCUMENT_STATUS_SUPERSEDED;
constexpr v1::DocumentStatus kWithdrawn = v1::DOCUMENT_STATUS_WITHDRAWN;
constexpr v1::DocumentStatus kRetracted = v1::DOCUMENT_STATUS_RETRACTED;

TEST(SourceSetStandingTest, AWithdrawalIsOfEveryDocumentOfTheSetAndOfNoCopyElsewhere) {
  Documents documents;
  documents.Add("a", {{"doi", "10.1/x"}}).set_source_set("forum");
  documents.Add("b").set_source_set("forum");
  documents.Add("c", {{"doi", "10.1/x"}});
  documents.Add("d").set_source_set("forum-2");
  documents.Notice(Withdrawal("forum"));
  EXPECT_THAT(documents.Statuses(), ElementsAre(kWithdrawn, kWithdrawn, kCurrent, kCurrent));
  EXPECT_EQ(documents.Resolve()[0].reason, "operator: planted");
}

TEST(SourceSetStandingTest, DocumentsWithoutASetAreOfTheDefaultOne) {
  Documents documents;
  documents.Add("a");
  documents.Add("default");
  documents.Notice(Withdrawal("default"));
  EXPECT_THAT(documents.Statuses(), ElementsAre(kWithdrawn, kWithdrawn));
}

TEST(SourceSetStandingTest, ADocumentOfTheNameOfAWithdrawnSetStays) {
  Documents documents;
  documents.Add("forum");
  documents.Notice(Withdrawal("forum"));
  EXPECT_THAT(documents.Statuses(), ElementsAre(kCurrent));
}

TEST(SourceSetStandingTest, WhatIsNotTrustedSupersedesNothingThatIs) {
  Documents documents;
  documents.Add("guideline");
  storage::DocumentEntry& planted = documents.Add("planted");
  planted.set_source_set("forum");
  planted.add_supersedes("guideline");
  EXPECT_THAT(documents.Statuses(), ElementsAre(kCurrent, kCurrent));
  planted.clear_source_set();
  EXPECT_THAT(documents.Statuses(), ElementsAre(kSuperseded, kCurrent));
}

TEST(SourceSetStandingTest, WhatIsNotTrustedSupersedesItsLike) {
  Documents documents;
  documents.Add("post").set_source_set("forum");
  storage::DocumentEntry& later = documents.Add("later");
  later.set_source_set("forum");
  later.add_supersedes("post");
  EXPECT_THAT(documents.Statuses(), ElementsAre(kSuperseded, kCurrent));
}

TEST(SourceSetStandingTest, WhatIsNotTrustedRetractsNothingThatIs) {
  Documents documents;
  documents.Add("trial", {{"doi", "10.1/x"}});
  storage::DocumentEntry& planted = documents.Add("planted", {{"doi", "10.1/x"}});
  planted.set_source_set("forum");
  planted.set_stated_status(kRetracted);
  EXPECT_THAT(documents.Statuses(), ElementsAre(kCurrent, kRetracted));
}

TEST(SourceSetStandingTest, WhatIsNotTrustedConnectsNoCopies) {
  Documents documents;
  storage::DocumentEntry& planted = documents.Add("planted", {{"doi", "10.1/x"}, {"doi", "10.1/y"}});
  planted.set_source_set("forum");
  documents.Add("retracted", {{"doi", "10.1/x"}}).set_stated_status(kRetracted);
  documents.Add("trial", {{"doi", "10.1/y"}});
  EXPECT_THAT(documents.Statuses(), ElementsAre(kRetracted, kRetracted, kCurrent));
}

TEST(SourceSetStandingTest, ACopyThatIsNotTrustedHearsOfARetraction) {
  Documents documents;
  documents.Add("copy", {{"pmid", "7"}}).set_source_set("forum");
  documents.Add("trial", {{"pmid", "7"}, {"doi", "10.1/x"}});
  documents.Notice(NoticeOnDoi("10.1/X", kRetracted));
  EXPECT_THAT(documents.Statuses(), ElementsAre(kRetracted, kRetracted));
}

TEST(SourceSetStandingTest, ASuccessorThatIsNotTrustedIsAsGoodAsOneThatIsNotHere) {
  Documents documents;
  documents.Add("old").add_superseded_by("new");
  storage::DocumentEntry& planted = documents.Add("new");
  planted.set_source_set("forum");
  planted.set_stated_status(kRetracted);
  EXPECT_THAT(documents.Statuses(), ElementsAre(kSuperseded, kRetracted));
}

TEST(SourceSetStandingTest, WhatIsWithdrawnWithItsSetSaysNothingAnyMore) {
  Documents documents;
  documents.Add("trial", {{"doi", "10.1/x"}});
  documents.Add("guideline");
  storage::DocumentEntry& planted = documents.Add("planted", {{"doi", "10.1/x"}});
  planted.set_stated_status(kRetracted);
  planted.set_source_set("forum");
  planted.add_supersedes("guideline");
  documents.Notice(Withdrawal("forum"));
  config::IndexConfig config;
  config.add_trusted_source_sets("default");
  config.add_trusted_source_sets("forum");
  EXPECT_THAT(documents.Statuses(SourceTrust(config)), ElementsAre(kCurrent, kCurrent, kRetracted));
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

// A retraction is of the work: another copy of it must not be served.
TEST(DocumentStandingTest, ARetractionReachesEveryCopyOfTheWork) {
  Documents documents;
  documents.Add("medline", {{"pmid", "7"}, {"doi", "10.1/X"}}).set_stated_status(v1::DOCUMENT_STATUS_RETRACTED);
  documents.Add("jats", {{"doi", "10.1/x"}, {"pmcid", "PMC9"}});
  documents.Add("page", {{"pmcid", "PMC9"}});
  documents.Add("another work", {{"doi", "10.1/y"}});
  const std::vector<Standing> standings = documents.Resolve();
  EXPECT_EQ(standings[0].reason, "stated by the document");
  EXPECT_EQ(standings[1].status, v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(standings[1].reason, "stated by medline, another copy");
  EXPECT_EQ(standings[2].status, v1::DOCUMENT_STATUS_RETRACTED) << "through the second copy";
  EXPECT_EQ(standings[3].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, ANoticeOnOneIdentifierReachesACopyThatHasOnlyAnother) {
  Documents documents;
  documents.Add("medline", {{"pmid", "7"}, {"doi", "10.1/x"}});
  documents.Add("snippet", {{"pmid", "7"}});
  documents.Notice(NoticeOnDoi("10.1/x", v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN));
  EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN);
}

TEST(DocumentStandingTest, ADeletedCopyStillTellsTheOthersThatItWasRetracted) {
  Documents documents;
  documents.Add("a", {{"pmid", "7"}}).set_stated_status(v1::DOCUMENT_STATUS_RETRACTED);
  documents.Add("b", {{"pmid", "7"}});
  documents.Notice(NoticeOn("a", v1::DOCUMENT_STATUS_DELETED));
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_DELETED);
  EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_RETRACTED);
}

TEST(DocumentStandingTest, WhatIsOfOneCopyStaysWithIt) {
  for (const auto status : {v1::DOCUMENT_STATUS_SUPERSEDED, v1::DOCUMENT_STATUS_DELETED}) {
    Documents documents;
    documents.Add("a", {{"pmid", "7"}}).set_stated_status(status);
    documents.Add("b", {{"pmid", "7"}});
    EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_CURRENT);
  }
  Documents documents;
  documents.Add("a", {{"pmid", "7"}});
  documents.Add("b", {{"pmid", "7"}});
  documents.Notice(NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED));
  EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_CURRENT) << "a notice on an id means that document";
}

TEST(DocumentStandingTest, APageThatShowsTwoDocumentsDoesNotConnectThem) {
  Documents documents;
  documents.Add("a", {{"url", "https://example.org/list"}}).set_stated_status(v1::DOCUMENT_STATUS_WITHDRAWN);
  documents.Add("b", {{"url", "https://example.org/list"}});
  EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST(DocumentStandingTest, ASuccessorThatWasRetractedLeavesTheOldDocumentInForce) {
  Documents documents;
  documents.Add("old").add_superseded_by("NEW");
  documents.Add("new").set_stated_status(v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_CURRENT);
}

// The next import no longer has the deleted document, and must change nothing.
TEST(DocumentStandingTest, ADeletedDocumentCountsAsNotBeingHere) {
  for (const bool imported_since : {false, true}) {
    Documents documents;
    documents.Add("says so itself").add_superseded_by("new");
    documents.Add("does not");
    if (!imported_since) documents.Add("new").add_supersedes("does not");
    documents.Notice(NoticeOn("new", v1::DOCUMENT_STATUS_DELETED));
    EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_SUPERSEDED) << imported_since;
    EXPECT_EQ(documents.Resolve()[1].status, v1::DOCUMENT_STATUS_CURRENT) << imported_since;
  }
}

TEST(DocumentStandingTest, ADocumentDoesNotSupersedeItself) {
  Documents documents;
  storage::DocumentEntry& entry = documents.Add("a");
  entry.add_superseded_by("a");
  entry.add_supersedes("a");
  EXPECT_EQ(documents.Resolve()[0].status, v1::DOCUMENT_STATUS_CURRENT);
}

}  // namespace
}  // namespace bedside
