// Bytes that nobody can guess.
#ifndef BEDSIDE_INDEX_HASH_RANDOM_BYTES_H_
#define BEDSIDE_INDEX_HASH_RANDOM_BYTES_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace bedside {

// From the system's own generator. UNAVAILABLE: it gives none.
absl::StatusOr<std::string> RandomBytes(size_t count);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_HASH_RANDOM_BYTES_H_
