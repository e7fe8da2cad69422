// Keeps what recent questions became, so that a question asked again costs no run of the encoder.
//
// The texts are held in memory only, and never logged. Of two callers who ask the same new question at the same time
// both may encode it. Passages go through unkept; errors are not kept. Thread-safe.
#ifndef BEDSIDE_INDEX_EMBEDDING_CACHING_EMBEDDER_H_
#define BEDSIDE_INDEX_EMBEDDING_CACHING_EMBEDDER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"
#include "index/recency/recent_map.h"

namespace bedside {

class CachingEmbedder : public Embedder {
 public:
  // Keeps the `capacity` questions that were asked last, by their exact text: about 6 KiB each at 384 dimensions
  // and 20 tokens, and the text. 0 keeps none. The id is that of `embedder`.
  CachingEmbedder(std::unique_ptr<Embedder> embedder, size_t capacity);

  const std::string& id() const override;
  size_t dimension() const override;
  absl::StatusOr<PassageEmbeddings> EmbedPassages(absl::Span<const std::string> texts) const override;
  absl::StatusOr<QuestionEmbedding> EmbedQuery(absl::string_view text) const override;

 private:
  // Whether `text` was there; then what it became is in `embedding`.
  bool Find(absl::string_view text, QuestionEmbedding& embedding) const;
  void Keep(absl::string_view text, const QuestionEmbedding& embedding) const;

  const std::unique_ptr<Embedder> embedder_;
  const size_t capacity_;

  mutable absl::Mutex mutex_;
  mutable RecentMap<QuestionEmbedding> kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_CACHING_EMBEDDER_H_
