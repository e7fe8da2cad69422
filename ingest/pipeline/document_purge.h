// Takes everything that is kept of a document out of a store: its text in every version, its passages, vectors and
// tokens, what the indexes of every kept generation have of it, and the recorded answers that may quote it. What is
// left is that a document of this id was deleted. Copies of the folder are out of reach.
//
// Thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_DOCUMENT_PURGE_H_
#define BEDSIDE_INGEST_PIPELINE_DOCUMENT_PURGE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "index/generation/segment_builder.h"
#include "ingest/pipeline/ingest_observer.h"
#include "ingest/pipeline/pipeline_parts.h"

namespace bedside {

// What whoever serves does for a purge.
struct PurgeHooks {
  // Called once the store has the document no longer: lets the requests from then on see that.
  std::function<absl::Status()> serve;
  // Called once no request reads it: writes the answers that wait to be recorded.
  std::function<void()> record;
};

class DocumentPurge {
 public:
  // `parts` must outlive the purge.
  DocumentPurge(const PipelineParts& parts, std::string corpus, std::string document_id)
      : parts_(parts), corpus_(std::move(corpus)), id_(std::move(document_id)) {}

  // Writes every segment that has the document again, without it, and puts these in the places of the old ones, in one
  // synced write with the removal of the rest. A kept generation of another embedder is retired instead. Publications
  // and upserts wait meanwhile. FAILED_PRECONDITION: the active generation is of another embedder.
  // CANCELLED: nothing was changed.
  absl::Status TakeOut(const IngestObserver& observer);

  // Removes the old segments once no request reads them, and the answers, and compacts the store: then no byte of it is
  // left in the folder. ABORTED: requests still read at `deadline`. CANCELLED. Either may be called again.
  // REQUIRES: no view that is handed out has the old segments
  absl::Status Erase(absl::Time deadline, const std::function<void()>& record, const IngestObserver& observer);

 private:
  // Of the manifests of the corpus, what changes; adds it to `batch`.
  absl::Status RewriteGenerations(const IngestObserver& observer, WriteBatch* batch);
  absl::StatusOr<storage::Manifest> Rewritten(storage::Manifest manifest, const IngestObserver& observer);
  absl::StatusOr<BuiltSegment> Rewrite(const storage::SegmentManifest& segment, const storage::DocumentTable& table,
                                       uint32_t entry, const IngestObserver& observer);
  // Vectors and tokens of its passages, unless another passage has the same text.
  absl::Status ForgetEmbeddings(WriteBatch* batch) const;
  absl::StatusOr<bool> AreGone(const std::vector<uint64_t>& segments) const;

  const PipelineParts& parts_;
  std::string corpus_;
  std::string id_;
  // By the number of the segment that it is to take the place of.
  std::map<uint64_t, BuiltSegment> rewritten_;
  // Of the passages that leave.
  absl::flat_hash_set<std::string> embedding_keys_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_DOCUMENT_PURGE_H_
