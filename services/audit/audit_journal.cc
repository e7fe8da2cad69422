#include "services/audit/audit_journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/hash/random_bytes.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

bool IsZeros(absl::string_view bytes) { return bytes.find_first_not_of('\0') == absl::string_view::npos; }

absl::Status Damaged(const std::string& path, uint64_t sequence, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(
      "the audit log is damaged: ", path, ", record ", sequence, ": ", what,
      ". It is left as it is: run `bedside_audit verify`, keep the folder, and name another one in audit.folder"));
}

}  // namespace

AuditJournal::AuditJournal(Settings settings, const AuditKey& key, AuditDisk disk)
    : settings_(std::move(settings)), key_(key), disk_(std::move(disk)), end_(AuditBeginning()) {}

absl::StatusOr<std::unique_ptr<AuditJournal>> AuditJournal::Open(Settings settings, const AuditKey& key,
                                                                 AuditDisk disk) {
  RETURN_IF_ERROR(MakeAuditFolder(settings.folder));
  auto journal = std::unique_ptr<AuditJournal>(new AuditJournal(std::move(settings), key, std::move(disk)));
  ASSIGN_OR_RETURN(journal->lock_, LockAuditFolder(journal->settings_.folder));
  RETURN_IF_ERROR(journal->OpenFiles());
  return journal;
}

absl::Status AuditJournal::OpenFiles() {
  ASSIGN_OR_RETURN(std::vector<uint64_t> files, ListAuditFiles(settings_.folder));
  while (!files.empty()) {
    ASSIGN_OR_RETURN(const bool opened, OpenLast(files.back()));
    if (opened) return absl::OkStatus();
    files.pop_back();
  }
  ASSIGN_OR_RETURN(log_id_, RandomBytes(kAuditLogIdBytes));
  return BeginFile();
}

absl::StatusOr<bool> AuditJournal::OpenLast(uint64_t first_sequence) {
  path_ = absl::StrCat(settings_.folder, "/", AuditFileName(first_sequence));
  file_ = OwnedFile(open(path_.c_str(), O_RDWR | O_CLOEXEC));
  if (file_.get() < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path_));
  ASSIGN_OR_RETURN(const MappedFile mapped, MappedFile::Open(path_));
  const absl::string_view bytes = mapped.bytes();
  if (bytes.size() < kAuditHeaderBytes || IsZeros(bytes)) {
    // Records follow a header that is on disk: this file never had one.
    cut_ = CutTail{bytes.size(), Sha256(bytes)};
    if (unlink(path_.c_str()) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot remove ", path_));
    return false;
  }
  const absl::StatusOr<AuditFileHeader> header = DecodeAuditHeader(bytes);
  if (!header.ok()) return Damaged(path_, first_sequence, header.status().message());
  if (header->key_id != key_.id()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the audit log in ", settings_.folder, " is of key ", absl::BytesToHexString(header->key_id),
                     ", got key ", absl::BytesToHexString(key_.id()), ". A new key needs a new folder"));
  }
  if (header->before.sequence + 1 != first_sequence)
    return Damaged(path_, first_sequence, "it has another file's name");
  log_id_ = header->log_id;
  end_ = header->before;
  ASSIGN_OR_RETURN(const uint64_t size, FollowFile(bytes, path_));
  RETURN_IF_ERROR(CutTo(size, bytes));
  return true;
}

absl::StatusOr<uint64_t> AuditJournal::FollowFile(absl::string_view bytes, const std::string& path) {
  AuditChain chain(key_.ChainKey(log_id_), end_);
  uint64_t size = kAuditHeaderBytes;
  while (size < bytes.size()) {
    const absl::string_view rest = bytes.substr(size);
    const AuditFrame frame = ReadAuditFrame(rest);
    if (frame.state == AuditFrameState::kCutOff || IsZeros(rest)) break;
    if (frame.state == AuditFrameState::kDamaged) {
      return Damaged(path, chain.end().sequence + 1, "its length was edited");
    }
    const auto record = chain.Follow(frame);
    if (!record.ok()) return Damaged(path, chain.end().sequence + 1, record.status().message());
    size += frame.size();
  }
  end_ = chain.end();
  return size;
}

absl::Status AuditJournal::CutTo(uint64_t size, absl::string_view bytes) {
  size_ = size;
  if (size == bytes.size()) return absl::OkStatus();
  cut_ = CutTail{bytes.size() - size, Sha256(bytes.substr(size))};
  return Mend();
}

absl::Status AuditJournal::BeginFile() {
  const std::string path = absl::StrCat(settings_.folder, "/", AuditFileName(end_.sequence + 1));
  OwnedFile file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  struct stat found;
  if (file.get() < 0 || fstat(file.get(), &found) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot make ", path));
  }
  // An attempt before may have left its header.
  if (found.st_size > static_cast<off_t>(kAuditHeaderBytes)) {
    return absl::DataLossError(absl::StrCat(path, " is there already; it is no part of this log"));
  }
  RETURN_IF_ERROR(disk_.write(file.get(), 0, EncodeAuditHeader({log_id_, key_.id(), end_})));
  RETURN_IF_ERROR(disk_.sync(file.get()));
  RETURN_IF_ERROR(SyncFolder(settings_.folder));
  path_ = path;
  file_ = std::move(file);
  size_ = kAuditHeaderBytes;
  ++files_begun_;
  return absl::OkStatus();
}

absl::Status AuditJournal::CheckInPlace() const {
  struct stat named;
  struct stat opened;
  if (stat(path_.c_str(), &named) == 0 && fstat(file_.get(), &opened) == 0 && named.st_ino == opened.st_ino &&
      named.st_dev == opened.st_dev) {
    return absl::OkStatus();
  }
  return absl::UnavailableError(absl::StrCat("the file ", path_, " of the audit log is not in its place any more"));
}

absl::Status AuditJournal::Mend() {
  if (ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot cut ", path_));
  }
  RETURN_IF_ERROR(disk_.sync(file_.get()));
  needs_mending_ = false;
  return absl::OkStatus();
}

absl::Status AuditJournal::Write(std::vector<storage::AuditRecord>* records) {
  RETURN_IF_ERROR(CheckInPlace());
  if (needs_mending_) RETURN_IF_ERROR(Mend());
  if (size_ >= settings_.max_file_bytes) RETURN_IF_ERROR(BeginFile());
  AuditChain chain(key_.ChainKey(log_id_), end_);
  std::string bytes;
  for (storage::AuditRecord& record : *records) RETURN_IF_ERROR(chain.Append(&record, &bytes));
  needs_mending_ = true;
  RETURN_IF_ERROR(disk_.write(file_.get(), size_, bytes));
  RETURN_IF_ERROR(disk_.sync(file_.get()));
  needs_mending_ = false;
  size_ += bytes.size();
  end_ = chain.end();
  return absl::OkStatus();
}

}  // namespace bedside
