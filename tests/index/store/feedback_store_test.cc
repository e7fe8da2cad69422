#include "index/store/feedback_store.h"

#include <gmock/gmock.h>

#include "tests/index/records/made_records.h"
#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

class FeedbackStoreTest : public DatabaseFixture {
 protected:
  absl::StatusOr<storage::Feedback> PutVerdict(const storage::Feedback& feedback, const std::string& corpus = "c") {
    return FeedbackStore(database_.get()).Put(corpus, feedback);
  }
};

TEST_F(FeedbackStoreTest, SaysWhenFeedbackIsDamaged) {
  ASSERT_THAT(PutVerdict(Verdict("a", "x")), IsOk());
  Put(Family::kFeedback, std::string("c\0a\0x", 5), "\xff\xff");
  FeedbackStore store(database_.get());
  EXPECT_THAT(store.List("c", "a", [](const storage::Feedback&) { return true; }),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(PutVerdict(Verdict("a", "x")), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(FeedbackStoreTest, WritesNothingWhenOpenForReading) {
  Reopen(Database::Access::kReadOnly);
  EXPECT_THAT(PutVerdict(Verdict("a", "x")), StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace bedside
