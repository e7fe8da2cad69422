#include "services/audit/audit_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/audit/audit_format.h"

namespace bedside {

OwnedFile& OwnedFile::operator=(OwnedFile&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

OwnedFile::~OwnedFile() {
  if (number_ >= 0) close(number_);
}

absl::StatusOr<MappedFile> MappedFile::Open(const std::string& path) {
  const OwnedFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat found;
  if (file.get() < 0 || fstat(file.get(), &found) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  }
  const auto size = static_cast<size_t>(found.st_size);
  if (size == 0) return MappedFile(nullptr, 0);
  void* begin = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (begin == MAP_FAILED) return absl::ErrnoToStatus(errno, absl::StrCat("cannot map ", path));
  return MappedFile(begin, size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : begin_(other.begin_), size_(other.size_) {
  other.begin_ = nullptr;
  other.size_ = 0;
}

MappedFile::~MappedFile() {
  if (begin_ != nullptr) munmap(begin_, size_);
}

absl::Status MakeAuditFolder(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (!error && std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  return absl::ErrnoToStatus(error ? error.value() : ENOTDIR,
                             absl::StrCat("cannot make the folder of the audit log ", folder));
}

absl::StatusOr<std::vector<uint64_t>> ListAuditFiles(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot list the audit log ", folder));
  std::vector<uint64_t> files;
  for (const auto& entry : entries) {
    const auto first = ParseAuditFileName(entry.path().filename().string());
    if (first.has_value()) files.push_back(*first);
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::Status WriteAt(int file, uint64_t offset, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return absl::ErrnoToStatus(errno, "cannot write the audit log");
    offset += static_cast<uint64_t>(written);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status SyncData(int file) {
  return fdatasync(file) == 0 ? absl::OkStatus() : absl::ErrnoToStatus(errno, "cannot sync the audit log");
}

absl::Status SyncFolder(const std::string& folder) {
  const OwnedFile opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() >= 0 && fsync(opened.get()) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot sync the folder ", folder));
}

absl::StatusOr<OwnedFile> LockAuditFolder(const std::string& folder) {
  const std::string path = absl::StrCat(folder, "/LOCK");
  OwnedFile file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.get() < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  if (flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
  return absl::UnavailableError(
      absl::StrCat("the audit log in ", folder, " is in use by another process; give each server a folder of its own"));
}

}  // namespace bedside
