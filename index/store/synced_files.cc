#include "index/store/synced_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;

absl::Status SystemError(int error, absl::string_view what, const std::string& path) {
  if (error == ENOSPC || error == EDQUOT) {
    return absl::ResourceExhaustedError(absl::StrCat("no space left to write ", path, ". Make room."));
  }
  return absl::ErrnoToStatus(error, absl::StrCat("cannot ", what, " ", path));
}

absl::Status WriteAll(int file, absl::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemError(errno, "write", path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

// Calls `append(file)` with a new file, and closes it when it is on disk.
template <typename Append>
absl::Status MakeSynced(const std::string& path, Append append) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return SystemError(errno, "make", path);
  auto close_file = absl::MakeCleanup([file] { close(file); });
  RETURN_IF_ERROR(append(file));
  return fsync(file) == 0 ? absl::OkStatus() : SystemError(errno, "sync", path);
}

}  // namespace

absl::Status SyncPath(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return SystemError(errno, "open", path);
  auto close_file = absl::MakeCleanup([file] { close(file); });
  return fsync(file) == 0 ? absl::OkStatus() : SystemError(errno, "sync", path);
}

absl::Status WriteSynced(const std::string& path, absl::string_view bytes) {
  return MakeSynced(path, [&](int file) { return WriteAll(file, bytes, path); });
}

absl::Status CopySynced(const std::string& from, const std::string& to) {
  const int source = open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (source < 0) return SystemError(errno, "open", from);
  auto close_source = absl::MakeCleanup([source] { close(source); });
  return MakeSynced(to, [&](int file) {
    std::vector<char> block(kBlockBytes);
    for (;;) {
      const ssize_t got = read(source, block.data(), block.size());
      if (got == 0) return absl::OkStatus();
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return SystemError(errno, "read", from);
      RETURN_IF_ERROR(WriteAll(file, {block.data(), static_cast<size_t>(got)}, to));
    }
  });
}

}  // namespace bedside
