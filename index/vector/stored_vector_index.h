// VectorIndex over the bytes that VectorIndexBuilder made, which it searches in place. Up to
// VectorIndexConfig.flat_limit passages it is flat and exact; above, a row is one byte a value and scores are within
// about 0.001 of the inner product of unit vectors.
//
// Flat: the rows are scanned at one byte a value, and those whose score could be among the best by the error of a byte
// are scored again from their floats, so that the result is that of a scan of the floats, at a quarter of the bytes.
// Graph: a beam of hnsw_search_beam places, or of k where that is more (row_graph.h), so that time grows with k. Where
// the filter leaves so few passages that the beam would pass more rows than there are passages, all of them are scored
// instead.
//
// A search runs on the calling thread alone.
#ifndef BEDSIDE_INDEX_VECTOR_STORED_VECTOR_INDEX_H_
#define BEDSIDE_INDEX_VECTOR_STORED_VECTOR_INDEX_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/vector/vector_index.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class StoredVectorIndex : public VectorIndex {
 public:
  // Takes what VectorIndexBuilder made. DATA_LOSS: not such bytes, or cut short; counts, links and values are checked
  // here, so that a search cannot leave the bytes. FAILED_PRECONDITION: a format version that this code does not read.
  // INVALID_ARGUMENT: a field of `config` is out of range.
  // Cost: one pass over the bytes, and one more where the system moves them into large pages. Memory: the bytes; flat,
  // a quarter more.
  static absl::StatusOr<std::unique_ptr<StoredVectorIndex>> Open(std::string bytes,
                                                                 const config::VectorIndexConfig& config);
  ~StoredVectorIndex() override;

  absl::StatusOr<std::vector<ScoredPassage>> Search(absl::Span<const float> vector, const PassageBitmap& allowed,
                                                    size_t k) const override;
  void Read(PassageOrdinal passage, float* values) const override;
  // Of a graph hnsw_search_beam.
  size_t search_depth() const override;
  size_t passages() const override;
  size_t dimension() const override;
  const std::string& variant() const override;

 private:
  struct Parts;
  explicit StoredVectorIndex(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_STORED_VECTOR_INDEX_H_
