// The bytes of an index of some vectors.
#ifndef BEDSIDE_TESTS_INDEX_VECTOR_BUILT_INDEX_H_
#define BEDSIDE_TESTS_INDEX_VECTOR_BUILT_INDEX_H_

#include <string>

#include "absl/status/statusor.h"
#include "index/embedding/embedding_matrix.h"
#include "index/status/status_macros.h"
#include "index/vector/vector_index_builder.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

inline absl::StatusOr<std::string> BuiltIndex(const EmbeddingMatrix& vectors, const config::VectorIndexConfig& config) {
  VectorIndexBuilder builder(vectors.dimension(), config);
  for (size_t row = 0; row < vectors.rows(); ++row) RETURN_IF_ERROR(builder.Add(vectors.row(row)));
  return builder.Finish();
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_VECTOR_BUILT_INDEX_H_
