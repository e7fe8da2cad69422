#include "index/store/feedback_store.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

storage::Feedback Verdict(const std::string& answer, const std::string& id,
                          v1::FeedbackVerdict verdict = v1::FEEDBACK_VERDICT_HELPFUL) {
  storage::Feedback feedback;
  feedback.set_answer(answer);
  feedback.set_id(id);
  feedback.set_verdict(verdict);
  feedback.set_create_time_micros(5);
  return feedback;
}

class FeedbackStoreTest : public DatabaseFixture {
 protected:
  // "answer/id" of each.
  std::vector<std::string> List(const std::string& corpus, const std::string& answer, size_t most = 1000) {
    std::vector<std::string> found;
    EXPECT_THAT(FeedbackStore(database_.get())
                    .List(corpus, answer,
                          [&](const storage::Feedback& feedback) {
                            found.push_back(absl::StrCat(feedback.answer(), "/", feedback.id()));
                            return found.size() < most;
                          }),
                IsOk());
    return found;
  }

  absl::StatusOr<storage::Feedback> PutVerdict(const storage::Feedback& feedback, const std::string& corpus = "c") {
    return FeedbackStore(database_.get()).Put(corpus, feedback);
  }
};

TEST_F(FeedbackStoreTest, ListsAnAnswersOrACorpusInOrderAlsoAfterReopening) {
  for (const auto& [answer, id] : {std::make_pair("a2", "x"), {"a1", "y"}, {"a1", "x"}, {"a11", "x"}}) {
    ASSERT_THAT(PutVerdict(Verdict(answer, id)), IsOk());
  }
  ASSERT_THAT(PutVerdict(Verdict("a1", "z"), "other"), IsOk());
  Reopen();
  EXPECT_THAT(List("c", "a1"), ElementsAre("a1/x", "a1/y"));
  EXPECT_THAT(List("c", ""), ElementsAre("a1/x", "a1/y", "a11/x", "a2/x"));
  EXPECT_THAT(List("c", "", 2), ElementsAre("a1/x", "a1/y"));
  EXPECT_THAT(List("c", "a3"), IsEmpty());
}

TEST_F(FeedbackStoreTest, RecordsARepetitionOnce) {
  ASSERT_THAT(PutVerdict(Verdict("a", "x")), IsOk());
  storage::Feedback repeated = Verdict("a", "x");
  repeated.set_create_time_micros(9);
  const auto recorded = PutVerdict(repeated);
  ASSERT_THAT(recorded, IsOk());
  EXPECT_EQ(recorded->create_time_micros(), 5) << "the first one's";
  EXPECT_THAT(List("c", ""), ElementsAre("a/x"));
}

TEST_F(FeedbackStoreTest, RefusesAnIdThatHasOtherContent) {
  ASSERT_THAT(PutVerdict(Verdict("a", "x")), IsOk());
  EXPECT_THAT(PutVerdict(Verdict("a", "x", v1::FEEDBACK_VERDICT_HARMFUL)),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(PutVerdict(Verdict("b", "x", v1::FEEDBACK_VERDICT_HARMFUL)), IsOk()) << "of another answer";
}

TEST_F(FeedbackStoreTest, TakesSoMuchOfAnAnswer) {
  for (size_t i = 0; i < FeedbackStore::kMostOfAnswer; ++i) {
    ASSERT_THAT(PutVerdict(Verdict("a", absl::StrCat(i))), IsOk());
  }
  EXPECT_THAT(PutVerdict(Verdict("a", "one-more")), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(PutVerdict(Verdict("a", "7")), IsOk()) << "is there already";
  EXPECT_THAT(PutVerdict(Verdict("b", "one-more")), IsOk());
}

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
