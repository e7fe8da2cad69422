#include "index/lexical/term_cursor.h"

#include <algorithm>
#include <array>

namespace bedside {

TermCursor::TermCursor(PostingList list, uint32_t weight) : list_(list), weight_(weight), passage_(list.First(0)) {
  uint8_t max_impact = 0;
  for (size_t block = 0; block < list_.blocks(); ++block) max_impact = std::max(max_impact, list_.MaxImpact(block));
  max_score_ = weight_ * max_impact;
  impact_ = list_.wide() ? list_.Block<uint32_t>(0).impacts[0] : list_.Block<uint16_t>(0).impacts[0];
}

uint32_t TermCursor::ScoreReachedBy(size_t count) const {
  std::array<size_t, 256> blocks = {};
  for (size_t block = 0; block < list_.blocks(); ++block) ++blocks[list_.MaxImpact(block)];
  size_t reached = 0;
  for (uint32_t impact = 255; impact > 0; --impact) {
    reached += blocks[impact];
    if (reached >= count) return weight_ * impact;
  }
  return 0;
}

uint32_t TermCursor::MaxScore(size_t begin, size_t end) {
  if (passage_ >= end) return 0;
  const size_t blocks = list_.blocks();
  bounded_ = std::max(bounded_, block_);
  while (bounded_ < blocks && list_.Last(bounded_) < begin) ++bounded_;
  uint8_t max_impact = 0;
  for (size_t block = bounded_; block < blocks && list_.First(block) < end; ++block) {
    max_impact = std::max(max_impact, list_.MaxImpact(block));
  }
  return weight_ * max_impact;
}

size_t TermCursor::SkipTo(size_t passage) {
  if (passage_ >= passage) return passage_;
  const size_t blocks = list_.blocks();
  size_t block = std::max(bounded_, block_);
  while (block < blocks && list_.Last(block) < passage) ++block;
  if (block != block_) index_ = 0;
  block_ = block;
  if (block_ == blocks) return passage_ = kAtEnd;
  if (list_.wide()) {
    Find<uint32_t>(passage);
  } else {
    Find<uint16_t>(passage);
  }
  return passage_;
}

// In block_, which ends at `passage` or after.
template <typename Offset>
void TermCursor::Find(size_t passage) {
  const size_t first = list_.First(block_);
  index_ = list_.Block<Offset>(block_).LowerBound(index_, passage > first ? passage - first : 0);
  Read<Offset>();
}

template <typename Offset>
void TermCursor::Read() {
  const PostingBlock<Offset> block = list_.Block<Offset>(block_);
  passage_ = list_.First(block_) + block.offsets[index_];
  impact_ = block.impacts[index_];
}

void TermCursor::AddTo(ScoreWindow* window, bool mark) {
  if (passage_ >= window->end()) return;
  if (list_.wide()) {
    mark ? AddBlocksTo<uint32_t, true>(window) : AddBlocksTo<uint32_t, false>(window);
  } else {
    mark ? AddBlocksTo<uint16_t, true>(window) : AddBlocksTo<uint16_t, false>(window);
  }
}

template <typename Offset, bool mark>
void TermCursor::AddBlocksTo(ScoreWindow* window) {
  const size_t blocks = list_.blocks();
  const size_t end = window->end();
  for (; block_ < blocks && list_.First(block_) < end; ++block_, index_ = 0) {
    const PostingBlock<Offset> block = list_.Block<Offset>(block_);
    const bool whole = list_.Last(block_) < end;
    const size_t to = whole ? block.size : block.LowerBound(index_, end - list_.First(block_));
    // The first passage of the block may be before the window: the sums wrap around to the right place.
    const size_t shift = list_.First(block_) - window->begin();
    for (size_t i = index_; i < to; ++i) {
      const size_t offset = shift + block.offsets[i];
      const uint32_t score = weight_ * block.impacts[i];
      mark ? window->AddAndMark(offset, score) : window->Add(offset, score);
    }
    index_ = to;
    if (!whole) break;
  }
  if (block_ == blocks) {
    passage_ = kAtEnd;
  } else {
    Read<Offset>();
  }
}

}  // namespace bedside
