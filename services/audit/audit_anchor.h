// Anchors: what a log was at a moment, as one line that leaves the server, so that whoever can rewrite the log, key and
// all, cannot rewrite what was said of it before. Format: docs/formats/audit-log.md.
#ifndef BEDSIDE_SERVICES_AUDIT_AUDIT_ANCHOR_H_
#define BEDSIDE_SERVICES_AUDIT_AUDIT_ANCHOR_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "services/audit/audit_format.h"
#include "services/audit/audit_key.h"

namespace bedside {

struct AuditAnchor {
  std::string log_id;
  std::string key_id;
  AuditPosition at;
  absl::Time time;
};

// Without a newline.
std::string AnchorLine(const AuditAnchor& anchor, const AuditKey& key);

// A line that holds an anchor, whatever stands before it, as a log collector may put there. Unset: it holds none.
// DATA_LOSS: it is damaged, or sealed with another key.
absl::StatusOr<absl::optional<AuditAnchor>> ParseAnchorLine(absl::string_view line, const AuditKey& key);

// Appends the line to the file, on disk before this returns.
absl::Status AppendAnchor(const std::string& path, const std::string& line);

// All anchors of a file, in its order. DATA_LOSS names the line that is damaged.
absl::StatusOr<std::vector<AuditAnchor>> ReadAnchors(const std::string& path, const AuditKey& key);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_AUDIT_ANCHOR_H_
