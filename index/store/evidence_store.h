// The store of the evidence: the database, and the rooms in it. Everything that serving needs is here.
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_EVIDENCE_STORE_H_
#define BEDSIDE_INDEX_STORE_EVIDENCE_STORE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "index/store/answer_store.h"
#include "index/store/card_store.h"
#include "index/store/change_log.h"
#include "index/store/database.h"
#include "index/store/document_store.h"
#include "index/store/feedback_store.h"
#include "index/store/manifest_store.h"
#include "index/store/segment_store.h"

namespace bedside {

class EvidenceStore {
 public:
  // Parameters and errors are those of Database::Open. A writer brings a store of an earlier schema to that of this
  // version and removes what earlier writers left unpublished. FAILED_PRECONDITION: a reader finds an earlier schema.
  static absl::StatusOr<std::unique_ptr<EvidenceStore>> Open(const std::string& path, Database::Access access,
                                                             rocksdb::Env* env = nullptr);

  Database& database() { return *database_; }
  DocumentStore& documents() { return documents_; }
  SegmentStore& segments() { return segments_; }
  ManifestStore& manifests() { return manifests_; }
  ChangeLog& changes() { return *changes_; }
  AnswerStore& answers() { return *answers_; }
  FeedbackStore& feedback() { return feedback_; }
  CardStore& cards() { return *cards_; }

  // Removes the segments that no manifest names and nobody holds: of a writer that was stopped before it published, or
  // of generations that are gone. REQUIRES: no other writer, or publishing() is held
  absl::Status ReclaimSegments();

  // Held by whoever decides which generations there are and which serves, from what he reads of them to the write.
  absl::Mutex& publishing() { return publishing_; }

 private:
  EvidenceStore(std::unique_ptr<Database> database, std::unique_ptr<ChangeLog> changes,
                std::unique_ptr<AnswerStore> answers, std::unique_ptr<CardStore> cards);

  std::unique_ptr<Database> database_;
  DocumentStore documents_;
  SegmentStore segments_;
  ManifestStore manifests_;
  std::unique_ptr<ChangeLog> changes_;
  std::unique_ptr<AnswerStore> answers_;
  FeedbackStore feedback_;
  std::unique_ptr<CardStore> cards_;
  absl::Mutex publishing_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_EVIDENCE_STORE_H_
