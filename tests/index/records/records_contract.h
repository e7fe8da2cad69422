// What AnswerRecords and FeedbackRecords promise, wherever they are kept.
#ifndef BEDSIDE_TESTS_INDEX_RECORDS_RECORDS_CONTRACT_H_
#define BEDSIDE_TESTS_INDEX_RECORDS_RECORDS_CONTRACT_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/records/answer_records.h"
#include "index/records/feedback_records.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/records/made_records.h"

namespace bedside {

class RecordsUnderTest {
 public:
  virtual ~RecordsUnderTest() = default;
  virtual AnswerRecords& answers() = 0;
  virtual FeedbackRecords& feedback() = 0;
  // As another process would have them, after this one ended.
  virtual void Restart() = 0;
};

using RecordsMaker = std::function<std::unique_ptr<RecordsUnderTest>()>;

class RecordsContract : public ::testing::TestWithParam<RecordsMaker> {
 protected:
  static constexpr int64_t kForever = 0;

  // Ids of records at these times.
  std::vector<std::string> PutAt(const std::vector<int64_t>& times) {
    std::vector<std::string> ids;
    for (const int64_t time : times) {
      const storage::AnswerRecord record = RecordAt(time, {"d"});
      EXPECT_THAT(answers().Put({record}), IsOk());
      ids.push_back(record.id());
    }
    records_->Restart();
    return ids;
  }

  std::vector<std::string> Left(const std::vector<std::string>& ids) {
    std::vector<std::string> left;
    for (const std::string& id : ids) {
      if (answers().Get("c", id).ok()) left.push_back(id);
    }
    return left;
  }

  AnswerRecords& answers() { return records_->answers(); }
  FeedbackRecords& feedback() { return records_->feedback(); }

  std::unique_ptr<RecordsUnderTest> records_ = GetParam()();
};

TEST_P(RecordsContract, GivesBackWhatWasPut) {
  const storage::AnswerRecord record = RecordAt(5, {"a", "b"});
  ASSERT_THAT(answers().Put({record, RecordAt(6)}), IsOk());
  EXPECT_EQ(answers().Get("c", record.id())->SerializeAsString(), record.SerializeAsString());
  records_->Restart();
  EXPECT_EQ(answers().Get("c", record.id())->SerializeAsString(), record.SerializeAsString());
}

TEST_P(RecordsContract, IdsSortByTimeAndCannotBeGuessed) {
  EXPECT_THAT(AnswerRecords::NewId(255), ::testing::MatchesRegex("000000000000ff-[0-9a-f]{16}"));
  EXPECT_LT(AnswerRecords::NewId(255), AnswerRecords::NewId(256));
  EXPECT_THAT(AnswerRecords::NewId(255), ::testing::Ne(AnswerRecords::NewId(255)));
  EXPECT_EQ(AnswerRecords::TimeOf(AnswerRecords::NewId(255)), 255);
  EXPECT_EQ(AnswerRecords::TimeOf("Smith"), 0);
}

TEST_P(RecordsContract, KnowsNoAnswerOfAnotherCorpusOrId) {
  EXPECT_THAT(answers().Get("c", "0"), StatusIs(absl::StatusCode::kNotFound)) << "before there is any";
  const storage::AnswerRecord record = RecordAt(5);
  ASSERT_THAT(answers().Put({record}), IsOk());
  EXPECT_THAT(answers().Get("other", record.id()),
              StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("not any more")));
  EXPECT_THAT(answers().Get("c", "0"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(RecordsContract, TrimsTheOldestBeyondACount) {
  EXPECT_EQ(*answers().Trim(0, kForever, 10), 0u) << "before there is any";
  const std::vector<std::string> ids = PutAt({9, 5, 7, 6});
  EXPECT_EQ(*answers().Trim(4, kForever, 10), 0u);
  EXPECT_EQ(*answers().Trim(2, kForever, 10), 2u);
  EXPECT_THAT(Left(ids), ::testing::ElementsAre(ids[0], ids[2]));
}

TEST_P(RecordsContract, TrimsWhatIsOlderThanATime) {
  const std::vector<std::string> ids = PutAt({5, 6, 7});
  EXPECT_EQ(*answers().Trim(100, 7, 10), 2u);
  EXPECT_EQ(*answers().Trim(100, 7, 10), 0u);
  EXPECT_THAT(Left(ids), ::testing::ElementsAre(ids[2]));
}

TEST_P(RecordsContract, TrimsAFewAtATimeAndGoesOnWhereItStopped) {
  PutAt({1, 2, 3, 4, 5});
  EXPECT_EQ(*answers().Trim(0, kForever, 2), 2u);
  EXPECT_EQ(*answers().Trim(0, kForever, 2), 2u);
  EXPECT_EQ(*answers().Trim(0, kForever, 2), 1u);
  EXPECT_EQ(*answers().Trim(0, kForever, 2), 0u);
  EXPECT_EQ(*answers().Trim(0, kForever, 0), 0u);
}

TEST_P(RecordsContract, TrimsWhatAClockGaveThatWasSetBack) {
  PutAt({100, 101});
  EXPECT_EQ(*answers().Trim(0, kForever, 10), 2u);
  PutAt({50});
  EXPECT_EQ(*answers().Trim(0, kForever, 10), 1u);
}

TEST_P(RecordsContract, FeedbackLeavesWithItsAnswer) {
  const std::vector<std::string> ids = PutAt({5, 6});
  for (const std::string& id : ids) ASSERT_THAT(feedback().Put("c", Verdict(id, "f")), IsOk());
  EXPECT_EQ(*answers().Trim(1, kForever, 10), 1u);
  EXPECT_THAT(ListOf(feedback(), "c", ""), ::testing::ElementsAre(ids[1] + "/f"));
}

TEST_P(RecordsContract, ListsAnAnswersFeedbackOrACorpusInOrder) {
  EXPECT_THAT(ListOf(feedback(), "c", ""), ::testing::IsEmpty()) << "before there is any";
  for (const auto& [answer, id] : {std::make_pair("a2", "x"), {"a1", "y"}, {"a1", "x"}, {"a11", "x"}}) {
    ASSERT_THAT(feedback().Put("c", Verdict(answer, id)), IsOk());
  }
  ASSERT_THAT(feedback().Put("other", Verdict("a1", "z")), IsOk());
  records_->Restart();
  EXPECT_THAT(ListOf(feedback(), "c", "a1"), ::testing::ElementsAre("a1/x", "a1/y"));
  EXPECT_THAT(ListOf(feedback(), "c", ""), ::testing::ElementsAre("a1/x", "a1/y", "a11/x", "a2/x"));
  EXPECT_THAT(ListOf(feedback(), "c", "", 2), ::testing::ElementsAre("a1/x", "a1/y"));
  EXPECT_THAT(ListOf(feedback(), "c", "a3"), ::testing::IsEmpty());
}

TEST_P(RecordsContract, RecordsARepetitionOnce) {
  ASSERT_THAT(feedback().Put("c", Verdict("a", "x")), IsOk());
  storage::Feedback repeated = Verdict("a", "x");
  repeated.set_create_time_micros(9);
  const auto recorded = feedback().Put("c", repeated);
  ASSERT_THAT(recorded, IsOk());
  EXPECT_EQ(recorded->create_time_micros(), 5) << "the first one's";
  EXPECT_THAT(ListOf(feedback(), "c", ""), ::testing::ElementsAre("a/x"));
}

TEST_P(RecordsContract, RefusesAnIdThatHasOtherContent) {
  ASSERT_THAT(feedback().Put("c", Verdict("a", "x")), IsOk());
  EXPECT_THAT(feedback().Put("c", Verdict("a", "x", v1::FEEDBACK_VERDICT_HARMFUL)),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(feedback().Put("b", Verdict("a", "x", v1::FEEDBACK_VERDICT_HARMFUL)), IsOk()) << "of another corpus";
  EXPECT_THAT(feedback().Put("c", Verdict("b", "x", v1::FEEDBACK_VERDICT_HARMFUL)), IsOk()) << "of another answer";
}

TEST_P(RecordsContract, TakesSoMuchOfAnAnswer) {
  for (size_t i = 0; i < FeedbackRecords::kMostOfAnswer; ++i) {
    ASSERT_THAT(feedback().Put("c", Verdict("a", absl::StrCat(i))), IsOk());
  }
  EXPECT_THAT(feedback().Put("c", Verdict("a", "one-more")), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(feedback().Put("c", Verdict("a", "7")), IsOk()) << "is there already";
  EXPECT_THAT(feedback().Put("c", Verdict("b", "one-more")), IsOk());
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_RECORDS_RECORDS_CONTRACT_H_
