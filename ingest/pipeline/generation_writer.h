// Makes a generation of documents that are in the store: cuts, embeds, indexes and verifies. What it makes is not
// active.
#ifndef BEDSIDE_INGEST_PIPELINE_GENERATION_WRITER_H_
#define BEDSIDE_INGEST_PIPELINE_GENERATION_WRITER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/embedding/embedder.h"
#include "index/generation/generation_builder.h"
#include "index/store/evidence_store.h"
#include "index/text/lexical_analyzer.h"
#include "ingest/chunking/chunker.h"
#include "ingest/pipeline/document_selection.h"
#include "ingest/pipeline/pace.h"
#include "ingest/pipeline/passage_window.h"
#include "ingest/pipeline/run_monitor.h"
#include "ingest/pipeline/stage_timer.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class GenerationWriter {
 public:
  // All must outlive the writer. `seconds`: embed and index are added to.
  struct Parts {
    EvidenceStore* store;
    // Has documents and vectors that `store` lacks, and is only read; null: none.
    EvidenceStore* served;
    const Embedder* embedder;
    const Chunker* chunker;
    const LexicalAnalyzer* analyzer;
    RunMonitor* monitor;
    StageSeconds* seconds;
    Pace* pace;
  };

  GenerationWriter(const Parts& parts, absl::string_view corpus, const config::VectorIndexConfig& vector)
      : parts_(parts),
        corpus_(corpus),
        vector_(vector),
        window_(parts.chunker, parts.embedder, &parts.store->database(),
                parts.served == nullptr ? nullptr : &parts.served->database()) {}

  // Writes a segment of the documents and returns its manifest; on an error, also CANCELLED, takes the segment back and
  // keeps the embeddings. To be called once. `settings_sha256`, `time_micros`: see GenerationBuilder::Finish.
  absl::StatusOr<storage::Manifest> Write(const std::vector<SelectedDocument>& documents,
                                          absl::string_view settings_sha256, int64_t time_micros);

  // Removes what Write wrote of a generation that is not to be published.
  static absl::Status TakeBack(const storage::Manifest& manifest, EvidenceStore* store);

  // Passages that the model was run on.
  int64_t embedded() const { return window_.embedded(); }

 private:
  absl::Status AddDocuments(const std::vector<SelectedDocument>& documents, GenerationBuilder* builder);
  absl::Status Cut(const SelectedDocument& document);
  absl::StatusOr<storage::Document> Read(const SelectedDocument& document) const;
  // `documents_left`: that are not cut yet.
  absl::Status FlushWindow(size_t documents_left, GenerationBuilder* builder);
  absl::StatusOr<storage::Manifest> Finish(absl::string_view settings_sha256, int64_t time_micros,
                                           GenerationBuilder* builder);

  Parts parts_;
  std::string corpus_;
  config::VectorIndexConfig vector_;
  PassageWindow window_;
  size_t documents_cut_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_GENERATION_WRITER_H_
