// One run of the pipeline, from sources or from the documents of the active generation, to a published generation and a
// report. Not thread-safe; used once.
#ifndef BEDSIDE_INGEST_PIPELINE_INGEST_RUN_H_
#define BEDSIDE_INGEST_PIPELINE_INGEST_RUN_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "index/generation/upsert_replay.h"
#include "ingest/connectors/connector_set.h"
#include "ingest/pipeline/active_generation.h"
#include "ingest/pipeline/document_collector.h"
#include "ingest/pipeline/document_selection.h"
#include "ingest/pipeline/import_order.h"
#include "ingest/pipeline/ingest_observer.h"
#include "ingest/pipeline/notice_ledger.h"
#include "ingest/pipeline/pace.h"
#include "ingest/pipeline/pipeline_parts.h"
#include "ingest/pipeline/problem_log.h"
#include "ingest/pipeline/publication_gate.h"
#include "ingest/pipeline/run_monitor.h"
#include "ingest/pipeline/segment_writer.h"
#include "ingest/pipeline/stage_timer.h"
#include "ingest/pipeline/upsert_order.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/config/source_trust.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class IngestRun {
 public:
  // What runs share; all must outlive the run.
  struct Parts {
    PipelineParts shared;
    // Null: none is asked.
    const PublicationGate* gate;
    const ConnectorSet* connectors;
    config::ReadLimits limits;
    config::ThrottleConfig throttle;
    SourceTrust trust;
    size_t kept_generations;
    std::string settings_sha256;
    // What a generation that becomes active is brought up to date by.
    UpsertReplay* replay;
  };

  // Reads what the corpus is now. `parts` and `observer` must outlive the run.
  static absl::StatusOr<std::unique_ptr<IngestRun>> Create(const Parts& parts, const std::string& corpus,
                                                           const IngestObserver& observer);

  // See IngestPipeline. REQUIRES: order.source_set is a name
  absl::StatusOr<v1::JobReport> Import(const ImportOrder& order);
  absl::StatusOr<v1::JobReport> Reindex(bool skip_gate);
  absl::StatusOr<UpsertReport> Upsert(const UpsertOrder& order);

 private:
  IngestRun(const Parts& parts, const std::string& corpus, const IngestObserver& observer, uint64_t change_sequence,
            absl::optional<ActiveGeneration> active, NoticeLedger notices);

  // Reads the sources into the store; the documents that prevailed.
  absl::StatusOr<DocumentHeads> Read(const ImportOrder& order);
  absl::StatusOr<DocumentHeads> ReadContent(const UpsertOrder& order);
  DocumentCollector Collector(absl::string_view source_set);
  void ReadFile(const SourceFile& file, DocumentCollector* collector);
  // Leaves out, with a problem, what the active generation has from another source set.
  void LeaveToOtherSets(absl::string_view source_set, DocumentHeads* read);
  // Leaves out, with a warning, what the active generation has in a later revision, and warns of what replaces a
  // document that came from another file.
  absl::Status CompareWithActive(DocumentHeads* read);
  // Whether what the active generation has is a later revision, and stays.
  absl::StatusOr<bool> StaysBefore(const storage::DocumentEntry& held, const DocumentHead& read);
  absl::StatusOr<DocumentSelection> Select(const DocumentHeads& read, const ImportOrder& order);
  // Does what the selection asks for: publishes a generation, or only notices, or nothing.
  absl::Status Apply(const DocumentSelection& selection);
  bool IsUpToDate(const DocumentSelection& selection) const;
  absl::Status AppendNotices();
  // As a segment that joins the active generation where little changes, otherwise as one of all documents.
  absl::Status Publish(const std::vector<SelectedDocument>& documents);
  bool MayJoin(const DocumentChanges& changes) const;
  absl::Status PublishChanges(const DocumentChanges& changes);
  absl::Status PublishAll(const std::vector<SelectedDocument>& documents);
  // Of a generation that this run makes.
  storage::Manifest Signed(storage::Manifest manifest, const storage::SegmentManifest& newest) const;
  // `built`: the segment that is given up where the gate says no.
  absl::Status PublishWith(const BuiltSegment& built,
                           const std::function<absl::StatusOr<storage::Manifest>()>& compose);

  // Says of the generation, which is built beside another store, what that one needs to know to take it over.
  void NoteOrigin(storage::Manifest* manifest) const;
  // Whether the generation may serve, as the gate sees it.
  absl::Status AskGate(const std::function<absl::StatusOr<storage::Manifest>()>& compose);

  // What was deleted since the run began.
  absl::Status LeaveDeleted(DocumentHeads* read) const;
  // What of the documents that were read the active generation lacks, and becomes part of it.
  std::vector<SelectedDocument> NewVersions(const DocumentHeads& read) const;
  // What is written with `changed`: the documents of the last segments, as long as these are small.
  std::vector<SelectedDocument> WithLastSegments(std::vector<SelectedDocument> changed) const;
  absl::Status PublishUpserts(const std::vector<SelectedDocument>& changed);
  UpsertReport ReportOf(const DocumentHeads& all, const DocumentHeads& taken,
                        const std::vector<SelectedDocument>& changed) const;
  absl::StatusOr<v1::JobReport> Report();

  const LiveDocuments& active_documents() const;
  // `pace`: null: as fast as it goes.
  SegmentWriter Writer(Pace* pace = nullptr);

  const Parts& parts_;
  std::string corpus_;
  RunMonitor monitor_;
  Pace pace_;
  // The last change that the generation to be made knows of.
  uint64_t change_sequence_;
  absl::optional<ActiveGeneration> active_;
  NoticeLedger notices_;
  ProblemLog problems_;
  StageSeconds seconds_;
  v1::JobReport report_;
  bool skip_gate_ = false;
  // See ImportOrder.
  MeanFieldLengths means_ = {};
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_INGEST_RUN_H_
