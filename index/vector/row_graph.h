// A hierarchical navigable small world graph over rows, and the search along its links.
//
// Every row is on level 0; each level above holds a share of the rows of the one below. A link leads from a row to one
// that is near it. The search descends from the entry point to level 0 with a narrow beam and goes on there with a
// wider one. Source: Malkov and Yashunin, Efficient and robust approximate nearest neighbor search using Hierarchical
// Navigable Small World graphs (2018), algorithms 2 and 5. Passages that are not allowed are passed through, but take
// no place in the beam, which therefore goes as far as it takes to be full of allowed ones. Where few are allowed, the
// others are not even scored: a link to one of them is taken for its links to allowed ones. Source: Patel et al.,
// ACORN: Performant and Predictable Search Over Vector Embeddings and Structured Data (2024), section 5.
//
// A view of bytes that must outlive it. Immutable, thread-safe. How a graph comes to be: row_graph_builder.h.
#ifndef BEDSIDE_INDEX_VECTOR_ROW_GRAPH_H_
#define BEDSIDE_INDEX_VECTOR_ROW_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"
#include "index/vector/byte_rows.h"

namespace bedside {

// The links of one level: as many places for each row, the free ones last and kNoRow.
struct GraphLevel {
  static constexpr uint32_t kNoRow = 0xffffffff;

  bool is_lowest;
  // The rows of the level, ascending; empty on the lowest, which has all.
  absl::Span<const uint32_t> rows;
  absl::Span<const uint32_t> links;
  size_t links_a_row;

  // Whether `row` is on the level, of `all_rows` that the graph has.
  bool Has(uint32_t row, size_t all_rows) const;

  // REQUIRES: Has(row, ...)
  absl::Span<const uint32_t> LinksOf(uint32_t row) const;
};

struct RowGraph {
  // Share of the passages below which those that are allowed are few: about where both ways take the same time,
  // measured with 16 links and 100,000 and a million passages of 384 values.
  static constexpr double kFewAllowed = 0.2;

  // From level 0 up; at least that one.
  std::vector<GraphLevel> levels;
  // On the highest level.
  uint32_t entry;

  // Whether all links lead to rows of their level and the entry is on the highest, so that a search stays inside.
  // REQUIRES: each level has links for each of its rows, and level 0 for `rows` rows.
  bool IsSound(size_t rows) const;

  // What a search with a beam of `beam` places finds: the best `k` of what it came by, best first; fewer when it came
  // by fewer. Those behind the first `beam` are only what lay on the way. `allowed` is null where every passage is.
  // Cost: a product for each row come by, some 20 a place of the beam; memory a bit a row.
  // REQUIRES: IsSound, `rows` are those of the graph, beam > 0, k > 0
  std::vector<ScoredPassage> Search(const ByteRows& rows, const ByteQuestion& question, const PassageBitmap* allowed,
                                    size_t beam, size_t k) const;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_ROW_GRAPH_H_
