#include "services/audit/audit_format.h"

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "index/hash/hmac_sha256.h"
#include "services/audit/audit_key.h"

namespace bedside {
namespace {

constexpr absl::string_view kMagic = "BEDAUDIT";
constexpr size_t kLengthsBytes = 8;
constexpr size_t kNameDigits = 20;

template <typename Number>
void AppendNumber(Number number, std::string* bytes) {
  for (size_t i = 0; i < sizeof(Number); ++i) bytes->push_back(static_cast<char>((number >> (8 * i)) & 0xff));
}

template <typename Number>
Number ReadNumber(absl::string_view bytes) {
  Number number = 0;
  for (size_t i = 0; i < sizeof(Number); ++i) {
    number |= static_cast<Number>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return number;
}

}  // namespace

AuditPosition AuditBeginning() { return {0, std::string(kAuditLinkBytes, '\0')}; }

std::string EncodeAuditHeader(const AuditFileHeader& header) {
  std::string bytes(kMagic);
  AppendNumber(kAuditFormatVersion, &bytes);
  absl::StrAppend(&bytes, header.log_id, header.key_id);
  AppendNumber(header.before.sequence, &bytes);
  return absl::StrCat(bytes, header.before.link);
}

absl::StatusOr<AuditFileHeader> DecodeAuditHeader(absl::string_view bytes) {
  if (bytes.size() < kAuditHeaderBytes || !absl::ConsumePrefix(&bytes, kMagic)) {
    return absl::DataLossError("it does not begin as a file of an audit log");
  }
  const auto version = ReadNumber<uint32_t>(bytes);
  if (version != kAuditFormatVersion) {
    return absl::DataLossError(absl::StrCat("it has format version ", version, ", wanted ", kAuditFormatVersion));
  }
  bytes.remove_prefix(sizeof(version));
  AuditFileHeader header;
  header.log_id = std::string(bytes.substr(0, kAuditLogIdBytes));
  bytes.remove_prefix(kAuditLogIdBytes);
  header.key_id = std::string(bytes.substr(0, AuditKey::kIdBytes));
  bytes.remove_prefix(AuditKey::kIdBytes);
  header.before.sequence = ReadNumber<uint64_t>(bytes);
  header.before.link = std::string(bytes.substr(sizeof(uint64_t), kAuditLinkBytes));
  return header;
}

std::string AuditFileName(uint64_t first_sequence) { return absl::StrFormat("audit-%020d.log", first_sequence); }

absl::optional<uint64_t> ParseAuditFileName(absl::string_view name) {
  uint64_t sequence = 0;
  if (!absl::ConsumePrefix(&name, "audit-") || !absl::ConsumeSuffix(&name, ".log") || name.size() != kNameDigits ||
      !absl::SimpleAtoi(name, &sequence) || sequence == 0) {
    return absl::nullopt;
  }
  return sequence;
}

AuditFrame ReadAuditFrame(absl::string_view bytes) {
  AuditFrame frame;
  frame.state = AuditFrameState::kCutOff;
  if (bytes.size() < kLengthsBytes) return frame;
  const auto length = ReadNumber<uint32_t>(bytes);
  const auto complement = ReadNumber<uint32_t>(bytes.substr(sizeof(length)));
  frame.state = AuditFrameState::kDamaged;
  if (complement != ~length || length > kMaxAuditRecordBytes) return frame;
  frame.state = AuditFrameState::kCutOff;
  if (bytes.size() - kLengthsBytes < length + kAuditLinkBytes) return frame;
  frame.state = AuditFrameState::kWhole;
  frame.sealed = bytes.substr(0, kLengthsBytes + length);
  frame.record = frame.sealed.substr(kLengthsBytes);
  frame.link = bytes.substr(frame.sealed.size(), kAuditLinkBytes);
  return frame;
}

std::string AuditChain::LinkOf(absl::string_view sealed) {
  scratch_.assign(end_.link);
  scratch_.append(sealed.data(), sealed.size());
  return HmacSha256(chain_key_, scratch_);
}

absl::Status AuditChain::Append(storage::AuditRecord* record, std::string* bytes) {
  record->set_sequence(end_.sequence + 1);
  const size_t length = record->ByteSizeLong();
  if (length > kMaxAuditRecordBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("an audit record has ", length, " bytes, wanted at most ", kMaxAuditRecordBytes));
  }
  const size_t begin = bytes->size();
  AppendNumber(static_cast<uint32_t>(length), bytes);
  AppendNumber(~static_cast<uint32_t>(length), bytes);
  record->AppendToString(bytes);
  end_.link = LinkOf(absl::string_view(*bytes).substr(begin));
  end_.sequence = record->sequence();
  bytes->append(end_.link);
  return absl::OkStatus();
}

absl::StatusOr<storage::AuditRecord> AuditChain::Follow(const AuditFrame& frame) {
  std::string link = LinkOf(frame.sealed);
  if (link != frame.link) {
    return absl::DataLossError("it was edited, or is not what followed the record before it");
  }
  storage::AuditRecord record;
  if (!record.ParseFromArray(frame.record.data(), static_cast<int>(frame.record.size())) ||
      record.sequence() != end_.sequence + 1) {
    return absl::DataLossError("it is sealed, but not the next record of this log");
  }
  end_ = {record.sequence(), std::move(link)};
  return record;
}

}  // namespace bedside
