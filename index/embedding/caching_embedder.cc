#include "index/embedding/caching_embedder.h"

#include <utility>

#include "index/status/status_macros.h"

namespace bedside {

CachingEmbedder::CachingEmbedder(std::unique_ptr<Embedder> embedder, size_t capacity)
    : embedder_(std::move(embedder)), capacity_(capacity) {}

const std::string& CachingEmbedder::id() const { return embedder_->id(); }

size_t CachingEmbedder::dimension() const { return embedder_->dimension(); }

absl::StatusOr<PassageEmbeddings> CachingEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  return embedder_->EmbedPassages(texts);
}

absl::StatusOr<std::vector<QuestionEmbedding>> CachingEmbedder::EmbedQueries(
    absl::Span<const std::string> texts) const {
  std::vector<QuestionEmbedding> embeddings(texts.size());
  const std::vector<size_t> places = Find(texts, absl::MakeSpan(embeddings));
  if (places.empty()) return embeddings;
  std::vector<std::string> unknown;
  for (size_t place : places) unknown.push_back(texts[place]);
  ASSIGN_OR_RETURN(std::vector<QuestionEmbedding> encoded, embedder_->EmbedQueries(unknown));
  Keep(unknown, encoded);
  for (size_t i = 0; i < places.size(); ++i) embeddings[places[i]] = std::move(encoded[i]);
  return embeddings;
}

std::vector<size_t> CachingEmbedder::Find(absl::Span<const std::string> texts,
                                          absl::Span<QuestionEmbedding> embeddings) const {
  std::vector<size_t> unknown;
  absl::MutexLock lock(&mutex_);
  for (size_t i = 0; i < texts.size(); ++i) {
    const QuestionEmbedding* found = kept_.Find(texts[i]);
    if (found == nullptr) {
      unknown.push_back(i);
    } else {
      embeddings[i] = *found;
    }
  }
  return unknown;
}

void CachingEmbedder::Keep(absl::Span<const std::string> texts, absl::Span<const QuestionEmbedding> embeddings) const {
  if (capacity_ == 0) return;
  absl::MutexLock lock(&mutex_);
  for (size_t i = 0; i < texts.size(); ++i) {
    if (kept_.Contains(texts[i])) continue;
    kept_.Add(texts[i], embeddings[i]);
    if (kept_.size() > capacity_) kept_.TakeOldest();
  }
}

}  // namespace bedside
