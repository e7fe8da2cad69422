#include "ingest/pipeline/active_generation.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// Appends the documents of a segment.
absl::Status ReadDocuments(const SegmentStore& segments, const storage::SegmentManifest& segment,
                           storage::DocumentTable* documents) {
  ASSIGN_OR_RETURN(const std::string bytes, segments.GetIndex(segment, "documents"));
  if (documents->MergeFromString(bytes)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the document table of segment ", segment.segment(),
                                          " is corrupt. Restore the store from a backup, or ingest again "
                                          "into a new one."));
}

}  // namespace

absl::StatusOr<absl::optional<ActiveGeneration>> ReadActiveGeneration(EvidenceStore& store, absl::string_view corpus) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> name, store.manifests().Current(corpus));
  if (!name.has_value()) return absl::optional<ActiveGeneration>();
  ActiveGeneration active;
  ASSIGN_OR_RETURN(active.manifest, store.manifests().Get(corpus, *name));
  for (const storage::SegmentManifest& segment : active.manifest.segments()) {
    RETURN_IF_ERROR(ReadDocuments(store.segments(), segment, &active.documents));
  }
  return absl::optional<ActiveGeneration>(std::move(active));
}

}  // namespace bedside
