// Finds the k passages with the highest sums over the posting lists of a query, without reading all of them.
//
// MaxScore over windows of passages. The lists stand in falling order of the most that each can add. The first of them
// are read throughout; the others, which together could not lift a passage into the best, only where a passage already
// has a score from the first. Scores are always added in that order of the lists, so a passage has the same score, to
// the bit, wherever the border between the two lies, and the ranking is that of exhaustive scoring. Source: Turtle and
// Flood, Query evaluation: strategies and optimizations (1995).
//
// One object is one search, on one thread. 17 KiB, meant to live on the stack.
#ifndef BEDSIDE_INDEX_LEXICAL_MAX_SCORE_SEARCH_H_
#define BEDSIDE_INDEX_LEXICAL_MAX_SCORE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/lexical/lexical_format.h"
#include "index/lexical/top_passages.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"

namespace bedside {

// The postings of a term and how far they have been read.
class TermCursor {
 public:
  // The postings are `[begin, end)` of the two arrays, passages ascending; each adds `weight` times its impact, which
  // is at most `max_impact`. REQUIRES: weight > 0
  TermCursor(PackedArray<uint32_t> passages, PackedArray<float> impacts, size_t begin, size_t end, float weight,
             float max_impact)
      : passages_(passages), impacts_(impacts), next_(begin), end_(end), weight_(weight), max_impact_(max_impact) {}

  bool AtEnd() const { return next_ == end_; }
  // REQUIRES: !AtEnd()
  size_t passage() const { return passages_[next_]; }
  float score() const { return weight_ * impacts_[next_]; }
  void Next() { ++next_; }
  // Moves to the first posting at `passage` or after, in the logarithm of the distance.
  void SkipTo(size_t passage);

  float max_score() const { return weight_ * max_impact_; }

 private:
  PackedArray<uint32_t> passages_;
  PackedArray<float> impacts_;
  size_t next_;
  size_t end_;
  float weight_;
  float max_impact_;
};

class MaxScoreSearch {
 public:
  // REQUIRES: k > 0, and allowed.size() is above every passage of the cursors. `allowed` must outlive the search.
  MaxScoreSearch(std::vector<TermCursor> cursors, const PassageBitmap& allowed, size_t k);

  // The best passages of `allowed` that are in at least one list, best first. Once only.
  std::vector<ScoredPassage> Run();

 private:
  // Passages that are scored together: their scores stay in the first-level cache.
  static constexpr size_t kWindow = 4096;

  bool CannotRank(float score, size_t term) const;
  size_t NextPassage() const;
  void AddLeadingLists(size_t begin);
  void OfferWindow(size_t begin);
  void OfferPassage(size_t passage, float score);

  std::vector<TermCursor> cursors_;
  const PassageBitmap& allowed_;
  TopPassages top_;
  // Lists before this one are read throughout.
  size_t leading_;
  // The most that the lists from each one on can add.
  std::vector<double> rest_;
  // The factor by which rounding may lift a sum of floats above the exact sum of its bounds.
  double rounding_;
  float scores_[kWindow];
  uint64_t touched_[kWindow / 64];
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_MAX_SCORE_SEARCH_H_
