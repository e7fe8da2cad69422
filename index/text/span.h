// A half-open range of UTF-8 byte offsets.
#ifndef BEDSIDE_INDEX_TEXT_SPAN_H_
#define BEDSIDE_INDEX_TEXT_SPAN_H_

#include <cstdint>

namespace bedside {

struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  // Whether they share a byte.
  bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const Span& a, const Span& b) { return a.begin == b.begin && a.end == b.end; }
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_SPAN_H_
