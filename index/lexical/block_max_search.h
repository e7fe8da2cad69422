// Finds the k passages with the highest sums over the posting lists of a question, without reading all of them.
//
// MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995) over windows of passages, with
// the block maxima of Ding and Suel ("Faster top-k document retrieval using block-max indexes", 2011). For each window
// the blocks say the most that each list can add there. If all of it together does not reach the k-th best so far, the
// window is skipped. Else the lists stand in falling order of that; the last of them, which together could not lift a
// passage into the best, are only looked up for passages that have a score from the first. A list whose maximum over
// all blocks is that low does not lead to windows at all. With few allowed passages, those are looked up in the lists
// instead. Sums are of whole numbers: a passage has the same score whatever was skipped, and the ranking is that of
// exhaustive scoring.
//
// Each search starts with a score that k passages are known to reach, where nothing is filtered: that of the k blocks
// of a list with the highest maxima.
//
// One object is one search, on one thread. 17 KiB, meant to live on the stack.
#ifndef BEDSIDE_INDEX_LEXICAL_BLOCK_MAX_SEARCH_H_
#define BEDSIDE_INDEX_LEXICAL_BLOCK_MAX_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/lexical/lexical_format.h"
#include "index/lexical/score_window.h"
#include "index/lexical/term_cursor.h"
#include "index/lexical/top_passages.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"

namespace bedside {

class BlockMaxSearch {
 public:
  // REQUIRES: k > 0; allowed.size() is above every passage of the cursors; the max_score() of all cursors together are
  // below 2^32. `allowed` must outlive the search.
  BlockMaxSearch(std::vector<TermCursor> cursors, const PassageBitmap& allowed, size_t k);

  // The best passages of `allowed` that are in at least one list, best first, with their sums. Once only.
  std::vector<ScoredPassage> Run();

 private:
  // A list in a window, and the most that it and those after it can add there.
  struct Bound {
    TermCursor* cursor;
    uint32_t score;
    uint64_t rest;
  };

  bool AllAllowed() const;
  bool FewAllowed() const;
  uint64_t AllowedWord(size_t word) const;
  size_t CountAllowed(size_t begin) const;

  void SearchAllowed();
  void LookUp(size_t passage);
  void SearchWindows();
  size_t NextPassage(size_t from);
  void SearchWindow(size_t begin);
  void BoundLists(size_t begin);
  uint64_t Rest(size_t list) const;
  void AddList(size_t list, bool mark);
  void FindCandidates(bool marked);
  void AddToCandidates(size_t list);
  void DropCandidates(size_t list);
  void Offer(size_t passage, uint64_t sum);

  std::vector<TermCursor> cursors_;
  const PassageBitmap& allowed_;
  PackedArray<uint64_t> allowed_words_;
  TopPassages top_;
  // A sum up to this cannot be among the best.
  uint64_t threshold_ = 0;
  // The most that the cursors from each one on can add anywhere.
  std::vector<uint64_t> rest_;
  // Cursors before this one lead to windows.
  size_t leading_;
  const bool all_allowed_;
  // One for each cursor; the first `lists_` may have postings in the window.
  std::vector<Bound> bounds_;
  size_t lists_ = 0;
  ScoreWindow window_;
  // Of the window, by their offset, ascending: may still be among the best.
  std::vector<uint32_t> candidates_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_BLOCK_MAX_SEARCH_H_
