// Takes what the connectors find: checks and stores documents, decides between documents of one id, and keeps notices
// and problems for the report. The document that prevails has the gravest status that any of its id states: a copy that
// says "retracted" is not hidden by one that does not. All documents become those of the run's source set; where that
// is not trusted, what is announced of other documents is a problem. Not thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_DOCUMENT_COLLECTOR_H_
#define BEDSIDE_INGEST_PIPELINE_DOCUMENT_COLLECTOR_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "index/store/document_store.h"
#include "ingest/connectors/document_sink.h"
#include "ingest/pipeline/document_head.h"
#include "ingest/pipeline/notice_ledger.h"
#include "ingest/pipeline/problem_log.h"
#include "ingest/pipeline/run_monitor.h"

namespace bedside {

class DocumentCollector : public DocumentSink {
 public:
  // What it writes to; all must outlive the collector.
  struct Parts {
    DocumentStore* documents;
    NoticeLedger* notices;
    ProblemLog* problems;
    RunMonitor* monitor;
  };

  // What the documents of a run have in common.
  struct Origin {
    std::string corpus;
    // A name.
    std::string source_set;
    bool is_trusted = true;
  };

  DocumentCollector(const Parts& parts, Origin origin, uint64_t max_document_bytes)
      : parts_(parts), origin_(std::move(origin)), max_document_bytes_(max_document_bytes) {}

  bool OnDocument(storage::Document document) override;
  void OnStatus(storage::StatusNotice notice) override;
  void OnProblem(v1::JobProblem problem) override;

  // Whether to go on with the next file, as OnDocument says.
  bool CheckGoOn();

  // Why reading stopped: CANCELLED, or what the store says. OK otherwise.
  const absl::Status& status() const { return status_; }

  // The documents that prevailed.
  const DocumentHeads& heads() const { return heads_; }

 private:
  absl::Status Store(const storage::Document& document);
  absl::Status Resolve(const std::string& id, DocumentHead head);
  // Gives the document that prevails the status that `loser` states, where that is graver.
  absl::Status TakeStatus(const std::string& id, const DocumentHead& loser, DocumentHead* winner);

  Parts parts_;
  Origin origin_;
  uint64_t max_document_bytes_;
  int64_t documents_ = 0;
  DocumentHeads heads_;
  absl::Status status_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_DOCUMENT_COLLECTOR_H_
