#include "tests/fakes/loopback_socket.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace bedside {
namespace {

constexpr int kAwaitMilliseconds = 30'000;

}  // namespace

int ConnectToLoopback(const std::string& address) {
  const int connected = TryConnectToLoopback(address, "127.0.0.1");
  EXPECT_GE(connected, 0) << address;
  return connected;
}

int TryConnectToLoopback(const std::string& address, const std::string& from) {
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  int port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port)) << address;
  to.sin_port = htons(static_cast<uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connected = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // The port is chosen by connect, which can take one that waits for another peer.
  const int late = 1;
  EXPECT_EQ(setsockopt(connected, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &late, sizeof(late)), 0);
  sockaddr_in own = {};
  own.sin_family = AF_INET;
  EXPECT_EQ(inet_pton(AF_INET, from.c_str(), &own.sin_addr), 1) << from;
  EXPECT_EQ(bind(connected, reinterpret_cast<const sockaddr*>(&own), sizeof(own)), 0) << from;
  if (connect(connected, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0) return connected;
  close(connected);
  return -1;
}

TextConnection::~TextConnection() { close(socket_); }

void TextConnection::Send(absl::string_view text) { EXPECT_TRUE(TrySend(text)); }

bool TextConnection::TrySend(absl::string_view text) {
  return send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

std::string TextConnection::Receive(absl::string_view end) {
  std::string received;
  char bytes[4096];
  while (!absl::StrContains(received, end)) {
    pollfd waited = {socket_, POLLIN, 0};
    if (poll(&waited, 1, kAwaitMilliseconds) <= 0) return received + "[nothing more]";
    const ssize_t size = recv(socket_, bytes, sizeof(bytes), 0);
    if (size <= 0) return received;
    received.append(bytes, static_cast<size_t>(size));
  }
  return received;
}

}  // namespace bedside
