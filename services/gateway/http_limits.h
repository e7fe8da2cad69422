// How long a client may take, and how much it may send.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_LIMITS_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_LIMITS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace bedside {

struct HttpLimits {
  // Of all headers: a token of 16 KiB, the longest that is read, and the others.
  uint32_t head_bytes = 24 << 10;
  size_t connections = 1000;
  std::chrono::milliseconds handshake{10'000};
  // Between two requests, and before the first.
  std::chrono::milliseconds idle{60'000};
  // From the first byte of a request to its last, the body included.
  std::chrono::milliseconds request{20'000};
  // For a client to take the next piece, of 64 KiB at most, of what is written to it.
  std::chrono::milliseconds write{30'000};
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_LIMITS_H_
