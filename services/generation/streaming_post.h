// One HTTP POST whose response is handed on as it arrives, by transfers as services/endpoint/outbound_transfer.h says.
//
// Each call makes a connection of its own. A connection that
// fails or breaks before the first byte of a response is tried once more: nothing of an answer can be lost or doubled
// then. Thread-safe. Blocks the calling thread.
#ifndef BEDSIDE_SERVICES_GENERATION_STREAMING_POST_H_
#define BEDSIDE_SERVICES_GENERATION_STREAMING_POST_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

struct PostRequest {
  std::string url;
  // "Name: value", without line ends.
  std::vector<std::string> headers;
  std::string body;
  // Bytes of a response body; more ends the call.
  size_t max_response_bytes = 0;
  // PEM file of the authorities that may vouch for the server; empty: those of the system.
  std::string ca_file;
};

struct PostObserver {
  // Bytes of the body, in order, when the HTTP status is 200. A status that is not OK ends the call and is its result.
  std::function<absl::Status(absl::string_view)> on_bytes;
  // Asked at least every 20 ms; a status that is not OK ends the call and is its result.
  std::function<absl::Status()> may_go_on;
};

// The HTTP status. UNAVAILABLE: no connection, or it broke before the end. RESOURCE_EXHAUSTED: the response is longer
// than allowed. INTERNAL: libcurl refused the request. No message repeats anything that was sent or received.
absl::StatusOr<int> StreamingPost(const PostRequest& request, const PostObserver& observer);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_STREAMING_POST_H_
