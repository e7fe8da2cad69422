// What waits for the encoder runs together, what does not wait runs alone, and everybody gets his own vector or error.
#include "index/embedding/query_batcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Le;
using ::testing::SizeIs;

using Result = absl::StatusOr<std::vector<QuestionEmbedding>>;

// The vectors of questions whose only token is one of these.
std::vector<float> ValuesOf(const Result& result) {
  EXPECT_THAT(result, IsOk());
  std::vector<float> values;
  for (const QuestionEmbedding& embedding : *result) {
    values.insert(values.end(), embedding.vector.begin(), embedding.vector.end());
  }
  return values;
}

// An encoder behind a gate. The vector of a question is its first token; the question {-1} fails its run.
class GatedEncoder {
 public:
  absl::StatusOr<std::vector<QuestionEmbedding>> Encode(size_t lane, absl::Span<const TokenIds> questions) {
    absl::MutexLock lock(&mutex_);
    EXPECT_TRUE(lanes_in_use_.insert(lane).second);
    runs_.emplace_back();
    for (const TokenIds& question : questions) runs_.back().push_back(question.front());
    const int64_t first = runs_.back().front();
    const auto may_end = [&] { return open_ || open_for_.count(first) > 0; };
    mutex_.Await(absl::Condition(&may_end));
    lanes_in_use_.erase(lane);
    std::vector<QuestionEmbedding> embeddings(questions.size());
    for (size_t i = 0; i < questions.size(); ++i) {
      if (questions[i].front() < 0) return absl::InternalError("the model failed");
      embeddings[i].vector = {static_cast<float>(questions[i].front())};
    }
    return embeddings;
  }

  void SetOpen(bool open) {
    absl::MutexLock lock(&mutex_);
    open_ = open;
  }

  // Lets the run end whose first question is `question`.
  void SetOpenFor(int64_t question) {
    absl::MutexLock lock(&mutex_);
    open_for_.insert(question);
  }

  // Blocks until `count` runs were begun.
  void AwaitRuns(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto begun = [&] { return runs_.size() >= count; };
    mutex_.Await(absl::Condition(&begun));
  }

  // The first tokens of each run so far.
  std::vector<std::vector<int64_t>> runs() const {
    absl::MutexLock lock(&mutex_);
    return runs_;
  }

 private:
  mutable absl::Mutex mutex_;
  bool open_ ABSL_GUARDED_BY(mutex_) = true;
  std::set<int64_t> open_for_ ABSL_GUARDED_BY(mutex_);
  std::set<size_t> lanes_in_use_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::vector<int64_t>> runs_ ABSL_GUARDED_BY(mutex_);
};

class QueryBatcherTest : public testing::Test {
 protected:
  static constexpr size_t kMaxBatch = 4;

  ~QueryBatcherTest() override { Join(); }

  void Start(size_t lanes) {
    batcher_ = std::make_unique<QueryBatcher>(
        lanes, kMaxBatch, [this](size_t lane, absl::Span<const TokenIds> ids) { return encoder_.Encode(lane, ids); });
  }

  void Ask(int64_t question) { Ask(std::vector<TokenIds>{{question}}); }

  // Asks in a thread of its own. The next call returns when the one before waits, so that the order is known.
  void Ask(const std::vector<TokenIds>& questions) {
    const size_t waiting = batcher_->waiting();
    results_.push_back(std::make_unique<Result>(absl::UnknownError("not there yet")));
    auto* result = results_.back().get();
    threads_.emplace_back([this, questions, result] { *result = batcher_->Embed(questions); });
    while (encoder_busy_ && batcher_->waiting() == waiting) std::this_thread::yield();
  }

  // The lanes are taken by questions of their own, which wait at the gate.
  void TakeAllLanes(size_t lanes) {
    encoder_.SetOpen(false);
    for (size_t i = 0; i < lanes; ++i) {
      Ask(100 + static_cast<int64_t>(i));
      encoder_.AwaitRuns(i + 1);
    }
    encoder_busy_ = true;
  }

  void Join() {
    encoder_.SetOpen(true);
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  GatedEncoder encoder_;
  std::unique_ptr<QueryBatcher> batcher_;
  bool encoder_busy_ = false;
  std::vector<std::thread> threads_;
  std::vector<std::unique_ptr<Result>> results_;
};

TEST_F(QueryBatcherTest, AQuestionThatFindsTheEncoderFreeRunsAtOnceAndAlone) {
  Start(1);
  EXPECT_THAT(ValuesOf(batcher_->Embed({{7, 8}})), ElementsAre(7));
  EXPECT_THAT(ValuesOf(batcher_->Embed({{9}})), ElementsAre(9));
  EXPECT_THAT(encoder_.runs(), ElementsAre(ElementsAre(7), ElementsAre(9)));
}

TEST_F(QueryBatcherTest, WhatWaitsRunsTogetherInTheOrderItCame) {
  Start(1);
  TakeAllLanes(1);
  for (int64_t question : {1, 2, 3}) Ask(question);
  Join();
  EXPECT_THAT(encoder_.runs(), ElementsAre(ElementsAre(100), ElementsAre(1, 2, 3)));
  for (size_t i = 1; i <= 3; ++i) EXPECT_THAT(ValuesOf(*results_[i]), ElementsAre(static_cast<float>(i)));
}

TEST_F(QueryBatcherTest, NoRunHasMoreThanMaxBatchQuestions) {
  Start(1);
  TakeAllLanes(1);
  for (int64_t question = 1; question <= 6; ++question) Ask(question);
  Join();
  EXPECT_THAT(encoder_.runs(), ElementsAre(ElementsAre(100), ElementsAre(1, 2, 3, 4), ElementsAre(5, 6)));
}

TEST_F(QueryBatcherTest, QuestionsOfOneCallRunTogetherAndAreGivenBackInTheirOrder) {
  Start(1);
  TakeAllLanes(1);
  Ask({{1}, {2}});
  Ask({{3}, {4}, {5}});
  Ask(6);
  Join();
  EXPECT_THAT(encoder_.runs(), ElementsAre(ElementsAre(100), ElementsAre(1, 2), ElementsAre(3, 4, 5, 6)));
  EXPECT_THAT(ValuesOf(*results_[1]), ElementsAre(1, 2));
  EXPECT_THAT(ValuesOf(*results_[2]), ElementsAre(3, 4, 5));
  EXPECT_THAT(ValuesOf(*results_[3]), ElementsAre(6));
}

TEST_F(QueryBatcherTest, ACallOfMoreThanMaxBatchQuestionsRunsAlone) {
  Start(1);
  TakeAllLanes(1);
  Ask({{1}, {2}, {3}, {4}, {5}});
  Ask(6);
  Join();
  EXPECT_THAT(encoder_.runs(), ElementsAre(ElementsAre(100), ElementsAre(1, 2, 3, 4, 5), ElementsAre(6)));
  EXPECT_THAT(ValuesOf(*results_[1]), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(QueryBatcherTest, AsManyRunsAsLanesAreUnderWayAtOnce) {
  Start(2);
  TakeAllLanes(2);
  for (int64_t question : {1, 2}) Ask(question);
  EXPECT_THAT(encoder_.runs(), ElementsAre(ElementsAre(100), ElementsAre(101)));
  Join();
  EXPECT_THAT(encoder_.runs(), SizeIs(3));
}

// A lane becomes free while nobody waits any more and a question is still in the run of another's caller.
TEST_F(QueryBatcherTest, AFreeLaneDoesNotWakeAQuestionThatIsBeingRun) {
  Start(2);
  TakeAllLanes(2);
  for (int64_t question : {1, 2}) Ask(question);
  encoder_.SetOpenFor(100);
  encoder_.AwaitRuns(3);
  encoder_.SetOpenFor(101);
  threads_[1].join();
  threads_.erase(threads_.begin() + 1);
  EXPECT_THAT(encoder_.runs(), ElementsAre(ElementsAre(100), ElementsAre(101), ElementsAre(1, 2)));
  Join();
  EXPECT_THAT(encoder_.runs(), SizeIs(3));
  EXPECT_THAT(ValuesOf(*results_[3]), ElementsAre(2));
}

TEST_F(QueryBatcherTest, AnErrorReachesThoseOfItsRunAndNobodyElse) {
  Start(1);
  TakeAllLanes(1);
  for (int64_t question : {1, 2, -1, 3, 4, 5}) Ask(question);
  Join();
  ASSERT_THAT(encoder_.runs(), ElementsAre(ElementsAre(100), ElementsAre(1, 2, -1, 3), ElementsAre(4, 5)));
  EXPECT_THAT(ValuesOf(*results_[0]), ElementsAre(100));
  for (size_t i : {1, 2, 3, 4}) EXPECT_THAT(*results_[i], StatusIs(absl::StatusCode::kInternal, "the model failed"));
  EXPECT_THAT(ValuesOf(*results_[5]), ElementsAre(4));
  EXPECT_THAT(ValuesOf(*results_[6]), ElementsAre(5));
}

TEST_F(QueryBatcherTest, GoesOnAfterAnError) {
  Start(1);
  EXPECT_THAT(batcher_->Embed({{-1}}), StatusIs(absl::StatusCode::kInternal, "the model failed"));
  EXPECT_THAT(ValuesOf(batcher_->Embed({{5}})), ElementsAre(5));
}

TEST_F(QueryBatcherTest, ManyThreadsGetTheirOwnVectors) {
  Start(2);
  constexpr int64_t kThreads = 16, kQuestions = 200;
  for (int64_t thread = 0; thread < kThreads; ++thread) {
    threads_.emplace_back([this, thread] {
      for (int64_t i = 0; i < kQuestions; ++i) {
        const int64_t question = thread * kQuestions + i;
        EXPECT_THAT(ValuesOf(batcher_->Embed({{question}})), ElementsAre(static_cast<float>(question)));
      }
    });
  }
  Join();
  std::multiset<int64_t> asked;
  for (const std::vector<int64_t>& run : encoder_.runs()) asked.insert(run.begin(), run.end());
  EXPECT_THAT(asked, SizeIs(kThreads * kQuestions));
  EXPECT_EQ(std::set<int64_t>(asked.begin(), asked.end()).size(), asked.size());
  EXPECT_THAT(encoder_.runs(), Each(SizeIs(Le(kMaxBatch))));
}

}  // namespace
}  // namespace bedside
