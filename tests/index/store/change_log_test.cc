#include "index/store/change_log.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

storage::StatusNotice Notice(const std::string& document, v1::DocumentStatus status,
                             storage::StatusOrigin origin = storage::STATUS_ORIGIN_OPERATOR) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(origin);
  return notice;
}

storage::StatusNotice NoticeOnDoi(const std::string& doi) {
  storage::StatusNotice notice;
  notice.mutable_external_id()->set_scheme("doi");
  notice.mutable_external_id()->set_value(doi);
  notice.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  return notice;
}

storage::Change Requested(const std::string& corpus, const storage::StatusNotice& notice,
                          const std::string& request_id = "") {
  storage::Change change = StatusChange(corpus, notice, 0);
  change.set_request_id(request_id);
  return change;
}

class ChangeLogTest : public DatabaseFixture {
 protected:
  void SetUp() override { Restart(); }

  void Restart(Database::Access access = Database::Access::kReadWrite) {
    log_.reset();
    Reopen(access);
    auto log = ChangeLog::Create(database_.get());
    ASSERT_THAT(log, IsOk());
    log_ = *std::move(log);
  }

  std::vector<v1::DocumentStatus> Statuses(const std::string& corpus) {
    std::vector<v1::DocumentStatus> statuses;
    const auto notices = log_->Notices(corpus);
    EXPECT_THAT(notices, IsOk());
    for (const storage::StatusNotice& notice : *notices) statuses.push_back(notice.status());
    return statuses;
  }

  std::unique_ptr<ChangeLog> log_;
};

TEST_F(ChangeLogTest, CountsChangesFromOne) {
  EXPECT_EQ(log_->last_sequence(), 0u);
  const storage::Change change = Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN));
  EXPECT_EQ(*log_->Append({change, change}), 2u);
  Restart();
  EXPECT_EQ(log_->last_sequence(), 2u);
  EXPECT_EQ(*log_->Append({change}), 3u);
}

TEST_F(ChangeLogTest, RemembersWhenTheLastStatusOfACorpusWasRecorded) {
  EXPECT_EQ(log_->NumberedNotices("c")->status_time_micros, 0);
  const storage::StatusNotice notice = Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN);
  ASSERT_THAT(log_->Append({StatusChange("c", notice, 5), StatusChange("c", notice, 7)}), IsOk());
  storage::Change activation;
  activation.set_corpus("c");
  activation.set_activated_generation("g");
  activation.set_time_micros(9);
  ASSERT_THAT(log_->Append({activation, StatusChange("other", notice, 10)}), IsOk());
  Restart();
  EXPECT_EQ(log_->NumberedNotices("c")->status_time_micros, 7);
}

TEST_F(ChangeLogTest, KnowsWhichDocumentsWereDeleted) {
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_DELETED, storage::STATUS_ORIGIN_DELETION)),
                            Requested("c", Notice("e", v1::DOCUMENT_STATUS_RETRACTED))}),
              IsOk());
  EXPECT_TRUE(*log_->IsDeleted("c", "d"));
  EXPECT_FALSE(*log_->IsDeleted("c", "e"));
  EXPECT_FALSE(*log_->IsDeleted("other", "d"));
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_CURRENT, storage::STATUS_ORIGIN_DELETION))}),
              IsOk());
  EXPECT_FALSE(*log_->IsDeleted("c", "d"));
}

TEST_F(ChangeLogTest, SaysWhenTheTimeOfTheLastStatusIsCorrupt) {
  Put(Family::kMeta, std::string("last_status\0c", 13), "soon");
  EXPECT_THAT(log_->NumberedNotices("c"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(log_->NumberedNotices("other"), IsOk());
}

TEST_F(ChangeLogTest, RemembersTheLastNoticeOfEachOrigin) {
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN))}), IsOk());
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_CORRECTED))}), IsOk());
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_RETRACTED, storage::STATUS_ORIGIN_FEED))}),
              IsOk());
  ASSERT_THAT(log_->Append({Requested("other", Notice("d", v1::DOCUMENT_STATUS_RETRACTED))}), IsOk());
  Restart();
  EXPECT_THAT(Statuses("c"), UnorderedElementsAre(v1::DOCUMENT_STATUS_CORRECTED, v1::DOCUMENT_STATUS_RETRACTED));
}

TEST_F(ChangeLogTest, ForgetsANoticeThatIsTakenBack) {
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN)),
                            Requested("c", Notice("d", v1::DOCUMENT_STATUS_CURRENT))}),
              IsOk());
  EXPECT_THAT(Statuses("c"), IsEmpty());
}

TEST_F(ChangeLogTest, DoesNotLetOneOriginTakeBackTheWordOfAnother) {
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_RETRACTED, storage::STATUS_ORIGIN_FEED)),
                            Requested("c", Notice("d", v1::DOCUMENT_STATUS_CURRENT))}),
              IsOk());
  EXPECT_THAT(Statuses("c"), UnorderedElementsAre(v1::DOCUMENT_STATUS_RETRACTED));
}

TEST_F(ChangeLogTest, TakesDoisForEqualInAnyLetterCase) {
  ASSERT_THAT(log_->Append({Requested("c", NoticeOnDoi("10.1/ABC")), Requested("c", NoticeOnDoi("10.1/abc"))}), IsOk());
  EXPECT_THAT(Statuses("c"), SizeIs(1));
}

TEST_F(ChangeLogTest, TakesDocumentIdsAtTheirWord) {
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_RETRACTED)),
                            Requested("c", Notice("D", v1::DOCUMENT_STATUS_CURRENT))}),
              IsOk());
  EXPECT_THAT(Statuses("c"), SizeIs(1));
}

TEST_F(ChangeLogTest, KnowsNoNoticeOfACorpusWhoseNameOnlyBeginsAlike) {
  ASSERT_THAT(log_->Append({Requested("corpus", Notice("d", v1::DOCUMENT_STATUS_RETRACTED))}), IsOk());
  EXPECT_THAT(Statuses("corp"), IsEmpty());
}

TEST_F(ChangeLogTest, WritesABatchTogetherWithTheChange) {
  WriteBatch batch;
  batch.Put(Family::kMeta, "key", "value");
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_RETRACTED))}, std::move(batch)), IsOk());
  EXPECT_EQ(**database_->Get(Family::kMeta, "key"), "value");
}

TEST_F(ChangeLogTest, FindsTheChangeOfARequest) {
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN), "id-1")}), IsOk());
  const auto found = log_->FindRequest("c", "id-1");
  ASSERT_THAT(found, IsOk());
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->status().document_id(), "d");
  EXPECT_FALSE(log_->FindRequest("c", "id-2")->has_value());
  EXPECT_FALSE(log_->FindRequest("other", "id-1")->has_value());
  EXPECT_FALSE(log_->FindRequest("c", "")->has_value());
}

TEST_F(ChangeLogTest, GivesEachChangeANumberOfItsOwnWhenThreadsAppendAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kEach = 25;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([this] {
      for (int i = 0; i < kEach; ++i) {
        EXPECT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN))}), IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(log_->last_sequence(), static_cast<uint64_t>(kThreads * kEach));
  int stored = 0;
  ASSERT_THAT(database_->Scan(Family::kChanges, "", "", [&](absl::string_view, absl::string_view) { return ++stored; }),
              IsOk());
  EXPECT_EQ(stored, kThreads * kEach);
}

TEST_F(ChangeLogTest, NumbersNoticesByTheLastChangeThatTheyContain) {
  constexpr uint64_t kChanges = 50;
  std::thread writer([this] {
    for (uint64_t i = 0; i < kChanges; ++i) {
      EXPECT_THAT(log_->Append({Requested("c", Notice(absl::StrCat("d", i), v1::DOCUMENT_STATUS_WITHDRAWN))}), IsOk());
    }
  });
  for (uint64_t last = 0; last < kChanges;) {
    const auto in_force = log_->NumberedNotices("c");
    ASSERT_THAT(in_force, IsOk());
    ASSERT_EQ(in_force->notices.size(), in_force->change_sequence);
    last = in_force->change_sequence;
  }
  writer.join();
}

TEST_F(ChangeLogTest, RecordsNothingWhenItCannotWrite) {
  Restart(Database::Access::kReadOnly);
  EXPECT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_RETRACTED))}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(log_->last_sequence(), 0u);
  EXPECT_THAT(Statuses("c"), IsEmpty());
}

TEST_F(ChangeLogTest, RefusesACounterThatIsNoNumber) {
  Put(Family::kMeta, "last_change", "seven");
  EXPECT_THAT(ChangeLog::Create(database_.get()), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(ChangeLogTest, NoticesANoticeThatDoesNotParse) {
  Put(Family::kStatus, std::string("c\0dsomething\0\2", 14), "\xff\xff");
  EXPECT_THAT(log_->Notices("c"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(log_->Notices("other"), IsOk());
}

TEST_F(ChangeLogTest, NoticesThatTheChangeOfARequestIsLost) {
  ASSERT_THAT(log_->Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN), "id-1")}), IsOk());
  WriteBatch batch;
  batch.Delete(Family::kChanges, std::string("\0\0\0\0\0\0\0\1", 8));
  Write(batch);
  EXPECT_THAT(log_->FindRequest("c", "id-1"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(ChangeLogTest, AWithdrawalOfASourceSetStaysUntilItIsTakenBack) {
  storage::StatusNotice notice;
  notice.set_source_set("forum");
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  notice.set_status(v1::DOCUMENT_STATUS_WITHDRAWN);
  ASSERT_THAT(log_->Append({Requested("c", notice), Requested("c", Notice("forum", v1::DOCUMENT_STATUS_CURRENT))}),
              IsOk());
  Restart();
  EXPECT_THAT(Statuses("c"), UnorderedElementsAre(v1::DOCUMENT_STATUS_WITHDRAWN));
  EXPECT_THAT(Statuses("other"), IsEmpty());
  notice.set_status(v1::DOCUMENT_STATUS_CURRENT);
  ASSERT_THAT(log_->Append({Requested("c", notice)}), IsOk());
  EXPECT_THAT(Statuses("c"), IsEmpty());
}

}  // namespace
}  // namespace bedside
