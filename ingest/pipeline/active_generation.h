// What serves a corpus now, as far as the next generation is concerned.
#ifndef BEDSIDE_INGEST_PIPELINE_ACTIVE_GENERATION_H_
#define BEDSIDE_INGEST_PIPELINE_ACTIVE_GENERATION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/generation/live_documents.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

struct ActiveGeneration {
  storage::Manifest manifest;
  LiveDocuments documents;
};

// Unset when the corpus has none. DATA_LOSS: a document table is corrupt.
absl::StatusOr<absl::optional<ActiveGeneration>> ReadActiveGeneration(EvidenceStore& store, absl::string_view corpus);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_ACTIVE_GENERATION_H_
