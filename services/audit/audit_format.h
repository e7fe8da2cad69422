// The bytes of an audit log: docs/formats/audit-log.md. A folder of files, each a header and frames, each frame a
// record and its link in the chain.
//
// Link of a record: HMAC-SHA256(key of the chain, link before it, frame without link). The key of the chain comes from
// the key of the log and the id of the log (AuditKey::ChainKey); the link before the first record is kNoLink.
#ifndef BEDSIDE_SERVICES_AUDIT_AUDIT_FORMAT_H_
#define BEDSIDE_SERVICES_AUDIT_AUDIT_FORMAT_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/storage/audit_record.pb.h"

namespace bedside {

constexpr uint32_t kAuditFormatVersion = 1;
constexpr size_t kAuditLogIdBytes = 16;
constexpr size_t kAuditLinkBytes = 32;
constexpr size_t kAuditHeaderBytes = 76;
// Of one record, without its frame.
constexpr size_t kMaxAuditRecordBytes = 65536;

// A record's number and link.
struct AuditPosition {
  uint64_t sequence = 0;
  std::string link;
};

// Before the first record of a log.
AuditPosition AuditBeginning();

struct AuditFileHeader {
  // kAuditLogIdBytes random bytes.
  std::string log_id;
  // AuditKey::id.
  std::string key_id;
  // The record before the first of this file.
  AuditPosition before;
};

std::string EncodeAuditHeader(const AuditFileHeader& header);

// `bytes` of a whole file. DATA_LOSS: they do not begin with a header of this version.
absl::StatusOr<AuditFileHeader> DecodeAuditHeader(absl::string_view bytes);

// "audit-00000000000000000001.log": names sort as records do.
std::string AuditFileName(uint64_t first_sequence);
// Unset: no name of a file of a log.
absl::optional<uint64_t> ParseAuditFileName(absl::string_view name);

enum class AuditFrameState {
  kWhole,
  // Its bytes end before it does.
  kCutOff,
  // Its length cannot be one.
  kDamaged,
};

// One frame at the beginning of some bytes, into which it points.
struct AuditFrame {
  AuditFrameState state = AuditFrameState::kDamaged;
  // What the link is made of: the lengths and the record.
  absl::string_view sealed;
  absl::string_view record;
  absl::string_view link;
  size_t size() const { return sealed.size() + link.size(); }
};

// Never reads beyond `bytes`, whatever they are. Only the lengths are looked at.
AuditFrame ReadAuditFrame(absl::string_view bytes);

// Makes the links, one record after the other.
//
// Not thread-safe.
class AuditChain {
 public:
  // `chain_key`: AuditKey::ChainKey. `before`: the record that the next one follows.
  AuditChain(std::string chain_key, AuditPosition before) : chain_key_(std::move(chain_key)), end_(std::move(before)) {}

  const AuditPosition& end() const { return end_; }

  // Numbers `record` and appends its frame to `bytes`. INVALID_ARGUMENT: it is larger than kMaxAuditRecordBytes.
  absl::Status Append(storage::AuditRecord* record, std::string* bytes);

  // Whether `frame` is the next record. DATA_LOSS says what is wrong with it. REQUIRES: the frame is whole.
  absl::StatusOr<storage::AuditRecord> Follow(const AuditFrame& frame);

 private:
  std::string LinkOf(absl::string_view sealed);

  const std::string chain_key_;
  AuditPosition end_;
  // What a link is made of.
  std::string scratch_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_AUDIT_FORMAT_H_
