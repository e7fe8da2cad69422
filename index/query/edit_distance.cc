#include "index/query/edit_distance.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace bedside {
namespace {

constexpr size_t kMaxLength = 40;
using Row = std::array<uint8_t, kMaxLength + 2>;

}  // namespace

size_t EditDistance(absl::string_view a, absl::string_view b, size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  // Only cells at most `most` from the diagonal can matter; those around them count as too far.
  const auto far = static_cast<uint8_t>(most + 1);
  Row rows[3];
  Row* before = &rows[0];
  Row* last = &rows[1];
  Row* row = &rows[2];
  before->fill(far);
  last->fill(far);
  for (size_t j = 0; j <= std::min(b.size(), most); ++j) (*last)[j] = static_cast<uint8_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    const size_t begin = i > most ? i - most : 1;
    const size_t end = std::min(b.size(), i + most);
    row->fill(far);
    (*row)[0] = static_cast<uint8_t>(std::min<size_t>(i, far));
    uint8_t least = (*row)[0];
    for (size_t j = begin; j <= end; ++j) {
      uint8_t distance =
          std::min<uint8_t>((*last)[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), std::min((*last)[j], (*row)[j - 1]) + 1);
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) distance = std::min<uint8_t>(distance, (*before)[j - 2] + 1);
      (*row)[j] = std::min(distance, far);
      least = std::min(least, (*row)[j]);
    }
    if (least > most) return far;
    std::swap(before, last);
    std::swap(last, row);
  }
  return (*last)[b.size()];
}

}  // namespace bedside
