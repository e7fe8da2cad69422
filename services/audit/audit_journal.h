// The files of one audit log, to be appended to: every record is on disk, and chained to the one before it, when Write
// returns. audit_log.h puts the threads around it.
//
// What Open finds at the end of the last file, a process that was killed has left there: a part of a frame, or zeros
// where power was lost. That was never acknowledged, and is removed. Anything else that is wrong there is damage, which
// is left as it is: the log does not open. Earlier files are not read; `bedside_audit verify` reads all.
//
// Not thread-safe.
#ifndef BEDSIDE_SERVICES_AUDIT_AUDIT_JOURNAL_H_
#define BEDSIDE_SERVICES_AUDIT_AUDIT_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/storage/audit_record.pb.h"
#include "services/audit/audit_files.h"
#include "services/audit/audit_format.h"
#include "services/audit/audit_key.h"

namespace bedside {

// What stands between a log and its disk; tests put failures here.
struct AuditDisk {
  std::function<absl::Status(int file, uint64_t offset, absl::string_view bytes)> write = &WriteAt;
  std::function<absl::Status(int file)> sync = &SyncData;
};

class AuditJournal {
 public:
  struct Settings {
    std::string folder;
    // A file that has more gets no more records.
    uint64_t max_file_bytes;
  };
  // What was removed at the end of the last file.
  struct CutTail {
    uint64_t bytes;
    // 32 bytes.
    std::string sha256;
  };

  // Makes the folder where it is missing. UNAVAILABLE: another process has it. FAILED_PRECONDITION: the log is of
  // another key. DATA_LOSS: its last file is damaged, which the message explains.
  static absl::StatusOr<std::unique_ptr<AuditJournal>> Open(Settings settings, const AuditKey& key,
                                                            AuditDisk disk = AuditDisk());

  // Numbers `records` in order and writes them: all or none. After an error nothing of them is in the log; the next
  // call first takes away what the failed one may have left, and fails like it where that cannot be done. UNAVAILABLE:
  // the file is not in its place any more.
  absl::Status Write(std::vector<storage::AuditRecord>* records);

  const std::string& log_id() const { return log_id_; }
  // The last record that was written.
  const AuditPosition& end() const { return end_; }
  // Files begun since Open.
  uint64_t files_begun() const { return files_begun_; }
  const absl::optional<CutTail>& cut() const { return cut_; }

 private:
  AuditJournal(Settings settings, const AuditKey& key, AuditDisk disk);

  absl::Status OpenFiles();
  // Opens the last file, follows it to its end, and cuts what is behind. False: it has not even a header, and was
  // removed.
  absl::StatusOr<bool> OpenLast(uint64_t first_sequence);
  // Its size up to the last whole record.
  absl::StatusOr<uint64_t> FollowFile(absl::string_view bytes, const std::string& path);
  absl::Status CutTo(uint64_t size, absl::string_view bytes);
  // Begins the file of the next record.
  absl::Status BeginFile();
  absl::Status CheckInPlace() const;
  // Takes away what a failed write may have left.
  absl::Status Mend();

  const Settings settings_;
  const AuditKey key_;
  const AuditDisk disk_;
  OwnedFile lock_;
  std::string log_id_;
  std::string path_;
  OwnedFile file_;
  // Of `file_`, as far as it was written and synced.
  uint64_t size_ = 0;
  AuditPosition end_;
  bool needs_mending_ = false;
  uint64_t files_begun_ = 0;
  absl::optional<CutTail> cut_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_AUDIT_JOURNAL_H_
