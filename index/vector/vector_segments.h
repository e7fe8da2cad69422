// The vector indexes of a corpus as one. Passages are numbered through, those of the first index first.
//
// Thread-safe, immutable.
#ifndef BEDSIDE_INDEX_VECTOR_VECTOR_SEGMENTS_H_
#define BEDSIDE_INDEX_VECTOR_VECTOR_SEGMENTS_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"
#include "index/passage/segment_ordinals.h"
#include "index/vector/vector_index.h"

namespace bedside {

class VectorSegments {
 public:
  // At least one, and those that have passages of one dimension. All must outlive the object.
  explicit VectorSegments(std::vector<const VectorIndex*> indexes);

  // The `k` best passages of `allowed`, a bitmap a segment, best first; of each segment at most as many as its
  // search_depth(). INVALID_ARGUMENT: as VectorIndex::Search. REQUIRES: each bitmap is of the passages of its segment
  absl::StatusOr<std::vector<ScoredPassage>> Search(absl::Span<const float> vector,
                                                    absl::Span<const PassageBitmap> allowed, size_t k) const;

  // See VectorIndex::Read.
  void Read(PassageOrdinal passage, float* values) const;

  // The sum of VectorIndex::search_depth(): what all segments find.
  size_t search_depth() const;
  size_t dimension() const { return largest_->dimension(); }
  size_t passages() const { return ordinals_.passages(); }

 private:
  std::vector<const VectorIndex*> indexes_;
  const VectorIndex* largest_;
  SegmentOrdinals ordinals_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_VECTOR_SEGMENTS_H_
