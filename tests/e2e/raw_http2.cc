#include "tests/e2e/raw_http2.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "tests/fakes/loopback_socket.h"

namespace bedside {
namespace {

constexpr int kSendMilliseconds = 1000;
constexpr int kAwaitMilliseconds = 10'000;

std::string BigEndian(uint32_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text.push_back(static_cast<char>(number >> (8 * i)));
  return text;
}

// With a prefix of seven bits, RFC 7541, 5.1.
std::string HpackInteger(size_t number) {
  if (number < 127) return std::string(1, static_cast<char>(number));
  std::string text(1, 127);
  for (number -= 127; number >= 128; number /= 128) text.push_back(static_cast<char>(number % 128 | 128));
  text.push_back(static_cast<char>(number));
  return text;
}

}  // namespace

RawConnection::RawConnection(const std::string& address) : socket_(ConnectToLoopback(address)) {}

RawConnection::~RawConnection() {
  if (socket_ >= 0) close(socket_);
}

bool RawConnection::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    pollfd ready = {socket_, POLLOUT, 0};
    if (poll(&ready, 1, kSendMilliseconds) != 1) return false;
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool RawConnection::AwaitBytes() {
  pollfd ready = {socket_, POLLIN, 0};
  char buffer[4096];
  return poll(&ready, 1, kAwaitMilliseconds) == 1 && recv(socket_, buffer, sizeof(buffer), 0) > 0;
}

std::string RawConnection::Read(size_t bytes) {
  std::string read(bytes, '\0');
  for (size_t have = 0; have < bytes;) {
    pollfd ready = {socket_, POLLIN, 0};
    if (poll(&ready, 1, kAwaitMilliseconds) != 1) return "";
    const ssize_t got = recv(socket_, &read[have], bytes - have, 0);
    if (got <= 0) return "";
    have += static_cast<size_t>(got);
  }
  return read;
}

bool RawConnection::AwaitEndOfStream() {
  for (;;) {
    const std::string head = Read(9);
    if (head.empty()) return false;
    const auto byte = [&head](size_t i) { return static_cast<size_t>(static_cast<uint8_t>(head[i])); };
    const size_t length = byte(0) << 16 | byte(1) << 8 | byte(2);
    if (Read(length).size() != length) return false;
    const auto type = static_cast<FrameType>(byte(3));
    if (type == FrameType::kResetStream || (type == FrameType::kHeaders && (byte(4) & kEndStream) != 0)) return true;
  }
}

void RawConnection::Drain() {
  char buffer[4096];
  while (recv(socket_, buffer, sizeof(buffer), MSG_DONTWAIT) > 0) {
  }
}

bool RawConnection::AwaitClose(int seconds) {
  for (;;) {
    pollfd ready = {socket_, POLLIN, 0};
    if (poll(&ready, 1, seconds * 1000) != 1) return false;
    char buffer[4096];
    if (recv(socket_, buffer, sizeof(buffer), 0) <= 0) return true;
  }
}

std::string Http2Preface() {
  return absl::StrCat("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Http2Frame(FrameType::kSettings, 0, 0, ""));
}

std::string Http2Frame(FrameType type, uint8_t flags, uint32_t stream, absl::string_view payload) {
  return absl::StrCat(BigEndian(static_cast<uint32_t>(payload.size()), 3), BigEndian(static_cast<uint32_t>(type), 1),
                      BigEndian(flags, 1), BigEndian(stream, 4), payload);
}

std::string EncodeHeaders(const Headers& headers) {
  std::string encoded;
  for (const auto& [name, value] : headers) {
    absl::StrAppend(&encoded, absl::string_view("\0", 1), HpackInteger(name.size()), name, HpackInteger(value.size()),
                    value);
  }
  return encoded;
}

Headers HeadersOfCall(const std::string& method) {
  return {{":method", "POST"},       {":scheme", "http"}, {":path", method},
          {":authority", "bedside"}, {"te", "trailers"},  {"content-type", "application/grpc"}};
}

std::string GrpcMessage(absl::string_view message) {
  return absl::StrCat(absl::string_view("\0", 1), BigEndian(static_cast<uint32_t>(message.size()), 4), message);
}

}  // namespace bedside
