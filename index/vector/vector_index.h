// Finds the passages whose vectors are nearest to a question's, by inner product.
//
// Thread-safe, immutable.
#ifndef BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_H_
#define BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"

namespace bedside {

class VectorIndex {
 public:
  virtual ~VectorIndex() = default;

  // The `k` best passages of `allowed`, best first; score is the inner product. Fewer when `allowed` has fewer.
  // INVALID_ARGUMENT: the vector has another dimension, or no finite length.
  // REQUIRES: allowed.size() == passages()
  virtual absl::StatusOr<std::vector<ScoredPassage>> Search(absl::Span<const float> vector,
                                                            const PassageBitmap& allowed, size_t k) const = 0;

  // The vector of a passage, as searches see it: with the error of its row in a graph. Writes dimension() values.
  // REQUIRES: IndexOf(passage) < passages()
  virtual void Read(PassageOrdinal passage, float* values) const = 0;

  // How many of the best a search should ask for at once: all where any number takes about the same time, and otherwise
  // as many as are found before time grows with their number.
  virtual size_t search_depth() const = 0;

  virtual size_t passages() const = 0;
  virtual size_t dimension() const = 0;
  // For example "flat" or "hnsw16-sq8".
  virtual const std::string& variant() const = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_H_
