// Rankings of the questions that were asked last, as long as the corpus is as it was: the next question of the corpus
// after a new generation, or a change of what a document is worth, drops those of before.
//
// Questions are held in memory only, and never logged. Thread-safe. Memory: about 100 bytes a passage, 100 KiB a
// ranking.
#ifndef BEDSIDE_INDEX_RETRIEVAL_RANKING_CACHE_H_
#define BEDSIDE_INDEX_RETRIEVAL_RANKING_CACHE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "index/engine/evidence_view.h"
#include "index/recency/recent_map.h"
#include "index/retrieval/ranking.h"

namespace bedside {

class RankingCache {
 public:
  // Keeps the `capacity` rankings that were asked for last. REQUIRES: capacity > 0
  explicit RankingCache(size_t capacity) : capacity_(capacity) {}

  // The ranking that was added for the same `question` of this view, without its view; null where there is none. Drops
  // those of other states of its corpus. `question`: all that a ranking depends on beside the view.
  std::shared_ptr<const Ranking> Find(const EvidenceView& view, absl::string_view question);

  // Keeps the ranking in the place of the one that was there. A view that nobody else keeps takes its rankings along:
  // nothing here holds a generation, whose documents may have to go.
  void Add(absl::string_view question, Ranking ranking);

 private:
  struct Kept {
    std::weak_ptr<const EvidenceView> view;
    std::shared_ptr<const Ranking> ranking;
  };

  const size_t capacity_;
  absl::Mutex mutex_;
  RecentMap<Kept> rankings_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_RANKING_CACHE_H_
