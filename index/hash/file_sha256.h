// SHA-256 of a file, read in blocks: models are larger than one wants to hold for that.
#ifndef BEDSIDE_INDEX_HASH_FILE_SHA256_H_
#define BEDSIDE_INDEX_HASH_FILE_SHA256_H_

#include <string>

#include "absl/status/statusor.h"

namespace bedside {

// 64 lower-case hexadecimal digits. NOT_FOUND: there is no such file, or it cannot be opened. DATA_LOSS: it cannot be
// read to its end, or is a folder.
absl::StatusOr<std::string> FileSha256Hex(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_HASH_FILE_SHA256_H_
