#include "index/embedding/caching_embedder.h"

#include <utility>

namespace bedside {

CachingEmbedder::CachingEmbedder(std::unique_ptr<Embedder> embedder, size_t capacity)
    : embedder_(std::move(embedder)), capacity_(capacity) {}

const std::string& CachingEmbedder::id() const { return embedder_->id(); }

size_t CachingEmbedder::dimension() const { return embedder_->dimension(); }

absl::StatusOr<PassageEmbeddings> CachingEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  return embedder_->EmbedPassages(texts);
}

absl::StatusOr<QuestionEmbedding> CachingEmbedder::EmbedQuery(absl::string_view text) const {
  QuestionEmbedding known;
  if (Find(text, known)) return known;
  absl::StatusOr<QuestionEmbedding> embedding = embedder_->EmbedQuery(text);
  if (embedding.ok()) Keep(text, *embedding);
  return embedding;
}

bool CachingEmbedder::Find(absl::string_view text, QuestionEmbedding& embedding) const {
  absl::MutexLock lock(&mutex_);
  const QuestionEmbedding* found = kept_.Find(text);
  if (found != nullptr) embedding = *found;
  return found != nullptr;
}

void CachingEmbedder::Keep(absl::string_view text, const QuestionEmbedding& embedding) const {
  if (capacity_ == 0) return;
  absl::MutexLock lock(&mutex_);
  if (kept_.Contains(text)) return;
  kept_.Add(text, embedding);
  if (kept_.size() > capacity_) kept_.TakeOldest();
}

}  // namespace bedside
