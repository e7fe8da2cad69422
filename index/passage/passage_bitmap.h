// A set of passages of one generation, one bit each: what a search may return.
//
// Immutable use from many threads is safe; Add and Remove are not synchronised.
#ifndef BEDSIDE_INDEX_PASSAGE_PASSAGE_BITMAP_H_
#define BEDSIDE_INDEX_PASSAGE_PASSAGE_BITMAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/passage/passage_ordinal.h"

namespace bedside {

class PassageBitmap {
 public:
  // `passages`: how many the generation has. All are in the set, or none.
  PassageBitmap(size_t passages, bool all)
      : size_(passages), words_((passages + 63) / 64, all ? ~uint64_t{0} : uint64_t{0}) {
    if (all && passages % 64 != 0) words_.back() = (uint64_t{1} << (passages % 64)) - 1;
  }

  // REQUIRES: IndexOf(passage) < size()
  void Add(PassageOrdinal passage) { words_[IndexOf(passage) / 64] |= Bit(passage); }
  bool Contains(PassageOrdinal passage) const { return (words_[IndexOf(passage) / 64] & Bit(passage)) != 0; }

  // Passages of the generation, in the set or not.
  size_t size() const { return size_; }

  // Passages in the set. Linear in size() / 64.
  size_t Count() const {
    size_t count = 0;
    for (uint64_t word : words_) count += static_cast<size_t>(__builtin_popcountll(word));
    return count;
  }

  // Bit i of byte i / 8, lowest bit first: the layout of faiss::IDSelectorBitmap.
  const uint8_t* bytes() const { return reinterpret_cast<const uint8_t*>(words_.data()); }

 private:
  static uint64_t Bit(PassageOrdinal passage) { return uint64_t{1} << (IndexOf(passage) % 64); }

  size_t size_;
  std::vector<uint64_t> words_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_PASSAGE_PASSAGE_BITMAP_H_
