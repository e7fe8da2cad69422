#include "index/engine/document_cache.h"

#include <utility>
#include <vector>

namespace bedside {

std::shared_ptr<const storage::Document> DocumentCache::Find(absl::string_view key) {
  absl::MutexLock lock(&mutex_);
  const Kept* found = documents_.Find(key);
  return found == nullptr ? nullptr : found->document;
}

void DocumentCache::Add(absl::string_view key, std::shared_ptr<const storage::Document> document) {
  const size_t bytes = document->ByteSizeLong();
  if (bytes > capacity_bytes_ / 2) return;
  // Destroyed outside the lock.
  std::vector<Kept> driven_out;
  absl::MutexLock lock(&mutex_);
  if (documents_.Contains(key)) return;
  documents_.Add(key, {std::move(document), bytes});
  bytes_ += bytes;
  while (bytes_ > capacity_bytes_) {
    driven_out.push_back(documents_.TakeOldest());
    bytes_ -= driven_out.back().bytes;
  }
}

}  // namespace bedside
