// A passage with the document that it stands in.
#ifndef BEDSIDE_INDEX_ENGINE_FOUND_PASSAGE_H_
#define BEDSIDE_INDEX_ENGINE_FOUND_PASSAGE_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/generation/generation.h"
#include "index/passage/passage_ordinal.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

struct FoundPassage {
  storage::Passage passage;
  std::shared_ptr<const storage::Document> document;
  // Index in the documents of the generation.
  size_t document_index;
};

// Each of `passages`, as it was stored, with its document; each document is read once. DATA_LOSS: a passage is not one
// of its document; errors of `read_document`. REQUIRES: stored.size() == passages.size(), passages of the generation
absl::StatusOr<std::vector<FoundPassage>> JoinWithDocuments(
    const Generation& generation, absl::Span<const PassageOrdinal> passages, std::vector<storage::Passage> stored,
    const std::function<absl::StatusOr<std::shared_ptr<const storage::Document>>(size_t document)>& read_document);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_FOUND_PASSAGE_H_
