// One run of the pipeline, from sources or from the documents of the active generation, to a published generation and a
// report. Not thread-safe; used once.
#ifndef BEDSIDE_INGEST_PIPELINE_INGEST_RUN_H_
#define BEDSIDE_INGEST_PIPELINE_INGEST_RUN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "index/embedding/embedder.h"
#include "index/store/evidence_store.h"
#include "index/text/lexical_analyzer.h"
#include "ingest/chunking/chunker.h"
#include "ingest/connectors/connector_set.h"
#include "ingest/pipeline/active_generation.h"
#include "ingest/pipeline/document_collector.h"
#include "ingest/pipeline/document_selection.h"
#include "ingest/pipeline/import_order.h"
#include "ingest/pipeline/ingest_observer.h"
#include "ingest/pipeline/notice_ledger.h"
#include "ingest/pipeline/pace.h"
#include "ingest/pipeline/problem_log.h"
#include "ingest/pipeline/publication_gate.h"
#include "ingest/pipeline/run_monitor.h"
#include "ingest/pipeline/stage_timer.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/config/source_trust.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class IngestRun {
 public:
  // What runs share; all must outlive the run.
  struct Parts {
    EvidenceStore* store;
    // See IngestPipeline::Parts.
    EvidenceStore* served;
    const Embedder* embedder;
    // Null: none is asked.
    const PublicationGate* gate;
    const Chunker* chunker;
    const LexicalAnalyzer* analyzer;
    const ConnectorSet* connectors;
    config::VectorIndexConfig vector;
    config::ReadLimits limits;
    config::ThrottleConfig throttle;
    SourceTrust trust;
    size_t kept_generations;
    std::string settings_sha256;
  };

  // Reads what the corpus is now. `parts` and `observer` must outlive the run.
  static absl::StatusOr<std::unique_ptr<IngestRun>> Create(const Parts& parts, const std::string& corpus,
                                                           const IngestObserver& observer);

  // See IngestPipeline. REQUIRES: order.source_set is a name
  absl::StatusOr<v1::JobReport> Import(const ImportOrder& order);
  absl::StatusOr<v1::JobReport> Reindex(bool skip_gate);

 private:
  IngestRun(const Parts& parts, const std::string& corpus, const IngestObserver& observer,
            absl::optional<ActiveGeneration> active, NoticeLedger notices);

  // Reads the sources into the store; the documents that prevailed.
  absl::StatusOr<DocumentHeads> Read(const ImportOrder& order);
  void ReadFile(const SourceFile& file, DocumentCollector* collector);
  // Leaves out, with a problem, what the active generation has from another source set.
  void LeaveToOtherSets(absl::string_view source_set, DocumentHeads* read);
  // Leaves out, with a warning, what the active generation has in a later revision, and warns of what replaces a
  // document that came from another file.
  absl::Status CompareWithActive(DocumentHeads* read);
  absl::StatusOr<DocumentSelection> Select(const DocumentHeads& read, const ImportOrder& order);
  // Does what the selection asks for: publishes a generation, or only notices, or nothing.
  absl::Status Apply(const DocumentSelection& selection);
  bool IsUpToDate(const DocumentSelection& selection) const;
  absl::Status AppendNotices();
  absl::Status Publish(const std::vector<SelectedDocument>& documents);
  // Says of the generation, which is built beside another store, what that one needs to know to take it over.
  void NoteOrigin(storage::Manifest* manifest) const;
  // Whether the generation may serve, as the gate sees it.
  absl::Status AskGate(const storage::Manifest& manifest);
  absl::StatusOr<v1::JobReport> Report();

  const storage::DocumentTable& active_documents() const;

  const Parts& parts_;
  std::string corpus_;
  RunMonitor monitor_;
  absl::optional<ActiveGeneration> active_;
  NoticeLedger notices_;
  ProblemLog problems_;
  StageSeconds seconds_;
  v1::JobReport report_;
  bool skip_gate_ = false;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_INGEST_RUN_H_
