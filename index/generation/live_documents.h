// The documents of a generation, whichever segment has them: those that no later segment replaces, by id, bytewise.
//
// Immutable, thread-safe. Memory: 24 bytes a document beside the tables.
#ifndef BEDSIDE_INDEX_GENERATION_LIVE_DOCUMENTS_H_
#define BEDSIDE_INDEX_GENERATION_LIVE_DOCUMENTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/store/segment_store.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

// Where a document stands.
struct DocumentPlace {
  // In the order of the manifest.
  uint32_t segment;
  // In the document table of the segment.
  uint32_t entry;
};

class LiveDocuments {
 public:
  using Tables = std::vector<std::shared_ptr<const storage::DocumentTable>>;

  // None.
  LiveDocuments() = default;

  // `tables`: one a segment of the manifest, each by id. DATA_LOSS: the manifest says that what is not there is
  // replaced, or leaves a document in two segments.
  static absl::StatusOr<LiveDocuments> Create(const storage::Manifest& manifest, Tables tables);

  // Those of the generation, as the store has its tables. DATA_LOSS: as SegmentStore::GetDocuments and Create.
  static absl::StatusOr<LiveDocuments> Read(const SegmentStore& segments, const storage::Manifest& manifest);

  // All of one table, by id.
  explicit LiveDocuments(storage::DocumentTable table);

  size_t size() const { return entries_.size(); }
  const std::vector<const storage::DocumentEntry*>& entries() const { return entries_; }
  // REQUIRES: document < size(), here and below
  const storage::DocumentEntry& entry(size_t document) const { return *entries_[document]; }
  DocumentPlace place(size_t document) const { return places_[document]; }

  // Unset for an unknown id. Logarithmic.
  absl::optional<size_t> Find(absl::string_view id) const;

  // The document at a place; unset where it is replaced. REQUIRES: there is such a place
  absl::optional<size_t> At(DocumentPlace place) const;

  // By id. REQUIRES: segment < tables().size()
  std::vector<const storage::DocumentEntry*> OfSegment(size_t segment) const;

  const Tables& tables() const { return tables_; }

 private:
  // Merges the documents of a segment with those before it.
  void Add(uint32_t segment, const storage::SegmentManifest& manifest);
  absl::Status CheckOrder() const;
  void NumberDocuments();

  Tables tables_;
  std::vector<const storage::DocumentEntry*> entries_;
  std::vector<DocumentPlace> places_;
  // By segment and entry: the document plus 1; 0 where it is replaced.
  std::vector<std::vector<uint32_t>> numbers_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_LIVE_DOCUMENTS_H_
