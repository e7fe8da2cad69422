// Builds the graph of row_graph.h by FAISS: the one class that includes it.
#ifndef BEDSIDE_INDEX_VECTOR_ROW_GRAPH_BUILDER_H_
#define BEDSIDE_INDEX_VECTOR_ROW_GRAPH_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "index/vector/byte_rows.h"

namespace bedside {

struct BuiltGraph {
  uint32_t levels;
  uint32_t entry;
  // The levels as docs/formats/vector-index.md has them.
  std::string bytes;
};

// A graph with `links` links a row, twice as many on level 0. `beam` places are looked at for each. Runs on the threads
// that OpenMP gives it, and the links depend on how they take turns. INTERNAL: FAISS failed.
// Cost: some minutes of a core for a million rows of 384 values. Memory: 8 * links bytes a row twice, while the bytes
// are written. REQUIRES: 0 < rows.rows() < 2^31, links > 0
absl::StatusOr<BuiltGraph> BuildRowGraph(const ByteRows& rows, int links, int beam);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_ROW_GRAPH_BUILDER_H_
