// Files and folders that are on disk before a call returns.
#ifndef BEDSIDE_INDEX_STORE_SYNCED_FILES_H_
#define BEDSIDE_INDEX_STORE_SYNCED_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bedside {

// The content of a file, or the names in a folder. Errors of this header: RESOURCE_EXHAUSTED where there is no space,
// otherwise that of the system, with the path.
absl::Status SyncPath(const std::string& path);

// Makes the file, which must not exist.
absl::Status WriteSynced(const std::string& path, absl::string_view bytes);

// Copies the bytes of a file to one that must not exist. NOT_FOUND: there is no `from`.
absl::Status CopySynced(const std::string& from, const std::string& to);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_SYNCED_FILES_H_
