// Fetches the JSON Web Key Set that an issuer serves.
#ifndef BEDSIDE_SERVICES_ACCESS_KEY_SET_FETCH_H_
#define BEDSIDE_SERVICES_ACCESS_KEY_SET_FETCH_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bedside {

// INVALID_ARGUMENT: `url` is neither of https nor of http on this machine.
absl::Status CheckKeySetUrl(const std::string& url);

// What a GET of `url` is answered with. Blocks, for five seconds at most; follows no redirect and asks no proxy.
// `ca_file`: PEM of the authorities that may vouch for the server; empty: those of the system. UNAVAILABLE: it cannot
// be reached, is not who it should be, answers with another status than 200, or with more than `most_bytes`.
absl::StatusOr<std::string> FetchKeySet(const std::string& url, const std::string& ca_file, size_t most_bytes);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_KEY_SET_FETCH_H_
