// The posting list of a term of a question and how far it has been read. Only moves forward.
//
// Scores are whole numbers, the impact of a posting times the weight of its term, so that the sum over the terms of a
// passage does not depend on the order of adding.
#ifndef BEDSIDE_INDEX_LEXICAL_TERM_CURSOR_H_
#define BEDSIDE_INDEX_LEXICAL_TERM_CURSOR_H_

#include <cstddef>
#include <cstdint>

#include "index/lexical/posting_list.h"
#include "index/lexical/score_window.h"

namespace bedside {

class TermCursor {
 public:
  static constexpr size_t kAtEnd = ~size_t{0};

  // REQUIRES: the list has a posting; 0 < weight, and weight * 255 < 2^32
  TermCursor(PostingList list, uint32_t weight);

  const PostingList& list() const { return list_; }

  // The most that any posting scores.
  uint32_t max_score() const { return max_score_; }

  // A score that at least `count` postings reach: that of the blocks with the highest maxima. 0 if there are fewer
  // blocks. Linear in the blocks.
  uint32_t ScoreReachedBy(size_t count) const;

  // The most that a posting of passages in [begin, end) may score, by the blocks that hold such; 0 only if there is
  // none. REQUIRES: `begin` does not fall from one call of this or of SkipTo to the next
  uint32_t MaxScore(size_t begin, size_t end);

  // Moves to the first posting at `passage` or after and returns its passage, or kAtEnd.
  size_t SkipTo(size_t passage);

  // Of the posting that SkipTo found. REQUIRES: that was not kAtEnd
  uint32_t score() const { return weight_ * impact_; }

  // Adds the scores of all postings in the window, by AddAndMark if `mark`, and moves to the first posting after it.
  // REQUIRES: SkipTo was there last, at the begin of the window or after
  void AddTo(ScoreWindow* window, bool mark);

 private:
  template <typename Offset>
  void Find(size_t passage);
  template <typename Offset>
  void Read();
  template <typename Offset, bool mark>
  void AddBlocksTo(ScoreWindow* window);

  PostingList list_;
  uint32_t weight_;
  uint32_t max_score_ = 0;
  // The current posting: `index_` of `block_`.
  size_t block_ = 0;
  size_t index_ = 0;
  size_t passage_;
  uint8_t impact_;
  // The first block that ends where MaxScore was asked last, or after; no later than where SkipTo may be asked next.
  size_t bounded_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_TERM_CURSOR_H_
