// Where one term occurs in passages and their fields, and how often: packed, since a corpus has some hundred million
// such places while its index is built.
//
// An occurrence is a varint (base 128, lowest first) of the distance to the passage of the one before, times 8, plus
// twice the field, plus 1 where a varint of the count follows; without one it is 1. So most take one to three bytes,
// and those of a rare term no memory of their own.
#ifndef BEDSIDE_INDEX_LEXICAL_OCCURRENCE_LIST_H_
#define BEDSIDE_INDEX_LEXICAL_OCCURRENCE_LIST_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace bedside {

class OccurrenceList {
 public:
  struct Occurrence {
    uint32_t passage;
    uint32_t field;
    uint32_t count;
  };

  // REQUIRES: the passage is not before that of the last one, field < 4, count > 0
  void Add(const Occurrence& added) {
    passages_ += passages_ == 0 || added.passage != last_passage_ ? 1 : 0;
    const uint64_t distance = added.passage - last_passage_;
    last_passage_ = added.passage;
    AppendVarint(distance << 3 | added.field << 1 | (added.count > 1 ? 1 : 0));
    if (added.count > 1) AppendVarint(added.count);
  }

  // Calls `visit` with each Occurrence, in the order in which they were added.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    uint32_t passage = 0;
    for (size_t at = 0; at < bytes_.size();) {
      const uint64_t head = ReadVarint(&at);
      passage += static_cast<uint32_t>(head >> 3);
      const bool has_count = (head & 1) != 0;
      visit(Occurrence{passage, static_cast<uint32_t>(head >> 1 & 3),
                       has_count ? static_cast<uint32_t>(ReadVarint(&at)) : 1});
    }
  }

  // Passages in which the term occurs.
  size_t passages() const { return passages_; }

 private:
  void AppendVarint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }

  uint64_t ReadVarint(size_t* at) const {
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<uint8_t>(bytes_[(*at)++]);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  std::string bytes_;
  uint32_t last_passage_ = 0;
  uint32_t passages_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_OCCURRENCE_LIST_H_
