// Keeps what recent questions became, so that a question asked again costs no run of the encoder.
//
// The texts are held in memory only, and never logged. Of two callers who ask the same new question at the same time
// both may encode it. Passages go through unkept; errors are not kept. Thread-safe.
#ifndef BEDSIDE_INDEX_EMBEDDING_CACHING_EMBEDDER_H_
#define BEDSIDE_INDEX_EMBEDDING_CACHING_EMBEDDER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

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
  // Those that are not kept are encoded together.
  absl::StatusOr<std::vector<QuestionEmbedding>> EmbedQueries(absl::Span<const std::string> texts) const override;

 private:
  // Puts what is kept into its place in `embeddings`. Returns the places of the others.
  std::vector<size_t> Find(absl::Span<const std::string> texts, absl::Span<QuestionEmbedding> embeddings) const;
  void Keep(absl::Span<const std::string> texts, absl::Span<const QuestionEmbedding> embeddings) const;

  const std::unique_ptr<Embedder> embedder_;
  const size_t capacity_;

  mutable absl::Mutex mutex_;
  mutable RecentMap<QuestionEmbedding> kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_CACHING_EMBEDDER_H_
