// Column families `changes` and `status`: what happened to a corpus, in order, and what is known of the worth of its
// documents. A change and its effect are one synced write, so that what was acknowledged is there after a crash.
//
// Thread-safe; sequence numbers are given out by one writer.
#ifndef BEDSIDE_INDEX_STORE_CHANGE_LOG_H_
#define BEDSIDE_INDEX_STORE_CHANGE_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "index/store/database.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

// The change that a notice is. `time_micros`: since 1970, UTC.
storage::Change StatusChange(absl::string_view corpus, const storage::StatusNotice& notice, int64_t time_micros);

// One change a notice, in their order.
std::vector<storage::Change> StatusChanges(absl::string_view corpus, const std::vector<storage::StatusNotice>& notices,
                                           int64_t time_micros);

// The change that an upsert is. `version`: raw bytes.
storage::Change UpsertChange(absl::string_view corpus, absl::string_view document_id, absl::string_view version,
                             int64_t time_micros);

struct NoticesInForce {
  std::vector<storage::StatusNotice> notices;
  // The last change that they contain.
  uint64_t change_sequence = 0;
  // When the last status of the corpus was recorded, microseconds since 1970, UTC; 0 when none was since versions of
  // the code note it.
  int64_t status_time_micros = 0;
};

class ChangeLog {
 public:
  // Reads the last sequence number. `database` must outlive the log.
  static absl::StatusOr<std::unique_ptr<ChangeLog>> Create(Database* database);

  // Appends the changes and applies them to `status` and the list of upserts, with whatever else `batch` holds, in one
  // synced write. Returns the sequence number of the last of them. A later notice on the same subject from the same
  // origin replaces the earlier; one that says CURRENT removes it.
  absl::StatusOr<uint64_t> Append(const std::vector<storage::Change>& changes, WriteBatch batch = {});

  // All notices in force on the corpus, by key.
  absl::StatusOr<std::vector<storage::StatusNotice>> Notices(absl::string_view corpus) const;

  // The same, with the number of the last change. An append waits meanwhile.
  absl::StatusOr<NoticesInForce> NumberedNotices(absl::string_view corpus) const;

  // Whether the document was deleted, and not let in again.
  absl::StatusOr<bool> IsDeleted(absl::string_view corpus, absl::string_view document_id) const;

  // All changes with numbers above `sequence`, in order. DATA_LOSS: one does not parse, or is missing.
  absl::StatusOr<std::vector<storage::Change>> After(uint64_t sequence) const;

  // The last upsert of each document that was upserted after change `sequence`, by id. Cost: a scan of the documents
  // that were ever upserted.
  absl::StatusOr<std::vector<storage::UpsertedDocument>> UpsertsAfter(absl::string_view corpus,
                                                                      uint64_t sequence) const;

  // The change that a request made, to answer its repetition. Unset when there is none.
  absl::StatusOr<absl::optional<storage::Change>> FindRequest(absl::string_view corpus,
                                                              absl::string_view request_id) const;

  // 0 before the first change.
  uint64_t last_sequence() const;

 private:
  ChangeLog(Database* database, uint64_t last_sequence) : database_(database), last_sequence_(last_sequence) {}

  Database* database_;
  mutable absl::Mutex mutex_;
  uint64_t last_sequence_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_CHANGE_LOG_H_
