// From sources to a published generation: read -> store documents -> resolve conflicts -> chunk -> embed what is new ->
// build, verify, ask the gate and publish. Nothing that serves is touched before the one synced write of the
// publication; stopping earlier keeps the documents and embeddings that were made, so that the next run goes on from
// there.
//
// One run at a time a corpus (the caller sees to it); upserts may go on beside it. Thread-safe otherwise.
#ifndef BEDSIDE_INGEST_PIPELINE_INGEST_PIPELINE_H_
#define BEDSIDE_INGEST_PIPELINE_INGEST_PIPELINE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "index/embedding/embedder.h"
#include "index/generation/upsert_replay.h"
#include "index/store/evidence_store.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/pipeline/document_purge.h"
#include "ingest/pipeline/import_order.h"
#include "ingest/pipeline/ingest_observer.h"
#include "ingest/pipeline/publication_gate.h"
#include "ingest/pipeline/upsert_order.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class IngestPipeline : public UpsertReplay {
 public:
  // What the pipeline works on; all must outlive it.
  struct Parts {
    EvidenceStore* store;
    const Embedder* embedder;
    // Measures passages: the embedder's.
    const WordPieceTokenizer* tokenizer;
    // Asked before a generation serves; null: none is.
    const PublicationGate* gate = nullptr;
    // The store that generations are built beside, open for reading, as another process writes it: what the corpus has,
    // and vectors that are known, are read from it. `store` is a workshop then: what is made there serves nobody until
    // the owner of `served` adopts it. Null: there is only `store`.
    EvidenceStore* served = nullptr;
  };

  // INVALID_ARGUMENT: every field out of range.
  static absl::StatusOr<std::unique_ptr<IngestPipeline>> Create(const Parts& parts, const config::IndexConfig& index,
                                                                const config::PipelineConfig& pipeline);
  ~IngestPipeline() override;

  // Reads the sources and publishes a generation of what they hold and, unless the mode is FULL, of what the active
  // generation holds beside. Sources that hold the same document twice: see Prevails (document_head.h) for
  // the one that is published; it has the gravest status that either states, and the other is reported.
  // Unless the mode is FULL, a record of which the active generation has a later revision is left out with a warning. A
  // run that changes nothing (same documents, notices, settings and embedder) publishes nothing and reports the
  // generation that serves.
  // Documents of other source sets than that of the order are never touched: neither FULL nor a document of the same id
  // takes them out. Where the set is not trusted, what the sources announce of other documents is not heard.
  // INVALID_ARGUMENT: a source that does not exist, or a set that is no name; nothing was done. CANCELLED.
  // RESOURCE_EXHAUSTED: no space. Errors of the gate: what it did not let through is removed again.
  absl::StatusOr<v1::JobReport> Import(const std::string& corpus, const ImportOrder& order,
                                       const IngestObserver& observer);

  // Builds and publishes a generation from the documents of the active one, with the settings and the embedder of now.
  // NOT_FOUND: the corpus has none. `skip_gate`: publishes without asking the gate. Other errors are those of Import.
  absl::StatusOr<v1::JobReport> Reindex(const std::string& corpus, const IngestObserver& observer,
                                        bool skip_gate = false);

  // Takes over the generation that was built beside this store in the workshop at `path`, which stays as it is, and
  // publishes it; see GenerationAdopter for errors.
  absl::StatusOr<v1::JobReport> Adopt(const std::string& corpus, const std::string& path,
                                      const IngestObserver& observer, bool skip_gate = false);

  // Lets the documents of one file take their places in the active generation, beside whatever run is under way, and
  // in every generation that becomes active later, until they are upserted again or deleted. Which of two versions
  // stays is decided as by an incremental import; a corpus without a generation gets one. On disk when it returns; to
  // be searched once the engine is refreshed. Cost: that of embedding the documents, and a fraction of a second.
  // FAILED_PRECONDITION: the corpus was embedded with another model.
  absl::StatusOr<UpsertReport> Upsert(const std::string& corpus, const UpsertOrder& order);

  // Takes everything that is kept of the document out of the store, see DocumentPurge, so that no byte of it is left in
  // the folder when it returns. REQUIRES: it is deleted, so that nothing brings it back. ABORTED: requests that
  // began before still read after five minutes; call it again. Other errors are those of DocumentPurge.
  absl::Status Purge(const std::string& corpus, const std::string& document_id, const PurgeHooks& hooks,
                     const IngestObserver& observer);

  // NOT_FOUND: no version of the document is stored.
  absl::Status CheckStored(const std::string& corpus, const std::string& document_id) const;

  // See UpsertReplay and GenerationUpkeep.
  absl::StatusOr<storage::Manifest> Replay(storage::Manifest manifest) override;
  static bool IsWorthMerging(const storage::Manifest& manifest);
  absl::Status Merge(const std::string& corpus, const IngestObserver& observer);

 private:
  struct Rooms;
  explicit IngestPipeline(std::unique_ptr<Rooms> rooms);

  std::unique_ptr<Rooms> rooms_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_INGEST_PIPELINE_H_
