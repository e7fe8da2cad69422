// AnswerRecords in the column families `answers` and `answer_index`: answers as they were given, which of them may hold
// text of a document, and in which order they came. Feedback on an answer (FeedbackStore) leaves with it.
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_ANSWER_STORE_H_
#define BEDSIDE_INDEX_STORE_ANSWER_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "index/records/answer_records.h"
#include "index/store/database.h"
#include "proto/bedside/storage/answer_record.pb.h"

namespace bedside {

class AnswerStore : public AnswerRecords {
 public:
  // Counts the answers: reads their keys. `database` must outlive the store.
  static absl::StatusOr<std::unique_ptr<AnswerStore>> Create(Database* database);

  // All of them in one write, which survives a crash of the process, but not of the machine before the next synced one.
  absl::Status Put(absl::Span<const storage::AnswerRecord> records) override;
  absl::StatusOr<storage::AnswerRecord> Get(absl::string_view corpus, absl::string_view id) const override;
  absl::StatusOr<size_t> Trim(uint64_t most, int64_t oldest_micros, size_t limit) override;

  // Ids of the answers that may hold text of the document, oldest first: what a purge of it must reach.
  absl::StatusOr<std::vector<std::string>> AnswersWith(absl::string_view corpus, absl::string_view document) const;

  // Removes an answer, as far as it is there, with its feedback, on disk before it returns. Of a damaged one
  // AnswersWith goes on naming the id.
  absl::Status Remove(absl::string_view corpus, absl::string_view id);

  // Answers of all corpora.
  uint64_t count() const;

 private:
  struct Entry {
    std::string id;
    std::string corpus;
  };

  explicit AnswerStore(Database* database) : database_(database) {}

  // The oldest answers, at most `limit`.
  absl::StatusOr<std::vector<Entry>> Oldest(size_t limit) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status RemoveAll(absl::Span<const Entry> entries, Database::Durability durability)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Database* database_;
  mutable absl::Mutex mutex_;
  uint64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  // Id of the last that was trimmed: a scan that begins there passes no remains of others.
  std::string trimmed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_ANSWER_STORE_H_
