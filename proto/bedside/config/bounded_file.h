// Files that a configuration names, of which no more is read than they may hold.
#ifndef BEDSIDE_PROTO_BEDSIDE_CONFIG_BOUNDED_FILE_H_
#define BEDSIDE_PROTO_BEDSIDE_CONFIG_BOUNDED_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace bedside {

// The whole of a regular file of 1 to `most` bytes. NOT_FOUND: it cannot be read. INVALID_ARGUMENT: it is no regular
// file, empty, or larger.
absl::StatusOr<std::string> ReadBoundedFile(const std::string& path, size_t most);

}  // namespace bedside

#endif  // BEDSIDE_PROTO_BEDSIDE_CONFIG_BOUNDED_FILE_H_
