#include "services/record/answer_log.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <thread>

#include "absl/synchronization/notification.h"
#include "index/store/answer_store.h"
#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class AnswerLogTest : public DatabaseFixture {
 protected:
  void SetUp() override { Restart(); }

  void Restart(Database::Access access = Database::Access::kReadWrite) {
    log_.reset();
    store_.reset();
    Reopen(access);
    store_ = *AnswerStore::Create(database_.get());
    log_ = std::make_unique<AnswerLog>(store_.get(), config_, [this] { return absl::FromUnixSeconds(now_seconds_); });
  }

  v1::Answer Record() {
    v1::Answer answer;
    answer.mutable_basis()->set_generator("extractive");
    answer.mutable_text()->add_sentences()->set_text("Rest.");
    log_->Record("c", &answer);
    return answer;
  }

  static std::string IdOf(const v1::Answer& answer) { return answer.name().substr(answer.name().rfind('/') + 1); }

  static std::vector<v1::WarningKind> Warnings(const v1::Answer& answer) {
    std::vector<v1::WarningKind> kinds;
    for (const v1::AnswerWarning& warning : answer.basis().warnings()) kinds.push_back(warning.kind());
    return kinds;
  }

  // The writer asks for the time first, and waits for it until `go`: what was given by then is written together.
  static AnswerLog::Clock WaitingClock(absl::Notification* go) {
    return [go, asking = std::this_thread::get_id()] {
      if (std::this_thread::get_id() != asking) go->WaitForNotification();
      return absl::FromUnixSeconds(1'000'000'000);
    };
  }

  config::RecordConfig config_;
  std::atomic<int64_t> now_seconds_{1'000'000'000};
  std::unique_ptr<AnswerStore> store_;
  std::unique_ptr<AnswerLog> log_;
};

TEST_F(AnswerLogTest, NamesAnAnswerAndFindsItAtOnce) {
  const v1::Answer answer = Record();
  EXPECT_THAT(answer.name(), StartsWith("corpora/c/answers/"));
  EXPECT_EQ(answer.create_time().seconds(), 1'000'000'000);
  const auto found = log_->Find("c", IdOf(answer));
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->answer().DebugString(), answer.DebugString());
}

TEST_F(AnswerLogTest, WritesWhatWaitsBeforeItEnds) {
  std::vector<v1::Answer> answers;
  for (int i = 0; i < 200; ++i) answers.push_back(Record());
  Restart();
  for (const v1::Answer& answer : answers) EXPECT_THAT(store_->Get("c", IdOf(answer)), IsOk());
}

TEST_F(AnswerLogTest, TakesAnswersFromManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] {
      for (int j = 0; j < 20; ++j) EXPECT_THAT(log_->Find("c", IdOf(Record())), IsOk());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store_->count(), 160u);
}

TEST_F(AnswerLogTest, FindsNoOtherAnswer) {
  const v1::Answer answer = Record();
  EXPECT_THAT(log_->Find("other", IdOf(answer)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->Find("c", "0"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(AnswerLogTest, LeavesAnswersAsTheyAreWhereItIsOff) {
  config_.set_enabled(false);
  Restart();
  const v1::Answer answer = Record();
  EXPECT_EQ(answer.name(), "");
  EXPECT_THAT(Warnings(answer), IsEmpty());
  log_->Flush();
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(AnswerLogTest, KeepsTheLastOnesWhereThereAreTooMany) {
  config_.set_max_answers(2);
  Restart();
  std::vector<v1::Answer> answers;
  for (int i = 0; i < 5; ++i) {
    ++now_seconds_;
    answers.push_back(Record());
  }
  Restart();
  Restart();  // the first one's thread has ended, so all is removed that is beyond
  EXPECT_EQ(store_->count(), 2u);
  EXPECT_THAT(log_->Find("c", IdOf(answers[2])), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->Find("c", IdOf(answers[3])), IsOk());
  EXPECT_THAT(log_->Find("c", IdOf(answers[4])), IsOk());
}

TEST_F(AnswerLogTest, RemovesWhatIsTooOld) {
  config_.set_max_days(1);
  const v1::Answer old = Record();
  now_seconds_ += 24 * 3600;
  const v1::Answer recent = Record();
  now_seconds_ += 1;
  Restart();
  Restart();
  EXPECT_THAT(log_->Find("c", IdOf(old)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->Find("c", IdOf(recent)), IsOk());
}

TEST_F(AnswerLogTest, SaysThatItRecordsNothingOnceTheStoreCannotBeWritten) {
  Restart(Database::Access::kReadOnly);
  const v1::Answer first = Record();
  EXPECT_THAT(first.name(), StartsWith("corpora/c/answers/")) << "nobody knows yet";
  EXPECT_THAT(log_->Find("c", IdOf(first)), StatusIs(absl::StatusCode::kUnavailable)) << "waits until it has failed";
  const v1::Answer second = Record();
  EXPECT_EQ(second.name(), "");
  EXPECT_FALSE(second.has_create_time());
  EXPECT_THAT(Warnings(second), ElementsAre(v1::WARNING_KIND_NOT_RECORDED));
  EXPECT_EQ(log_->not_recorded(), 1) << "the first is still tried";
  log_->Flush();
  EXPECT_EQ(log_->not_recorded(), 2) << "and given up by whoever must know that none will come";
}

// Fails as long as it is told to, or with the records of one corpus, and refuses those of another; keeps what else it
// gets.
class FailingRecords : public AnswerRecords {
 public:
  static constexpr char kRefused[] = "refused";
  static constexpr char kFailing[] = "failing";

  absl::Status Put(absl::Span<const storage::AnswerRecord> records) override {
    absl::MutexLock lock(&mutex_);
    ++attempts_;
    if (fails_) return absl::UnavailableError("no");
    absl::Status failed;
    for (const storage::AnswerRecord& record : records) {
      if (record.corpus() == kFailing) failed.Update(absl::UnavailableError("not now"));
      if (record.corpus() == kRefused) failed = absl::InvalidArgumentError("never");
      if (record.corpus() != kRefused && record.corpus() != kFailing) kept_.insert({record.id(), record});
    }
    return failed;
  }
  absl::StatusOr<storage::AnswerRecord> Get(absl::string_view corpus, absl::string_view id) const override {
    absl::MutexLock lock(&mutex_);
    const auto found = kept_.find(std::string(id));
    return found == kept_.end() ? absl::StatusOr<storage::AnswerRecord>(NoSuchAnswer(corpus, id)) : found->second;
  }
  absl::StatusOr<size_t> Trim(uint64_t, int64_t, size_t) override { return 0; }

  void Fail(bool fails) {
    absl::MutexLock lock(&mutex_);
    fails_ = fails;
  }
  int attempts() const {
    absl::MutexLock lock(&mutex_);
    return attempts_;
  }

 private:
  mutable absl::Mutex mutex_;
  bool fails_ = false;
  int attempts_ = 0;
  std::map<std::string, storage::AnswerRecord> kept_;
};

TEST_F(AnswerLogTest, WritesWhatItCouldNotOnceTheStoreCanBeWrittenAgain) {
  FailingRecords records;
  log_ = std::make_unique<AnswerLog>(&records, config_);
  records.Fail(true);
  const v1::Answer named = Record();
  EXPECT_THAT(log_->Find("c", IdOf(named)), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("not recorded yet")));
  EXPECT_THAT(Warnings(Record()), ElementsAre(v1::WARNING_KIND_NOT_RECORDED));
  EXPECT_LE(records.attempts(), 2) << "an answer makes no attempt of its own";
  records.Fail(false);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (!log_->Find("c", IdOf(named)).ok() && absl::Now() < end) absl::SleepFor(absl::Milliseconds(20));
  EXPECT_THAT(log_->Find("c", IdOf(named)), IsOk());
  EXPECT_THAT(log_->Find("c", IdOf(Record())), IsOk());
  EXPECT_EQ(log_->not_recorded(), 1);
  log_.reset();
}

TEST_F(AnswerLogTest, GivesUpWhatIsRefusedForGoodAndRecordsAllElse) {
  FailingRecords records;
  absl::Notification go;
  log_ = std::make_unique<AnswerLog>(&records, config_, WaitingClock(&go));
  v1::Answer refused;
  const v1::Answer before = Record();
  log_->Record(FailingRecords::kRefused, &refused);
  const v1::Answer behind = Record();
  go.Notify();
  EXPECT_THAT(log_->Find(FailingRecords::kRefused, IdOf(refused)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->Find("c", IdOf(before)), IsOk());
  EXPECT_THAT(log_->Find("c", IdOf(behind)), IsOk());
  EXPECT_EQ(log_->not_recorded(), 1);
  const v1::Answer next = Record();
  EXPECT_THAT(Warnings(next), IsEmpty());
  EXPECT_THAT(log_->Find("c", IdOf(next)), IsOk());
  log_.reset();
}

TEST_F(AnswerLogTest, TriesAgainWhereAllOfSeveralAreRefused) {
  FailingRecords records;
  absl::Notification go;
  log_ = std::make_unique<AnswerLog>(&records, config_, WaitingClock(&go));
  v1::Answer first, second;
  log_->Record(FailingRecords::kRefused, &first);
  log_->Record(FailingRecords::kRefused, &second);
  go.Notify();
  EXPECT_THAT(log_->Find(FailingRecords::kRefused, IdOf(first)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Warnings(Record()), ElementsAre(v1::WARNING_KIND_NOT_RECORDED)) << "it may be the store";
  log_.reset();
}

TEST_F(AnswerLogTest, TriesAgainWhatFailsBesideWhatIsRefused) {
  FailingRecords records;
  absl::Notification go;
  log_ = std::make_unique<AnswerLog>(&records, config_, WaitingClock(&go));
  const v1::Answer first = Record();
  v1::Answer refused, failing;
  log_->Record(FailingRecords::kRefused, &refused);
  log_->Record(FailingRecords::kFailing, &failing);
  const v1::Answer last = Record();
  go.Notify();
  EXPECT_THAT(log_->Find(FailingRecords::kFailing, IdOf(failing)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(log_->Find("c", IdOf(first)), IsOk());
  EXPECT_EQ(log_->not_recorded(), 1);
  EXPECT_THAT(Warnings(Record()), ElementsAre(v1::WARNING_KIND_NOT_RECORDED));
  log_->Flush();
  EXPECT_THAT(log_->Find(FailingRecords::kRefused, IdOf(refused)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->Find(FailingRecords::kFailing, IdOf(failing)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_GE(log_->not_recorded(), 3) << "and what waited behind, where it could not be written by then";
  log_.reset();
}

TEST_F(AnswerLogTest, NamesNoAnswerOfAnotherCorpusThatWaits) {
  FailingRecords records;
  records.Fail(true);
  log_ = std::make_unique<AnswerLog>(&records, config_);
  const v1::Answer answer = Record();
  EXPECT_THAT(log_->Find("other", IdOf(answer)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->Find("c", IdOf(answer)), StatusIs(absl::StatusCode::kUnavailable));
  log_.reset();
}

TEST_F(AnswerLogTest, TriesTheNextAnswerAfterItGaveUp) {
  FailingRecords records;
  log_ = std::make_unique<AnswerLog>(&records, config_);
  records.Fail(true);
  Record();
  log_->Flush();
  EXPECT_EQ(log_->not_recorded(), 1);
  records.Fail(false);
  EXPECT_THAT(log_->Find("c", IdOf(Record())), IsOk());
  log_.reset();
}

TEST_F(AnswerLogTest, EndsAlsoWhereNothingCanBeWritten) {
  FailingRecords records;
  log_ = std::make_unique<AnswerLog>(&records, config_);
  records.Fail(true);
  Record();
  log_.reset();
  EXPECT_GE(records.attempts(), 1);
}

TEST_F(AnswerLogTest, SaysThatItRecordsNothingWhereTooManyWait) {
  absl::Notification go;
  log_ = std::make_unique<AnswerLog>(store_.get(), config_, WaitingClock(&go));
  for (size_t i = 0; i < AnswerLog::kMostWaiting; ++i) ASSERT_THAT(Warnings(Record()), IsEmpty());
  EXPECT_EQ(log_->not_recorded(), 0);
  EXPECT_THAT(Warnings(Record()), ElementsAre(v1::WARNING_KIND_NOT_RECORDED));
  EXPECT_EQ(log_->not_recorded(), 1);
  go.Notify();
  log_->Flush();
  EXPECT_EQ(store_->count(), AnswerLog::kMostWaiting);
  EXPECT_THAT(Warnings(Record()), IsEmpty());
  log_.reset();
}

}  // namespace
}  // namespace bedside
