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
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) return false;
  entries_.splice(entries_.begin(), entries_, found->second);
  embedding = found->second->embedding;
  return true;
}

void CachingEmbedder::Keep(absl::string_view text, const QuestionEmbedding& embedding) const {
  if (capacity_ == 0) return;
  absl::MutexLock lock(&mutex_);
  if (by_text_.contains(text)) return;
  entries_.push_front({std::string(text), embedding});
  by_text_.emplace(entries_.front().text, entries_.begin());
  if (entries_.size() <= capacity_) return;
  by_text_.erase(entries_.back().text);
  entries_.pop_back();
}

}  // namespace bedside
