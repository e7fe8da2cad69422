// SHA-256 (FIPS 180-4), by OpenSSL.
#ifndef BEDSIDE_INDEX_HASH_SHA256_H_
#define BEDSIDE_INDEX_HASH_SHA256_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// 32 raw bytes.
std::string Sha256(absl::string_view bytes);

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(absl::string_view bytes);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_HASH_SHA256_H_
