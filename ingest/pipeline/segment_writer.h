// Makes a segment of documents that are in the store: cuts, embeds, indexes and verifies. What it makes is in no
// generation.
#ifndef BEDSIDE_INGEST_PIPELINE_SEGMENT_WRITER_H_
#define BEDSIDE_INGEST_PIPELINE_SEGMENT_WRITER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/generation/segment_builder.h"
#include "index/lexical/bm25f.h"
#include "ingest/pipeline/document_selection.h"
#include "ingest/pipeline/pace.h"
#include "ingest/pipeline/passage_window.h"
#include "ingest/pipeline/pipeline_parts.h"
#include "ingest/pipeline/run_monitor.h"
#include "ingest/pipeline/stage_timer.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class SegmentWriter {
 public:
  // All must outlive the writer. `seconds`: embed and index are added to. `pace`: null: as fast as it goes.
  SegmentWriter(const PipelineParts& parts, RunMonitor* monitor, StageSeconds* seconds, absl::string_view corpus,
                Pace* pace = nullptr)
      : parts_(parts),
        monitor_(monitor),
        seconds_(seconds),
        pace_(pace),
        corpus_(corpus),
        window_(parts.chunker, parts.embedder, &parts.store->database(),
                parts.served == nullptr ? nullptr : &parts.served->database()) {}

  // Writes a segment of the documents, which are by id; on an error, also CANCELLED, takes it back and keeps the
  // embeddings. `means`: see SegmentBuilder.
  absl::StatusOr<BuiltSegment> Write(const std::vector<SelectedDocument>& documents,
                                     const MeanFieldLengths& means = {});

  // Embeds what is not known of the documents, so that Write need not.
  absl::Status Embed(const std::vector<SelectedDocument>& documents);

  // Removes what Write wrote where it is not to be published.
  static absl::Status TakeBack(uint64_t segment, EvidenceStore* store);

  // Passages that the model was run on.
  int64_t embedded() const { return window_.embedded(); }

 private:
  absl::Status AddDocuments(const std::vector<SelectedDocument>& documents, SegmentBuilder* builder);
  absl::Status Cut(const SelectedDocument& document);
  absl::StatusOr<storage::Document> Read(const SelectedDocument& document) const;
  // After a batch of the window; `done` and `total`: see JobProgress.
  absl::Status GoOn(size_t done, size_t total);
  // `documents_left`: that are not cut yet. `builder`: null where nothing is to be written.
  absl::Status FlushWindow(size_t documents_left, SegmentBuilder* builder);
  absl::StatusOr<BuiltSegment> Finish(SegmentBuilder* builder);

  const PipelineParts& parts_;
  RunMonitor* monitor_;
  StageSeconds* seconds_;
  Pace* pace_;
  std::string corpus_;
  PassageWindow window_;
  size_t documents_cut_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_SEGMENT_WRITER_H_
