// Builds the bytes that StoredVectorIndex opens, from vectors that come one by one: exact floats up to
// VectorIndexConfig.flat_limit passages; above, one byte a value (byte_rows.h) and a graph (row_graph.h).
//
// Not thread-safe. Finish takes the threads that OpenMP gives it.
// Memory: 4 bytes a value up to the limit; above, 1 byte a value, and while Finish runs about 24 bytes a link more.
#ifndef BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_BUILDER_H_
#define BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_BUILDER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/vector/vector_bytes.h"
#include "index/vector/vector_settings.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class VectorIndexBuilder {
 public:
  // A field of `config` that is out of range is an error of Add and of Finish. REQUIRES: 0 < dimension <= 65536
  VectorIndexBuilder(size_t dimension, const config::VectorIndexConfig& config);

  // The vector of the next passage. INVALID_ARGUMENT: a vector of another dimension or of no finite length, or a
  // field of the configuration that is out of range; nothing was added.
  absl::Status Add(absl::Span<const float> vector);

  // The bytes; the builder is spent. The same vectors give the same bytes where there is no graph; the links of one
  // depend on how threads took turns. Cost of a graph: that of BuildRowGraph.
  // INVALID_ARGUMENT: a field of the configuration is out of range. INTERNAL: FAISS failed.
  absl::StatusOr<std::string> Finish();

 private:
  void BecomeBytes();
  absl::Status Link();

  absl::StatusOr<VectorSettings> settings_;
  VectorHeader header_;
  // The header, whose place is kept, and the rows.
  std::string bytes_;
  // Empty while the rows are floats.
  std::vector<float> centre_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_BUILDER_H_
