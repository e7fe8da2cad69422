// Bytes of HTTP/2 (RFC 9113) and HPACK (RFC 7541), sent by hand: what no client of gRPC would send.
#ifndef BEDSIDE_TESTS_E2E_RAW_HTTP2_H_
#define BEDSIDE_TESTS_E2E_RAW_HTTP2_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// A plaintext connection. Not thread-safe.
class RawConnection {
 public:
  // `address`: 127.0.0.1:port. A connection that cannot be made is a failure of the test.
  explicit RawConnection(const std::string& address);
  // A socket that is connected, which becomes its own.
  explicit RawConnection(int socket) : socket_(socket) {}
  ~RawConnection();

  RawConnection(RawConnection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  RawConnection& operator=(RawConnection&&) = delete;

  // Whether they were taken; false: the server has closed the connection, or reads no more for a second.
  bool Send(absl::string_view bytes);

  // Waits until the server sends something, and reads it; false: it did not in ten seconds, or has closed.
  bool AwaitBytes();

  // Reads until a stream has ended, with a status or a reset; false: none did in ten seconds, or the connection has.
  bool AwaitEndOfStream();

  // Reads and drops what has come, without waiting.
  void Drain();

  // Waits until the server closes the connection; false: it did not in `seconds`.
  bool AwaitClose(int seconds);

 private:
  // Exactly so many; "": they did not come.
  std::string Read(size_t bytes);

  int socket_ = -1;
};

// The preface of a client, with empty settings.
std::string Http2Preface();

enum class FrameType : uint8_t {
  kData = 0,
  kHeaders = 1,
  kResetStream = 3,
  kSettings = 4,
  kPing = 6,
  kContinuation = 9
};

constexpr uint8_t kEndStream = 1;
constexpr uint8_t kEndHeaders = 4;

std::string Http2Frame(FrameType type, uint8_t flags, uint32_t stream, absl::string_view payload);

using Headers = std::vector<std::pair<std::string, std::string>>;

// Literal fields that are not indexed, without Huffman coding.
std::string EncodeHeaders(const Headers& headers);

// Those of a call of gRPC.
Headers HeadersOfCall(const std::string& method);

// A message as gRPC frames it, not compressed.
std::string GrpcMessage(absl::string_view message);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_E2E_RAW_HTTP2_H_
