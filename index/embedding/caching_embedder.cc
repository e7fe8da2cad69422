#include "index/embedding/caching_embedder.h"

#include <utility>

namespace bedside {

CachingEmbedder::CachingEmbedder(std::unique_ptr<Embedder> embedder, size_t capacity)
    : embedder_(std::move(embedder)), capacity_(capacity) {}

const std::string& CachingEmbedder::id() const { return embedder_->id(); }

size_t CachingEmbedder::dimension() const { return embedder_->dimension(); }

absl::StatusOr<EmbeddingMatrix> CachingEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  return embedder_->EmbedPassages(texts);
}

absl::StatusOr<std::vector<float>> CachingEmbedder::EmbedQuery(absl::string_view text) const {
  std::vector<float> known;
  if (Find(text, known)) return known;
  absl::StatusOr<std::vector<float>> vector = embedder_->EmbedQuery(text);
  if (vector.ok()) Keep(text, *vector);
  return vector;
}

bool CachingEmbedder::Find(absl::string_view text, std::vector<float>& vector) const {
  absl::MutexLock lock(&mutex_);
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) return false;
  entries_.splice(entries_.begin(), entries_, found->second);
  vector = found->second->vector;
  return true;
}

void CachingEmbedder::Keep(absl::string_view text, const std::vector<float>& vector) const {
  if (capacity_ == 0) return;
  absl::MutexLock lock(&mutex_);
  if (by_text_.contains(text)) return;
  entries_.push_front({std::string(text), vector});
  by_text_.emplace(entries_.front().text, entries_.begin());
  if (entries_.size() <= capacity_) return;
  by_text_.erase(entries_.back().text);
  entries_.pop_back();
}

}  // namespace bedside
