#include "index/engine/document_cache.h"

#include <iterator>
#include <utility>

namespace bedside {

std::shared_ptr<const storage::Document> DocumentCache::Find(absl::string_view key) {
  absl::MutexLock lock(&mutex_);
  const auto found = index_.find(key);
  if (found == index_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->document;
}

void DocumentCache::Add(absl::string_view key, std::shared_ptr<const storage::Document> document) {
  const size_t bytes = document->ByteSizeLong();
  if (bytes > capacity_bytes_ / 2) return;
  // Destroyed outside the lock.
  std::list<Entry> driven_out;
  absl::MutexLock lock(&mutex_);
  if (index_.contains(key)) return;
  entries_.push_front({std::string(key), std::move(document), bytes});
  index_[entries_.front().key] = entries_.begin();
  bytes_ += bytes;
  while (bytes_ > capacity_bytes_) {
    bytes_ -= entries_.back().bytes;
    index_.erase(entries_.back().key);
    driven_out.splice(driven_out.begin(), entries_, std::prev(entries_.end()));
  }
}

}  // namespace bedside
