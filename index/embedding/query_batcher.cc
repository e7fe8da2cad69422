#include "index/embedding/query_batcher.h"

#include <algorithm>
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

absl::StatusOr<QuestionEmbedding> QueryBatcher::Embed(TokenIds question) {
  Call call{this, std::move(question), absl::UnknownError("the question was not run")};
  absl::MutexLock lock(&mutex_);
  waiting_.push_back(&call);
  mutex_.Await(absl::Condition(&MayGoOn, &call));
  if (!call.is_done) RunTogether(TakeWaiting());
  return std::move(call.embedding);
}

size_t QueryBatcher::waiting() const {
  absl::MutexLock lock(&mutex_);
  return waiting_.size();
}

std::vector<QueryBatcher::Call*> QueryBatcher::TakeWaiting() {
  const auto end = waiting_.begin() + std::min(waiting_.size(), max_batch_);
  std::vector<Call*> taken(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return taken;
}

// The lock is free while the encoder runs.
void QueryBatcher::RunTogether(absl::Span<Call* const> calls) {
  const size_t lane = free_lanes_.back();
  free_lanes_.pop_back();
  std::vector<TokenIds> questions;
  for (Call* call : calls) questions.push_back(std::move(call->question));
  mutex_.Unlock();
  absl::StatusOr<std::vector<QuestionEmbedding>> embeddings = encode_(lane, questions);
  mutex_.Lock();
  free_lanes_.push_back(lane);
  for (size_t i = 0; i < calls.size(); ++i) {
    if (embeddings.ok()) {
      calls[i]->embedding = std::move((*embeddings)[i]);
    } else {
      calls[i]->embedding = embeddings.status();
    }
    calls[i]->is_done = true;
  }
}

}  // namespace bedside
