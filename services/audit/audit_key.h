// The secret of an audit log, and what is derived from it. A key of its own for each purpose, by HMAC-SHA256 of the
// secret, so that none tells another.
//
// Immutable and thread-safe.
#ifndef BEDSIDE_SERVICES_AUDIT_AUDIT_KEY_H_
#define BEDSIDE_SERVICES_AUDIT_AUDIT_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

class AuditKey {
 public:
  static constexpr size_t kFewestBytes = 32;
  static constexpr size_t kIdBytes = 8;

  // REQUIRES: `secret` has kFewestBytes at least.
  explicit AuditKey(std::string secret);

  // NOT_FOUND: there is no such file. FAILED_PRECONDITION: others than its owner may read or write it.
  // INVALID_ARGUMENT: it has less than kFewestBytes, or more than 4,096.
  static absl::StatusOr<AuditKey> Read(const std::string& path);

  // The same; a file that is missing is made, of random bytes and mode 0600.
  static absl::StatusOr<AuditKey> ReadOrMake(const std::string& path);

  // kIdBytes raw bytes that tell keys apart and nothing of the key.
  const std::string& id() const { return id_; }

  // The key of the chain of one log.
  std::string ChainKey(absl::string_view log_id) const;

  // What stands in the log for a text of a caller: 32 bytes; of an empty text empty.
  std::string HashOfText(absl::string_view text) const;

  // 32 bytes.
  std::string SealOfAnchor(absl::string_view anchor) const;

 private:
  std::string secret_;
  std::string id_;
  std::string text_key_;
  std::string anchor_key_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_AUDIT_KEY_H_
