// One request to a server that the configuration names.
#ifndef BEDSIDE_SERVICES_ENDPOINT_HTTP_CALL_H_
#define BEDSIDE_SERVICES_ENDPOINT_HTTP_CALL_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace bedside {

struct OutboundCall {
  // Of https or http.
  std::string url;
  // "Name: value", without line ends.
  std::vector<std::string> headers;
  // PEM of the authorities that may vouch for the server; empty: those of the system.
  std::string ca_file;
  // Of the response's body; more is an error.
  size_t max_bytes = 0;
  absl::Duration timeout;
};

// The body of a response with the status 200. Blocks, until the time-out at most; follows no redirect and asks no
// proxy. UNAVAILABLE: the server cannot be reached, is not who it should be, or has no time now (429, 502, 503, 504).
// FAILED_PRECONDITION: it answers otherwise, and would again. The message repeats nothing that was sent or received,
// and not the URL. Thread-safe.
absl::StatusOr<std::string> HttpGet(const OutboundCall& call);
absl::StatusOr<std::string> HttpPost(const OutboundCall& call, const std::string& body);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ENDPOINT_HTTP_CALL_H_
