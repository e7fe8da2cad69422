// Encodes questions that wait for the encoder together.
//
// A call that finds the encoder free runs at once and alone. While it runs, others wait; when it ends, one of those
// who wait encodes all of them, up to `max_batch` questions but one call at least, in one run, in the thread of its
// caller. So nothing waits for company, and the more questions wait, the cheaper each becomes. Calls are taken in the
// order in which they came.
//
// Thread-safe. There is no thread of its own: every call returns when its own questions are done.
#ifndef BEDSIDE_INDEX_EMBEDDING_QUERY_BATCHER_H_
#define BEDSIDE_INDEX_EMBEDDING_QUERY_BATCHER_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"
#include "index/embedding/token_batch.h"

namespace bedside {

class QueryBatcher {
 public:
  // What each of `questions` becomes, in their order. `lane` is less than lanes, and of no other run at that moment.
  using Encode =
      std::function<absl::StatusOr<std::vector<QuestionEmbedding>>(size_t lane, absl::Span<const TokenIds> questions)>;

  // `lanes`: runs that may be under way at once. REQUIRES: lanes > 0, max_batch > 0, and that `encode` does not throw
  QueryBatcher(size_t lanes, size_t max_batch, Encode encode);

  // What questions become, all in one run. An error of `encode` reaches those, and only those, whose questions were in
  // that run.
  absl::StatusOr<std::vector<QuestionEmbedding>> Embed(std::vector<TokenIds> questions);

  // Calls that wait for a run.
  size_t waiting() const;

 private:
  struct Call {
    QueryBatcher* owner;
    std::vector<TokenIds> questions;
    absl::StatusOr<std::vector<QuestionEmbedding>> embeddings;
    bool is_done = false;
  };

  static bool MayGoOn(Call* call) ABSL_NO_THREAD_SAFETY_ANALYSIS;
  std::vector<Call*> TakeWaiting() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void RunTogether(absl::Span<Call* const> calls) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void HandOut(absl::StatusOr<std::vector<QuestionEmbedding>> embeddings, absl::Span<Call* const> calls)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t max_batch_;
  const Encode encode_;

  mutable absl::Mutex mutex_;
  std::vector<size_t> free_lanes_ ABSL_GUARDED_BY(mutex_);
  std::deque<Call*> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_QUERY_BATCHER_H_
