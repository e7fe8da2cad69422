#include "ingest/pipeline/active_generation.h"

#include <utility>

#include "index/status/status_macros.h"

namespace bedside {

absl::StatusOr<absl::optional<ActiveGeneration>> ReadActiveGeneration(EvidenceStore& store, absl::string_view corpus) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> name, store.manifests().Current(corpus));
  if (!name.has_value()) return absl::optional<ActiveGeneration>();
  ActiveGeneration active;
  ASSIGN_OR_RETURN(active.manifest, store.manifests().Get(corpus, *name));
  ASSIGN_OR_RETURN(active.documents, LiveDocuments::Read(store.segments(), active.manifest));
  return absl::optional<ActiveGeneration>(std::move(active));
}

}  // namespace bedside
