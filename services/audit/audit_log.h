// The audit log of one server process: calls are recorded in the order in which they end, and whoever brings one is
// told when it is on disk. A thread writes all that waits as one group: at once where it is idle, and while a sync
// runs, what comes waits for the next one. So a lone call waits for one sync, and many share one.
//
// Where the log cannot be written, status() says why from then on, and every record that waits is told. Until it can be
// written again, which is tried every second and with every record, calls are to be refused; see CallRecorder.
//
// Anchors (audit_anchor.h) are made at the start, every so often where there is something new, when a file begins, and
// at the end.
//
// Thread-safe. The destructor writes what waits, an event that says so, and an anchor.
#ifndef BEDSIDE_SERVICES_AUDIT_AUDIT_LOG_H_
#define BEDSIDE_SERVICES_AUDIT_AUDIT_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/storage/audit_record.pb.h"
#include "services/audit/audit_journal.h"
#include "services/audit/audit_key.h"

namespace bedside {

// What an audit log meets outside of itself.
struct AuditWorld {
  AuditDisk disk;
  std::function<absl::Time()> now = [] { return absl::Now(); };
  // Takes an anchor out of the process. Empty: to the file of the configuration, or to the log of the process.
  std::function<absl::Status(const std::string& line)> anchor;
  // Between two attempts to write again.
  absl::Duration retry = absl::Seconds(1);
};

class AuditLog {
 public:
  // Called once, on the log's thread, or, where kMostWaiting wait, before Append returns: must not block, nor call the
  // log.
  using Done = std::function<void(const absl::Status&)>;

  // Records that wait to be written. Those beyond are refused at once.
  static constexpr size_t kMostWaiting = 65536;

  // Opens or begins the log in config.folder. Errors are those of AuditKey::ReadOrMake and AuditJournal::Open;
  // DATA_LOSS also where the file of anchors says that the log was longer than it is.
  static absl::StatusOr<std::unique_ptr<AuditLog>> Open(const config::AuditConfig& config,
                                                        AuditWorld world = AuditWorld());
  ~AuditLog();

  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // `done` is told when the record is on disk, or UNAVAILABLE: it is not in the log and never will be. REQUIRES:
  // nothing in `call` is text of a caller.
  void Append(storage::AuditedCall call, Done done);

  // OK, or why the log could not be written last time.
  absl::Status status() const;

  // Says that a call was not recorded, because status() is not OK; the log says how many when it goes on.
  void CountUnrecorded();

  // What stands in the log for a text of a caller; see AuditKey::HashOfText.
  std::string HashOfText(absl::string_view text) const { return key_.HashOfText(text); }

 private:
  struct Waiting {
    storage::AuditRecord record;
    Done done;
  };

  AuditLog(const config::AuditConfig& config, const AuditKey& key, std::unique_ptr<AuditJournal> journal,
           AuditWorld world);

  // The rest runs on the log's thread, but for the constructor's part of it.
  void Run();
  void WriteGroup(std::vector<Waiting> group);
  // Records, with what is to be said before them.
  absl::Status Write(std::vector<storage::AuditRecord> records);
  absl::Status WriteStart();
  void NoteResult(const absl::Status& status, size_t calls);
  void AnchorWhereDue(bool now);
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !waiting_.empty() || ending_; }
  // When the thread is to look without being asked.
  absl::Time NextLook() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  storage::AuditRecord EventRecord(storage::AuditEventKind kind) const;

  const absl::Duration anchor_interval_;
  const AuditKey key_;
  const std::unique_ptr<AuditJournal> journal_;
  const AuditWorld world_;
  uint64_t anchored_sequence_ = 0;
  uint64_t anchored_files_ = 0;
  absl::Time next_anchor_;

  mutable absl::Mutex mutex_;
  std::vector<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  uint64_t unrecorded_ ABSL_GUARDED_BY(mutex_) = 0;
  std::thread writer_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_AUDIT_LOG_H_
