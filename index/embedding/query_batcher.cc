#include "index/embedding/query_batcher.h"

#include <iterator>
#include <numeric>
#include <utility>

namespace bedside {

QueryBatcher::QueryBatcher(size_t lanes, size_t max_batch, Encode encode)
    : max_batch_(max_batch), encode_(std::move(encode)), free_lanes_(lanes) {
  std::iota(free_lanes_.rbegin(), free_lanes_.rend(), size_t{0});
}

// Called with the lock held, by absl::Mutex.
bool QueryBatcher::MayGoOn(Call* call) {
  if (call->is_done) return true;
  // While a run has this question, nobody may be waiting.
  const std::deque<Call*>& waiting = call->owner->waiting_;
  return !call->owner->free_lanes_.empty() && !waiting.empty() && waiting.front() == call;
}

absl::StatusOr<std::vector<QuestionEmbedding>> QueryBatcher::Embed(std::vector<TokenIds> questions) {
  Call call{this, std::move(questions), absl::UnknownError("the questions were not run")};
  absl::MutexLock lock(&mutex_);
  waiting_.push_back(&call);
  mutex_.Await(absl::Condition(&MayGoOn, &call));
  if (!call.is_done) RunTogether(TakeWaiting());
  return std::move(call.embeddings);
}

size_t QueryBatcher::waiting() const {
  absl::MutexLock lock(&mutex_);
  return waiting_.size();
}

std::vector<QueryBatcher::Call*> QueryBatcher::TakeWaiting() {
  std::vector<Call*> taken;
  size_t questions = 0;
  while (!waiting_.empty()) {
    questions += waiting_.front()->questions.size();
    if (!taken.empty() && questions > max_batch_) break;
    taken.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return taken;
}

// To each call those of its questions, or the error.
void QueryBatcher::HandOut(absl::StatusOr<std::vector<QuestionEmbedding>> embeddings, absl::Span<Call* const> calls) {
  size_t next = 0;
  for (Call* call : calls) {
    call->is_done = true;
    if (!embeddings.ok()) {
      call->embeddings = embeddings.status();
      continue;
    }
    const auto first = std::make_move_iterator(embeddings->begin() + next);
    next += call->questions.size();
    call->embeddings.emplace(first, std::make_move_iterator(embeddings->begin() + next));
  }
}

// The lock is free while the encoder runs.
void QueryBatcher::RunTogether(absl::Span<Call* const> calls) {
  const size_t lane = free_lanes_.back();
  free_lanes_.pop_back();
  std::vector<TokenIds> questions;
  for (const Call* call : calls) questions.insert(questions.end(), call->questions.begin(), call->questions.end());
  mutex_.Unlock();
  absl::StatusOr<std::vector<QuestionEmbedding>> embeddings = encode_(lane, questions);
  mutex_.Lock();
  free_lanes_.push_back(lane);
  HandOut(std::move(embeddings), calls);
}

}  // namespace bedside
