// Files of an audit log on disk.
#ifndef BEDSIDE_SERVICES_AUDIT_AUDIT_FILES_H_
#define BEDSIDE_SERVICES_AUDIT_AUDIT_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// A file descriptor, which is closed at the end. Movable.
class OwnedFile {
 public:
  explicit OwnedFile(int number = -1) : number_(number) {}
  OwnedFile(OwnedFile&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  OwnedFile& operator=(OwnedFile&& other) noexcept;
  ~OwnedFile();

  int get() const { return number_; }

 private:
  int number_;
};

// The bytes of a file, mapped as they are when it is opened. Later writes to it must not shorten it.
class MappedFile {
 public:
  static absl::StatusOr<MappedFile> Open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  absl::string_view bytes() const { return {static_cast<const char*>(begin_), size_}; }

 private:
  MappedFile(void* begin, size_t size) : begin_(begin), size_(size) {}

  void* begin_;
  size_t size_;
};

// Makes the folder where it is missing, for its owner alone.
absl::Status MakeAuditFolder(const std::string& folder);

// Numbers of the first records of the files of a log, ascending. NOT_FOUND: there is no such folder.
absl::StatusOr<std::vector<uint64_t>> ListAuditFiles(const std::string& folder);

// Errors of the rest of this header are those of the system: RESOURCE_EXHAUSTED where there is no space.
absl::Status WriteAt(int file, uint64_t offset, absl::string_view bytes);
absl::Status SyncData(int file);
// The names in `folder`.
absl::Status SyncFolder(const std::string& folder);

// Holds the folder against other processes until it is destroyed. UNAVAILABLE: another one holds it.
absl::StatusOr<OwnedFile> LockAuditFolder(const std::string& folder);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_AUDIT_AUDIT_FILES_H_
