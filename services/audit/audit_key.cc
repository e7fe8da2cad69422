#include "services/audit/audit_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "index/hash/hmac_sha256.h"
#include "index/hash/random_bytes.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr size_t kMostBytes = 4096;

absl::Status MakeKey(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string secret, RandomBytes(AuditKey::kFewestBytes));
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot make the key of the audit log ", path));
  const absl::Cleanup closed = [file] { close(file); };
  if (write(file, secret.data(), secret.size()) != static_cast<ssize_t>(secret.size()) || fsync(file) != 0) {
    const absl::Status failed = absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
    unlink(path.c_str());
    return failed;
  }
  return absl::OkStatus();
}

absl::Status CheckMode(const std::string& path, mode_t mode) {
  if (S_ISREG(mode) && (mode & (S_IRWXG | S_IRWXO)) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the key of the audit log, ", path, ", wanted a file that only its owner may use (chmod 600)"));
}

}  // namespace

AuditKey::AuditKey(std::string secret)
    : secret_(std::move(secret)),
      id_(HmacSha256(secret_, "bedside audit: id").substr(0, kIdBytes)),
      text_key_(HmacSha256(secret_, "bedside audit: text")),
      anchor_key_(HmacSha256(secret_, "bedside audit: anchor")) {}

absl::StatusOr<AuditKey> AuditKey::Read(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open the key of the audit log ", path));
  const absl::Cleanup closed = [file] { close(file); };
  struct stat found;
  if (fstat(file, &found) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot look at ", path));
  RETURN_IF_ERROR(CheckMode(path, found.st_mode));
  std::string secret(kMostBytes + 1, '\0');
  const ssize_t bytes = read(file, &secret[0], secret.size());
  if (bytes < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  if (static_cast<size_t>(bytes) < kFewestBytes || static_cast<size_t>(bytes) > kMostBytes) {
    return absl::InvalidArgumentError(absl::StrCat("the key of the audit log, ", path, ", has ", bytes,
                                                   " bytes, wanted ", kFewestBytes, " to ", kMostBytes));
  }
  secret.resize(static_cast<size_t>(bytes));
  return AuditKey(std::move(secret));
}

absl::StatusOr<AuditKey> AuditKey::ReadOrMake(const std::string& path) {
  absl::StatusOr<AuditKey> key = Read(path);
  if (!absl::IsNotFound(key.status())) return key;
  RETURN_IF_ERROR(MakeKey(path));
  return Read(path);
}

std::string AuditKey::ChainKey(absl::string_view log_id) const {
  return HmacSha256(secret_, absl::StrCat("bedside audit: chain ", log_id));
}

std::string AuditKey::HashOfText(absl::string_view text) const {
  return text.empty() ? "" : HmacSha256(text_key_, text);
}

std::string AuditKey::SealOfAnchor(absl::string_view anchor) const { return HmacSha256(anchor_key_, anchor); }

}  // namespace bedside
