#include "services/audit/audit_anchor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"
#include "services/audit/audit_files.h"

namespace bedside {
namespace {

constexpr absl::string_view kMark = "bedside-audit-anchor/1 ";
// Mark, log, key, sequence, link, time in microseconds.
constexpr size_t kParts = 6;
constexpr size_t kSealDigits = 64;

bool ReadHex(absl::string_view digits, size_t bytes, std::string* value) {
  if (digits.size() != 2 * bytes) return false;
  *value = absl::HexStringToBytes(digits);
  return absl::BytesToHexString(*value) == digits;
}

bool ReadPart(absl::string_view part, absl::string_view name, absl::string_view* value) {
  const std::pair<absl::string_view, absl::string_view> split = absl::StrSplit(part, absl::MaxSplits('=', 1));
  *value = split.second;
  return split.first == name;
}

absl::optional<AuditAnchor> ParseSealed(absl::string_view sealed) {
  const std::vector<absl::string_view> parts = absl::StrSplit(sealed, ' ');
  AuditAnchor anchor;
  absl::string_view log, key, sequence, link, time;
  int64_t micros = 0;
  if (parts.size() != kParts || !ReadPart(parts[1], "log", &log) || !ReadPart(parts[2], "key", &key) ||
      !ReadPart(parts[3], "sequence", &sequence) || !ReadPart(parts[4], "link", &link) ||
      !ReadPart(parts[5], "micros", &time) || !ReadHex(log, kAuditLogIdBytes, &anchor.log_id) ||
      !ReadHex(key, AuditKey::kIdBytes, &anchor.key_id) || !ReadHex(link, kAuditLinkBytes, &anchor.at.link) ||
      !absl::SimpleAtoi(sequence, &anchor.at.sequence) || !absl::SimpleAtoi(time, &micros)) {
    return absl::nullopt;
  }
  anchor.time = absl::FromUnixMicros(micros);
  return anchor;
}

}  // namespace

std::string AnchorLine(const AuditAnchor& anchor, const AuditKey& key) {
  const std::string sealed =
      absl::StrCat(kMark, "log=", absl::BytesToHexString(anchor.log_id), " key=", absl::BytesToHexString(anchor.key_id),
                   " sequence=", anchor.at.sequence, " link=", absl::BytesToHexString(anchor.at.link),
                   " micros=", absl::ToUnixMicros(anchor.time));
  return absl::StrCat(sealed, " seal=", absl::BytesToHexString(key.SealOfAnchor(sealed)));
}

absl::StatusOr<absl::optional<AuditAnchor>> ParseAnchorLine(absl::string_view line, const AuditKey& key) {
  const size_t begin = line.find(kMark.substr(0, kMark.size() - 1));
  if (begin == absl::string_view::npos) return absl::optional<AuditAnchor>();
  line.remove_prefix(begin);
  const size_t end = line.rfind(" seal=");
  const absl::string_view sealed = line.substr(0, end);
  const absl::optional<AuditAnchor> anchor = ParseSealed(sealed);
  if (end == absl::string_view::npos || !anchor.has_value()) return absl::DataLossError("an anchor is damaged");
  if (anchor->key_id != key.id()) return absl::DataLossError("an anchor is of another key");
  if (line.substr(end + 6, kSealDigits) != absl::BytesToHexString(key.SealOfAnchor(sealed))) {
    return absl::DataLossError("an anchor was edited");
  }
  return anchor;
}

absl::Status AppendAnchor(const std::string& path, const std::string& line) {
  const OwnedFile file(open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP));
  const std::string bytes = line + "\n";
  const std::string failure = absl::StrCat("cannot append an anchor to ", path);
  if (file.get() < 0) return absl::ErrnoToStatus(errno, failure);
  const ssize_t written = write(file.get(), bytes.data(), bytes.size());
  if (written >= 0 && written < static_cast<ssize_t>(bytes.size())) {
    // Half a line would be taken for one that was edited.
    const off_t end = lseek(file.get(), 0, SEEK_END);
    if (end < written || ftruncate(file.get(), end - written) != 0) return absl::ErrnoToStatus(errno, failure);
    return absl::ResourceExhaustedError(absl::StrCat(failure, ": there is no room"));
  }
  if (written < 0 || fsync(file.get()) != 0) return absl::ErrnoToStatus(errno, failure);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<AuditAnchor>> ReadAnchors(const std::string& path, const AuditKey& key) {
  std::ifstream input(path);
  if (!input) return absl::NotFoundError(absl::StrCat("cannot open the file of anchors ", path));
  std::vector<AuditAnchor> anchors;
  std::string line;
  for (int number = 1; std::getline(input, line); ++number) {
    const auto anchor = ParseAnchorLine(line, key);
    if (!anchor.ok()) {
      return absl::DataLossError(absl::StrCat(path, ", line ", number, ": ", anchor.status().message()));
    }
    if (anchor->has_value()) anchors.push_back(**anchor);
  }
  return anchors;
}

}  // namespace bedside
