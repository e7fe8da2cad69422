// The postings of one term in the bytes of a lexical index: a view, to be copied. The bytes must outlive it.
//
// A posting is a passage and the impact of the term there. They lie in blocks of kLexicalBlockPostings, passages
// ascending; of each block the first and the last passage and the highest impact can be read without its postings.
#ifndef BEDSIDE_INDEX_LEXICAL_POSTING_LIST_H_
#define BEDSIDE_INDEX_LEXICAL_POSTING_LIST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "index/lexical/lexical_format.h"

namespace bedside {

// The postings of one block: `size` offsets of passages from the first of the block, then as many impacts.
template <typename Offset>
struct PostingBlock {
  PackedArray<Offset> offsets;
  PackedArray<uint8_t> impacts;
  size_t size;

  // The first posting from `from` on whose offset is at least `offset`; size if there is none.
  size_t LowerBound(size_t from, uint64_t offset) const {
    size_t low = from;
    for (size_t count = size - from; count > 0;) {
      const size_t half = count / 2;
      const bool before = offsets[low + half] < offset;
      low = before ? low + half + 1 : low;
      count = before ? count - half - 1 : half;
    }
    return low;
  }
};

class PostingList {
 public:
  // Bytes of `holders` postings, wide or not.
  static uint64_t Bytes(uint64_t holders, bool wide) { return holders * ((wide ? 4 : 2) + 1); }
  static uint64_t Blocks(uint64_t holders) { return (holders + kLexicalBlockPostings - 1) / kLexicalBlockPostings; }

  // Offsets of passages take two bytes each, or four where the list is `wide`.
  PostingList(const char* postings, size_t holders, bool wide, PackedArray<LexicalBlock> blocks,
              PackedArray<uint8_t> maxima)
      : postings_(postings), holders_(holders), wide_(wide), blocks_(blocks), maxima_(maxima) {}

  size_t holders() const { return holders_; }
  bool wide() const { return wide_; }
  size_t blocks() const { return Blocks(holders_); }

  // REQUIRES for all: block < blocks()
  size_t First(size_t block) const { return blocks_[block].first; }
  size_t Last(size_t block) const { return blocks_[block].last; }
  uint8_t MaxImpact(size_t block) const { return maxima_[block]; }

  // REQUIRES: `Offset` is uint32_t if wide(), uint16_t if not
  template <typename Offset>
  PostingBlock<Offset> Block(size_t block) const {
    const size_t begin = block * kLexicalBlockPostings;
    const size_t size = std::min(holders_ - begin, kLexicalBlockPostings);
    const char* offsets = postings_ + begin * (sizeof(Offset) + 1);
    return {PackedArray<Offset>(offsets), PackedArray<uint8_t>(offsets + size * sizeof(Offset)), size};
  }

 private:
  const char* postings_;
  size_t holders_;
  bool wide_;
  PackedArray<LexicalBlock> blocks_;
  PackedArray<uint8_t> maxima_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_POSTING_LIST_H_
