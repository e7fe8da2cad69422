#include "index/store/answer_store.h"

#include <gmock/gmock.h>

#include "index/store/feedback_store.h"
#include "tests/index/records/made_records.h"
#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kForever = 0;

class AnswerStoreTest : public DatabaseFixture {
 protected:
  void SetUp() override { Restart(); }

  void Restart(Database::Access access = Database::Access::kReadWrite) {
    store_.reset();
    Reopen(access);
    auto store = AnswerStore::Create(database_.get());
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  // Ids of records at these times.
  std::vector<std::string> PutAt(const std::vector<int64_t>& times) {
    std::vector<std::string> ids;
    for (const int64_t time : times) {
      const storage::AnswerRecord record = RecordAt(time, {"d"});
      EXPECT_THAT(store_->Put({record}), IsOk());
      ids.push_back(record.id());
    }
    return ids;
  }

  std::unique_ptr<AnswerStore> store_;
};

TEST_F(AnswerStoreTest, CountsWhatThereIsAfterReopening) {
  ASSERT_THAT(store_->Put({RecordAt(5), RecordAt(6)}), IsOk());
  Restart();
  EXPECT_EQ(store_->count(), 2u);
  EXPECT_EQ(*store_->Trim(1, kForever, 10), 1u);
  EXPECT_EQ(store_->count(), 1u);
  Restart();
  EXPECT_EQ(store_->count(), 1u);
}

TEST_F(AnswerStoreTest, SaysWhenARecordIsDamaged) {
  const storage::AnswerRecord record = RecordAt(5), other = RecordAt(6);
  ASSERT_THAT(store_->Put({record, other}), IsOk());
  const std::string key = std::string("c\0", 2) + record.id();
  for (const std::string& bytes : {std::string("\xff\xff"), std::string(), other.SerializeAsString()}) {
    Put(Family::kAnswers, key, bytes);
    EXPECT_THAT(store_->Get("c", record.id()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
  }
}

TEST_F(AnswerStoreTest, NamesTheAnswersThatMayHoldTextOfADocument) {
  const storage::AnswerRecord both = RecordAt(5, {"a", "b"}), one = RecordAt(6, {"b"});
  ASSERT_THAT(store_->Put({one, both, RecordAt(7, {"b"}, "other"), RecordAt(8, {"bb"})}), IsOk());
  EXPECT_THAT(*store_->AnswersWith("c", "a"), ElementsAre(both.id()));
  EXPECT_THAT(*store_->AnswersWith("c", "b"), ElementsAre(both.id(), one.id()));
  EXPECT_THAT(*store_->AnswersWith("c", "nothing"), IsEmpty());
  ASSERT_THAT(store_->Remove("c", both.id()), IsOk());
  EXPECT_THAT(*store_->AnswersWith("c", "a"), IsEmpty());
  EXPECT_THAT(*store_->AnswersWith("c", "b"), ElementsAre(one.id()));
}

TEST_F(AnswerStoreTest, RemovesAnAnswerWithItsFeedback) {
  const std::vector<std::string> ids = PutAt({5, 6});
  FeedbackStore feedback(database_.get());
  storage::Feedback verdict;
  verdict.set_id("f");
  for (const std::string& id : ids) {
    verdict.set_answer(id);
    ASSERT_THAT(feedback.Put("c", verdict), IsOk());
  }
  EXPECT_THAT(store_->Remove("other", ids[0]), IsOk()) << "as it would be after a removal";
  EXPECT_EQ(store_->count(), 2u);
  ASSERT_THAT(store_->Remove("c", ids[0]), IsOk());
  EXPECT_THAT(store_->Remove("c", ids[0]), IsOk());
  EXPECT_EQ(store_->count(), 1u);
  EXPECT_THAT(store_->Get("c", ids[0]), StatusIs(absl::StatusCode::kNotFound));
  std::vector<std::string> left;
  ASSERT_THAT(
      feedback.List("c", "", [&](const storage::Feedback& found) { return left.push_back(found.answer()), true; }),
      IsOk());
  EXPECT_THAT(left, ElementsAre(ids[1]));
}

TEST_F(AnswerStoreTest, TrimsADamagedRecord) {
  const std::vector<std::string> ids = PutAt({5});
  Put(Family::kAnswers, std::string("c\0", 2) + ids[0], "\xff\xff");
  EXPECT_EQ(*store_->Trim(0, kForever, 10), 1u);
  EXPECT_THAT(store_->Get("c", ids[0]), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(store_->count(), 0u);
}

TEST_F(AnswerStoreTest, WritesNothingWhenOpenForReading) {
  PutAt({5});
  Restart(Database::Access::kReadOnly);
  EXPECT_THAT(store_->Put({RecordAt(6)}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(store_->Trim(0, kForever, 10), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(store_->count(), 1u);
}

}  // namespace
}  // namespace bedside
