#include "ingest/pipeline/notice_ledger.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

storage::StatusNotice Notice(const std::string& doi, v1::DocumentStatus status, int year = 2020,
                             const std::string& reason = "feed.csv") {
  storage::StatusNotice notice;
  notice.mutable_external_id()->set_scheme("doi");
  notice.mutable_external_id()->set_value(doi);
  notice.set_status(status);
  notice.mutable_date()->set_year(year);
  notice.set_origin(storage::STATUS_ORIGIN_FEED);
  notice.set_reason(reason);
  return notice;
}

storage::StatusNotice Deletion(const std::string& id) {
  storage::StatusNotice notice;
  notice.set_document_id(id);
  notice.set_status(v1::DOCUMENT_STATUS_DELETED);
  notice.set_origin(storage::STATUS_ORIGIN_DELETION);
  return notice;
}

TEST(NoticeLedgerTest, WhatIsAnnouncedFirstIsNewsFromAFeed) {
  NoticeLedger ledger({});
  storage::StatusNotice notice = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED);
  notice.set_origin(storage::STATUS_ORIGIN_UNSPECIFIED);
  ledger.Announce(notice);
  ASSERT_EQ(ledger.News().size(), 1u);
  EXPECT_EQ(ledger.News()[0].origin(), storage::STATUS_ORIGIN_FEED);
  EXPECT_EQ(ledger.announced(), 1);
}

TEST(NoticeLedgerTest, WhatIsInForceIsNoNews) {
  NoticeLedger ledger({Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED)});
  ledger.Announce(Notice("10.1/X", v1::DOCUMENT_STATUS_RETRACTED, 2021, "another.csv"));
  EXPECT_TRUE(ledger.News().empty());
  EXPECT_EQ(ledger.announced(), 1);
}

TEST(NoticeLedgerTest, ACorrectionDoesNotHideARetractionInWhateverOrderTheyCome) {
  const storage::StatusNotice corrected = Notice("10.1/x", v1::DOCUMENT_STATUS_CORRECTED, 2022);
  const storage::StatusNotice retracted = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2021);
  for (const auto& order : {std::vector{corrected, retracted}, std::vector{retracted, corrected}}) {
    NoticeLedger ledger({});
    for (const storage::StatusNotice& notice : order) ledger.Announce(notice);
    ASSERT_EQ(ledger.News().size(), 1u);
    EXPECT_EQ(ledger.News()[0].status(), v1::DOCUMENT_STATUS_RETRACTED);
  }
  NoticeLedger later({retracted});
  later.Announce(corrected);
  EXPECT_TRUE(later.News().empty());
}

TEST(NoticeLedgerTest, AGraverNoticeThanTheOneInForceIsNews) {
  NoticeLedger ledger({Notice("10.1/x", v1::DOCUMENT_STATUS_CORRECTED)});
  ledger.Announce(Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED));
  EXPECT_EQ(ledger.News().size(), 1u);
}

TEST(NoticeLedgerTest, OfEquallyGraveNoticesTheOrderDoesNotMatter) {
  const storage::StatusNotice early = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2019, "z");
  const storage::StatusNotice late = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2020, "a");
  for (const auto& order : {std::vector{early, late}, std::vector{late, early}}) {
    NoticeLedger ledger({});
    for (const storage::StatusNotice& notice : order) ledger.Announce(notice);
    EXPECT_EQ(ledger.News()[0].reason(), "z");
  }
}

TEST(NoticeLedgerTest, ALaterReinstatementTakesBack) {
  const storage::StatusNotice retracted = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2019);
  const storage::StatusNotice reinstated = Notice("10.1/x", v1::DOCUMENT_STATUS_CURRENT, 2021);
  NoticeLedger known({retracted});
  known.Announce(reinstated);
  ASSERT_EQ(known.News().size(), 1u);
  EXPECT_EQ(known.News()[0].status(), v1::DOCUMENT_STATUS_CURRENT);
  for (const auto& order : {std::vector{retracted, reinstated}, std::vector{reinstated, retracted}}) {
    NoticeLedger ledger({});
    for (const storage::StatusNotice& notice : order) ledger.Announce(notice);
    EXPECT_TRUE(ledger.News().empty());
  }
}

TEST(NoticeLedgerTest, AReinstatementBeforeOrOfUnknownDateTakesNothingBack) {
  const storage::StatusNotice retracted = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2021);
  storage::StatusNotice undated = Notice("10.1/x", v1::DOCUMENT_STATUS_CURRENT);
  undated.clear_date();
  for (const auto& reinstated : {Notice("10.1/x", v1::DOCUMENT_STATUS_CURRENT, 2019), undated}) {
    NoticeLedger known({retracted});
    known.Announce(reinstated);
    EXPECT_TRUE(known.News().empty());
    NoticeLedger ledger({});
    ledger.Announce(reinstated);
    ledger.Announce(retracted);
    ASSERT_EQ(ledger.News().size(), 1u);
    EXPECT_EQ(ledger.News()[0].status(), v1::DOCUMENT_STATUS_RETRACTED);
  }
}

TEST(NoticeLedgerTest, AReinstatementOfUnknownDateDoesNotHideADatedOne) {
  const storage::StatusNotice dated = Notice("10.1/x", v1::DOCUMENT_STATUS_CURRENT, 2021);
  storage::StatusNotice undated = dated;
  undated.clear_date();
  for (const auto& order : {std::vector{undated, dated}, std::vector{dated, undated}}) {
    NoticeLedger ledger({Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2020)});
    for (const storage::StatusNotice& notice : order) ledger.Announce(notice);
    ASSERT_EQ(ledger.News().size(), 1u);
    EXPECT_EQ(ledger.News()[0].status(), v1::DOCUMENT_STATUS_CURRENT);
  }
}

TEST(NoticeLedgerTest, WhatCameAfterAReinstatementStands) {
  const storage::StatusNotice retracted = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2014);
  const storage::StatusNotice reinstated = Notice("10.1/x", v1::DOCUMENT_STATUS_CURRENT, 2015);
  const storage::StatusNotice doubted = Notice("10.1/x", v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, 2018);
  for (const auto& in_force : {std::vector<storage::StatusNotice>(), std::vector{retracted}}) {
    NoticeLedger ledger(in_force);
    for (const auto& notice : {doubted, retracted, reinstated}) ledger.Announce(notice);
    ASSERT_EQ(ledger.News().size(), 1u);
    EXPECT_EQ(ledger.News()[0].status(), v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN);
  }
  NoticeLedger again({doubted});
  for (const auto& notice : {doubted, retracted, reinstated}) again.Announce(notice);
  EXPECT_TRUE(again.News().empty());
}

TEST(NoticeLedgerTest, AReinstatementOfWhatNobodyDoubtedIsNoNews) {
  NoticeLedger ledger({});
  ledger.Announce(Notice("10.1/x", v1::DOCUMENT_STATUS_CURRENT, 2021));
  EXPECT_TRUE(ledger.News().empty());
}

TEST(NoticeLedgerTest, NoticesOfDifferentSubjectsAreKeptApart) {
  NoticeLedger ledger({});
  ledger.Announce(Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED));
  ledger.Announce(Notice("10.1/y", v1::DOCUMENT_STATUS_CORRECTED));
  storage::StatusNotice by_id;
  by_id.set_document_id("10.1/x");
  by_id.set_status(v1::DOCUMENT_STATUS_WITHDRAWN);
  ledger.Announce(by_id);
  EXPECT_EQ(ledger.News().size(), 3u);
}

// What an operator says of a document does not make the word of a feed old news.
TEST(NoticeLedgerTest, NoticesOfOtherOriginsDoNotCount) {
  storage::StatusNotice by_operator = Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED);
  by_operator.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  NoticeLedger ledger({by_operator});
  ledger.Announce(Notice("10.1/x", v1::DOCUMENT_STATUS_CORRECTED));
  EXPECT_EQ(ledger.News().size(), 1u);
}

TEST(NoticeLedgerTest, ANoticeWithoutAStatusSaysNothing) {
  NoticeLedger ledger({Notice("10.1/x", v1::DOCUMENT_STATUS_RETRACTED, 2019)});
  ledger.Announce(Notice("10.1/x", v1::DOCUMENT_STATUS_UNSPECIFIED, 2021));
  EXPECT_TRUE(ledger.News().empty());
  EXPECT_EQ(ledger.announced(), 0);
}

TEST(NoticeLedgerTest, OnlyDeletionsDelete) {
  storage::StatusNotice withdrawn = Deletion("b");
  withdrawn.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  const NoticeLedger ledger({Deletion("a"), withdrawn});
  EXPECT_TRUE(ledger.IsDeleted("a"));
  EXPECT_FALSE(ledger.IsDeleted("b"));
  EXPECT_FALSE(ledger.IsDeleted("c"));
}

}  // namespace
}  // namespace bedside
