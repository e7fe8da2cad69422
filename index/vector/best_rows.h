// The best of many scored passages, collected one by one.
//
// Not thread-safe. Cost: a comparison for most passages; memory 8 bytes for each of a few times `k`, or for as many as
// have scores within the slack.
#ifndef BEDSIDE_INDEX_VECTOR_BEST_ROWS_H_
#define BEDSIDE_INDEX_VECTOR_BEST_ROWS_H_

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "index/passage/scored_passage.h"

namespace bedside {

class BestRows {
 public:
  // Keeps the `k` best and all whose score is at most `slack` below the k-th. REQUIRES: k > 0, slack >= 0
  BestRows(size_t k, float slack) : k_(k), slack_(slack), room_(2 * k + 1024) {}

  void Add(PassageOrdinal passage, float score) {
    if (score < least_) return;
    rows_.push_back({passage, score});
    if (rows_.size() >= room_) Shrink();
  }

  // What is kept, in no order. The collector is spent.
  std::vector<ScoredPassage> Take() {
    Shrink();
    return std::move(rows_);
  }

 private:
  void Shrink() {
    if (rows_.size() <= k_) return;
    const auto last = rows_.begin() + static_cast<std::ptrdiff_t>(k_) - 1;
    std::nth_element(rows_.begin(), last, rows_.end(), RanksBefore);
    least_ = last->score - slack_;
    rows_.erase(std::remove_if(last, rows_.end(), [this](const ScoredPassage& row) { return row.score < least_; }),
                rows_.end());
    room_ = std::max(room_, 2 * rows_.size());
  }

  size_t k_;
  float slack_;
  size_t room_;
  float least_ = -std::numeric_limits<float>::infinity();
  std::vector<ScoredPassage> rows_;
};

// The best `k` of `rows`, best first.
inline std::vector<ScoredPassage> Ranked(std::vector<ScoredPassage> rows, size_t k) {
  if (rows.size() > k) {
    std::nth_element(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(k), rows.end(), RanksBefore);
    rows.resize(k);
  }
  std::sort(rows.begin(), rows.end(), RanksBefore);
  return rows;
}

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_BEST_ROWS_H_
