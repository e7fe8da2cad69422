// HMAC with SHA-256 (RFC 2104, FIPS 198-1), by OpenSSL.
#ifndef BEDSIDE_INDEX_HASH_HMAC_SHA256_H_
#define BEDSIDE_INDEX_HASH_HMAC_SHA256_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// 32 raw bytes. `secret` may have any length.
std::string HmacSha256(absl::string_view secret, absl::string_view bytes);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_HASH_HMAC_SHA256_H_
