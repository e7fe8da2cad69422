// The head of a response as it goes over the wire (RFC 9112).
#ifndef BEDSIDE_SERVICES_GATEWAY_RESPONSE_HEAD_H_
#define BEDSIDE_SERVICES_GATEWAY_RESPONSE_HEAD_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/gateway/http_message.h"

namespace bedside {

enum class BodyFraming {
  // Content-Length.
  kLength,
  // Transfer-Encoding: chunked.
  kChunked,
  // To the end of the connection, for a client of HTTP/1.0.
  kToEnd,
};

// With what every response has: nothing of it is to be stored, its type is not to be guessed, and whether the
// connection goes on.
std::string ResponseHead(const HttpResponse& response, BodyFraming framing, bool keeps_alive);

// One chunk; `bytes` is not empty.
std::string Chunk(absl::string_view bytes);
inline constexpr char kLastChunk[] = "0\r\n\r\n";

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_RESPONSE_HEAD_H_
