// Reads an audit log from its first record to its last, and checks that it is whole and as it was written.
#ifndef BEDSIDE_SERVICES_AUDIT_AUDIT_READER_H_
#define BEDSIDE_SERVICES_AUDIT_AUDIT_READER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "proto/bedside/storage/audit_record.pb.h"
#include "services/audit/audit_anchor.h"
#include "services/audit/audit_format.h"
#include "services/audit/audit_key.h"

namespace bedside {

struct AuditReadOptions {
  // The record that the log begins with: those before it were archived. It must be the first one of a file.
  uint64_t first = 1;
  // What was said of the log. Unset: nothing is compared. Anchors of records before `first` are left out.
  absl::optional<std::vector<AuditAnchor>> anchors;
};

struct AuditSummary {
  std::string log_id;
  uint64_t records = 0;
  size_t files = 0;
  AuditPosition end;
  // Those that were compared.
  size_t anchors = 0;
  // The last record says that the log was closed in order. Where it does not, the server runs, was killed, or records
  // at the end were removed; only anchors tell.
  bool closed = false;
};

// Calls `visit` with each record once it was checked; may be empty. NOT_FOUND: there is no log. FAILED_PRECONDITION: it
// is of another key. DATA_LOSS: the first thing that is wrong, with file and record. Never reads beyond a file,
// whatever it holds. A server may be writing the log: its last record may then be there in part. Cost: a SHA-256 of all
// bytes.
absl::StatusOr<AuditSummary> ReadAuditLog(const std::string& folder, const AuditKey& key,
                                          const AuditReadOptions& options,
                                          const std::function<void(const storage::AuditRecord&)>& visit);

// The id of the log, as the header of its last file has it. NOT_FOUND: there is no log. DATA_LOSS: that is damaged.
absl::StatusOr<std::string> AuditLogIdOf(const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_AUDIT_READER_H_
