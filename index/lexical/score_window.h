// Sums of scores for a window of consecutive passages, small enough for the first-level cache, and which of them are
// above a limit.
#ifndef BEDSIDE_INDEX_LEXICAL_SCORE_WINDOW_H_
#define BEDSIDE_INDEX_LEXICAL_SCORE_WINDOW_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace bedside {

class ScoreWindow {
 public:
  static constexpr size_t kPassages = 4096;
  static constexpr size_t kWords = kPassages / 64;

  static constexpr uint32_t kNoLimit = ~uint32_t{0};

  // Begins with the passage `begin`, sums of 0, and none above a limit.
  void Start(size_t begin) {
    begin_ = begin;
    std::fill(std::begin(sums_), std::end(sums_), uint32_t{0});
    std::fill(std::begin(above_), std::end(above_), uint64_t{0});
  }

  // Passages whose sum exceeds `limit` by what is added from now on count as above.
  void set_limit(uint32_t limit) { limit_ = limit; }

  size_t begin() const { return begin_; }
  size_t end() const { return begin_ + kPassages; }

  // REQUIRES: offset < kPassages
  void Add(size_t offset, uint32_t score) {
    const uint32_t before = sums_[offset];
    const uint32_t after = before + score;
    sums_[offset] = after;
    if (before <= limit_ && after > limit_) above_[offset / 64] |= uint64_t{1} << (offset % 64);
  }

  uint32_t sum(size_t offset) const { return sums_[offset]; }
  // Bit i: whether the passage 64 * word + i of the window is above a limit.
  uint64_t above(size_t word) const { return above_[word]; }

 private:
  size_t begin_ = 0;
  uint32_t limit_ = 0;
  uint32_t sums_[kPassages];
  uint64_t above_[kWords];
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_SCORE_WINDOW_H_
