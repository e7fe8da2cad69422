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

  // Begins with the passage `begin`, sums of 0, and none above the limit.
  void Start(size_t begin, uint32_t limit) {
    begin_ = begin;
    limit_ = limit;
    std::fill(std::begin(sums_), std::end(sums_), uint32_t{0});
    std::fill(std::begin(above_), std::end(above_), uint64_t{0});
  }

  size_t begin() const { return begin_; }
  size_t end() const { return begin_ + kPassages; }
  uint32_t limit() const { return limit_; }

  // REQUIRES: offset < kPassages
  void Add(size_t offset, uint32_t score) { sums_[offset] += score; }

  // The same, and sees whether that lifts the sum above the limit.
  void AddAndMark(size_t offset, uint32_t score) {
    const uint32_t before = sums_[offset];
    const uint32_t after = before + score;
    sums_[offset] = after;
    if (before <= limit_ && after > limit_) above_[offset / 64] |= uint64_t{1} << (offset % 64);
  }

  uint32_t sum(size_t offset) const { return sums_[offset]; }
  // Bit i: whether AddAndMark lifted the passage 64 * word + i of the window above the limit.
  uint64_t above(size_t word) const { return above_[word]; }

 private:
  size_t begin_ = 0;
  uint32_t limit_ = 0;
  uint32_t sums_[kPassages];
  uint64_t above_[kWords];
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_LEXICAL_SCORE_WINDOW_H_
