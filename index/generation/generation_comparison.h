// What differs between the documents of two generations of a corpus. Reads their document tables, nothing else.
#ifndef BEDSIDE_INDEX_GENERATION_GENERATION_COMPARISON_H_
#define BEDSIDE_INDEX_GENERATION_GENERATION_COMPARISON_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/store/segment_store.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

// A document that is not the same in both.
struct DocumentDifference {
  std::string id;
  bool in_base = false;
  bool in_other = false;
  // 0 where the document is not.
  uint32_t base_passages = 0;
  uint32_t other_passages = 0;
};

struct GenerationComparison {
  storage::Manifest base;
  storage::Manifest other;
  // By id, bytewise: documents that one of them lacks, or that are of another version or cut into another number of
  // passages.
  std::vector<DocumentDifference> differences;
  // Documents in the same version, of as many passages.
  size_t unchanged = 0;
};

// DATA_LOSS: a document table is missing or damaged. Memory: both tables.
absl::StatusOr<GenerationComparison> CompareGenerations(const SegmentStore& segments, const storage::Manifest& base,
                                                        const storage::Manifest& other);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_COMPARISON_H_
