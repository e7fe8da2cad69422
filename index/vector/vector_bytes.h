// The bytes of a vector index, as docs/formats/vector-index.md has them, and what they hold, read in place.
#ifndef BEDSIDE_INDEX_VECTOR_VECTOR_BYTES_H_
#define BEDSIDE_INDEX_VECTOR_VECTOR_BYTES_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/vector/byte_rows.h"
#include "index/vector/row_graph.h"

namespace bedside {

// The first bytes.
struct VectorHeader {
  char magic[8];
  uint32_t format_version;
  uint32_t dimension;
  uint64_t rows;
  // Of a row of the graph; 0 where there is none: then the rows are floats, otherwise those of byte_rows.h.
  uint32_t links;
  uint32_t levels;
  uint32_t entry;
  uint32_t unused;
};

// With the magic and the format version of this code.
VectorHeader NewVectorHeader(size_t dimension);

// Views of bytes that must outlive it.
struct VectorParts {
  VectorHeader header;
  // Row-major; empty where there is a graph.
  absl::Span<const float> floats;
  // Of no rows where there is no graph.
  ByteRows rows;
  // Without levels where there is none.
  RowGraph graph;
};

// DATA_LOSS: not such bytes, cut short, with more behind them, or with numbers that a search cannot take as they are.
// FAILED_PRECONDITION: a format version that this code does not read. Cost: one pass over the bytes.
// REQUIRES: bytes.data() is aligned as a VectorHeader is
absl::StatusOr<VectorParts> ReadVectorParts(absl::string_view bytes);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_VECTOR_BYTES_H_
