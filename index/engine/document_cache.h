// Documents that were read lately, up to a number of bytes: a hit needs the text of its passage only, and reading the
// whole document again for each would cost most where documents are long. A version of a document never changes, so
// what is here cannot be stale.
//
// Thread-safe. Cost: a hash look-up under a lock; Add also sizes the document.
#ifndef BEDSIDE_INDEX_ENGINE_DOCUMENT_CACHE_H_
#define BEDSIDE_INDEX_ENGINE_DOCUMENT_CACHE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "index/recency/recent_map.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

class DocumentCache {
 public:
  // `capacity_bytes`: of the documents as they are stored; in memory they take about as much. A document of more than
  // half of it is not kept, lest it drives out the others.
  explicit DocumentCache(size_t capacity_bytes) : capacity_bytes_(capacity_bytes) {}

  // The document that was added under `key`; null when there is none, or it was driven out.
  std::shared_ptr<const storage::Document> Find(absl::string_view key);

  // Keeps the document, and drives out those that were not asked for the longest, until it fits. Does nothing when
  // there is one of this key. REQUIRES: document != nullptr
  void Add(absl::string_view key, std::shared_ptr<const storage::Document> document);

 private:
  struct Kept {
    std::shared_ptr<const storage::Document> document;
    size_t bytes;
  };

  const size_t capacity_bytes_;
  absl::Mutex mutex_;
  RecentMap<Kept> documents_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_DOCUMENT_CACHE_H_
