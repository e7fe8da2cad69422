// Takes over a generation that a job of another process has built beside this store, in a workshop: a store of its own
// (IngestPipeline::Parts::served). Opens the workshop for reading, checks the manifest and every SHA-256, copies
// documents, passages, vectors, tokens and pieces in bounded batches, verifies by opening, asks the gate, and publishes
// in one synced write. Until then nothing is visible.
//
// Not thread-safe; used once. Memory: a batch, and the generation as it is opened.
#ifndef BEDSIDE_INGEST_PIPELINE_GENERATION_ADOPTER_H_
#define BEDSIDE_INGEST_PIPELINE_GENERATION_ADOPTER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/generation/upsert_replay.h"
#include "index/store/evidence_store.h"
#include "ingest/pipeline/ingest_observer.h"
#include "ingest/pipeline/publication_gate.h"
#include "ingest/pipeline/run_monitor.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class GenerationAdopter {
 public:
  struct Parts {
    EvidenceStore* store;
    // Of the model that asks this store.
    std::string embedder_id;
    // Null: none is asked.
    const PublicationGate* gate;
    // See GenerationPublisher.
    UpsertReplay* replay;
    config::VectorIndexConfig vector;
    size_t kept_generations;
  };

  // `parts.store`, `parts.gate` and `observer` must outlive the adopter.
  GenerationAdopter(const Parts& parts, const std::string& corpus, const IngestObserver& observer)
      : parts_(parts), corpus_(corpus), monitor_(corpus_, observer) {}

  // A generation of another model than `parts.embedder_id` is kept and not activated, the gate is not asked, and
  // JobReport.not_serving_reason says so. Errors leave no generation behind; documents and vectors that were copied
  // stay, as those of an import that is stopped.
  // NOT_FOUND: no workshop there, or none that holds a finished generation of the corpus. FAILED_PRECONDITION: another
  // generation is active than the one that it was built on, a document of it was deleted since, or the gate says no.
  // DATA_LOSS: the workshop is damaged or lacks something. CANCELLED. RESOURCE_EXHAUSTED: no space.
  absl::StatusOr<v1::JobReport> Adopt(const std::string& path);

 private:
  absl::StatusOr<storage::Manifest> FindFinished() const;
  absl::Status CheckBase(const storage::Manifest& finished) const;
  absl::Status CheckDeletions(const storage::DocumentTable& documents) const;

  // Copies the generation under ids of this store; `copied` names them, also after an error.
  absl::Status Copy(const storage::Manifest& finished, storage::Manifest* copied);
  absl::Status CopyDocuments(const storage::SegmentManifest& segment);
  absl::Status CopyDocument(const storage::DocumentEntry& entry);
  absl::Status CopyPassages(const storage::SegmentManifest& from, uint64_t to);
  // Of texts that this store does not know.
  absl::Status CopyVectors(const std::vector<std::string>& keys);

  absl::Status Verify(const storage::Manifest& copied);
  absl::Status Publish(const storage::Manifest& copied, const storage::Manifest& finished);

  Parts parts_;
  std::string corpus_;
  RunMonitor monitor_;
  std::unique_ptr<EvidenceStore> workshop_;
  // What is copied is in no manifest yet.
  std::vector<SegmentHold> holds_;
  storage::EmbedderIdentity embedder_;
  int64_t passages_done_ = 0;
  int64_t passages_total_ = 0;
  v1::JobReport report_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_GENERATION_ADOPTER_H_
