// Exact search of all rows: the bytes first, the floats of those that may be among the best.
//
// By Cauchy and Schwarz, the product of a question with a row differs from that with its bytes by at most the length of
// the question times that of the row's error. So a row whose score by bytes is more than twice the largest such
// difference below the k-th best cannot be among the k best.
//
// Immutable, thread-safe. Cost: a byte a value of all rows, four for some hundred rows more than k.
#ifndef BEDSIDE_INDEX_VECTOR_FLAT_ROWS_H_
#define BEDSIDE_INDEX_VECTOR_FLAT_ROWS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"
#include "index/vector/byte_rows.h"

namespace bedside {

class FlatRows {
 public:
  // `floats` are row-major and must outlive this. REQUIRES: each row has a finite length
  FlatRows(absl::Span<const float> floats, size_t dimension);

  // The `k` best passages of `allowed`, best first. REQUIRES: 0 < k <= allowed.Count()
  std::vector<ScoredPassage> Search(absl::Span<const float> question, const PassageBitmap& allowed, size_t k) const;

 private:
  absl::Span<const float> Row(size_t row) const;
  float LargestError(absl::Span<const float> question, const ByteQuestion& coded) const;

  absl::Span<const float> floats_;
  size_t dimension_;
  std::vector<float> centre_;
  std::string bytes_;
  ByteRows rows_;
  // Lengths: the longest row, and the longest difference of a row and its bytes.
  double longest_ = 0;
  double longest_error_ = 0;
};

// The `k` best of `allowed` by their bytes, and all within `slack` of the k-th, in no order. REQUIRES: k > 0
std::vector<ScoredPassage> ScanRows(const ByteRows& rows, const ByteQuestion& question, const PassageBitmap& allowed,
                                    size_t k, float slack);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_FLAT_ROWS_H_
