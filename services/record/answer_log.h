// Names answers and records them, beside the requests: a thread of its own writes all that waits as one, so that an
// answer does not wait for the store, and removes what is too old or too much.
//
// What cannot be written is tried again, once a second, and until that succeeds no other answer is recorded: no answer
// waits for a store that fails. What the store refuses for what is in it is given up, where all of several are refused
// after a minute.
//
// What a crash can lose: of the process, the answers of the last moment, which wait (at most twice kMostWaiting); of
// the machine, also those that were written since the store last synced, which every change of it does. Their names
// then lead nowhere. An orderly end tries to write them all.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_RECORD_ANSWER_LOG_H_
#define BEDSIDE_SERVICES_RECORD_ANSWER_LOG_H_

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "index/records/answer_records.h"
#include "proto/bedside/config/access_labels.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/record/record_settings.h"

namespace bedside {

class AnswerLog {
 public:
  using Clock = std::function<absl::Time()>;

  // Answers that wait to be written. Those beyond are not recorded.
  static constexpr size_t kMostWaiting = 1024;

  // Answers that can be looked up wait for those that are being written for so long.
  static constexpr absl::Duration kMostWaited = absl::Seconds(2);

  // `store` must outlive the log. Removes what is too old or too much by now, and again once an hour and after every
  // write.
  AnswerLog(AnswerRecords* store, const config::RecordConfig& config, Clock clock = &absl::Now);

  // Writes what waits, if it can be written now.
  ~AnswerLog();

  // Gives the answer a name and a time, and records it soon, for who sees what `labels` let its caller see. Where that
  // cannot be, because too many wait or the store could not be written last time, it has a warning instead.
  // Does nothing where records are off.
  void Record(const std::string& corpus, v1::Answer* answer, const AccessLabels& labels = {});

  // An answer that was recorded, once it is written. UNAVAILABLE: it is not, after kMostWaited or where writing fails.
  // Other errors are those of AnswerRecords::Get.
  absl::StatusOr<storage::AnswerRecord> Find(const std::string& corpus, const std::string& id);

  // Returns when everything that Record was given before is written, or could not be and never will.
  void Flush();

  // Answers so far that are not recorded although they were to be.
  uint64_t not_recorded() const;

 private:
  // Corpus and id.
  using Id = std::pair<std::string, std::string>;
  static Id IdOf(const storage::AnswerRecord& record);

  // False where it is not, and will not be, recorded.
  bool Accept(storage::AnswerRecord record);
  void Run();
  // Takes what waits behind `unwritten`, once there is something to do or `most` has passed. Returns whether this is
  // the end.
  bool Collect(absl::Duration most, std::vector<storage::AnswerRecord>* unwritten);
  // Leaves those of `records` that are to be tried again.
  void Write(std::vector<storage::AnswerRecord>* records);
  struct Attempt {
    // Not OK: why those behind the first `written` were not.
    absl::Status status;
    // `refused` among them, which can never be written, with why.
    size_t written = 0;
    std::vector<std::pair<Id, absl::Status>> refused;
  };
  // REQUIRES: there are some; here and below
  Attempt Attempted(absl::Span<const storage::AnswerRecord> records);
  // In halves, where one is refused.
  Attempt TryToWrite(absl::Span<const storage::AnswerRecord> records);
  // Returns whether there may be more to remove.
  bool Trim();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !waiting_.empty() || ending_ || (flushing_ > 0 && !unwritten_.empty());
  }

  AnswerRecords* store_;
  const RecordSettings settings_;
  const Clock clock_;

  mutable absl::Mutex mutex_;
  std::vector<storage::AnswerRecord> waiting_ ABSL_GUARDED_BY(mutex_);
  // Those that wait or are being written.
  absl::flat_hash_set<Id> unwritten_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  // The last write failed.
  bool failing_ ABSL_GUARDED_BY(mutex_) = false;
  // Calls of Flush that wait.
  int flushing_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t accepted_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t not_recorded_ ABSL_GUARDED_BY(mutex_) = 0;
  // In a row; of the writer alone.
  int times_all_refused_ = 0;
  std::thread writer_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_ANSWER_LOG_H_
