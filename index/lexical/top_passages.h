// Keeps the k best of passages that are offered in the order of their ordinals.
// Amortised constant time for each passage offered, memory for 2 k of them. Not thread-safe.
#ifndef BEDSIDE_INDEX_LEXICAL_TOP_PASSAGES_H_
#define BEDSIDE_INDEX_LEXICAL_TOP_PASSAGES_H_

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "index/passage/scored_passage.h"

namespace bedside {

class TopPassages {
 public:
  // REQUIRES: k > 0
  explicit TopPassages(size_t k) : k_(k) {}

  // Only a passage that scores above this can still be among the best: an equal score loses by its ordinal.
  float threshold() const { return threshold_; }

  // REQUIRES: `passage` comes after all those offered before, and its score is not NaN
  void Offer(ScoredPassage passage) {
    if (passage.score <= threshold_) return;
    best_.push_back(passage);
    if (best_.size() / 2 >= k_) Shrink();
  }

  // The best, in order; nothing may be offered after that.
  std::vector<ScoredPassage> Take() {
    if (best_.size() > k_) Shrink();
    std::sort(best_.begin(), best_.end(), Before());
    return std::move(best_);
  }

 private:
  // RanksBefore itself would be called through a pointer, which takes most of the time of sorting.
  struct Before {
    bool operator()(const ScoredPassage& a, const ScoredPassage& b) const { return RanksBefore(a, b); }
  };

  void Shrink() {
    std::nth_element(best_.begin(), best_.begin() + (k_ - 1), best_.end(), Before());
    best_.resize(k_);
    threshold_ = best_.back().score;
  }

  size_t k_;
  float threshold_ = -std::numeric_limits<float>::infinity();
  std::vector<ScoredPassage> best_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_TOP_PASSAGES_H_
