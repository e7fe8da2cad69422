// What keeps generations whole beside imports: what was upserted is replayed, segments are merged, documents purged.
//
// Thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_GENERATION_UPKEEP_H_
#define BEDSIDE_INGEST_PIPELINE_GENERATION_UPKEEP_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/generation/upsert_replay.h"
#include "ingest/pipeline/ingest_observer.h"
#include "ingest/pipeline/pipeline_parts.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class GenerationUpkeep : public UpsertReplay {
 public:
  explicit GenerationUpkeep(PipelineParts parts) : parts_(std::move(parts)) {}

  absl::StatusOr<storage::Manifest> Replay(storage::Manifest manifest) override;

  // Whether the generation has so many segments, or so much that is replaced, that searches would gain by a merge.
  static bool IsWorthMerging(const storage::Manifest& manifest);

  // Writes the documents of the small segments of the active generation as one, or of all segments where these have
  // grown, and puts it in their place: the same documents, the same generation. Upserts go on meanwhile. Does nothing
  // where it is not worth it, or another generation has become active. CANCELLED.
  absl::Status Merge(const std::string& corpus, const IngestObserver& observer);

 private:
  const PipelineParts parts_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_GENERATION_UPKEEP_H_
