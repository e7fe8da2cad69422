#include "services/metrics/metrics_endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr int kBacklog = 64;
constexpr size_t kMaxHeadBytes = 8192;
constexpr absl::Duration kRequestTime = absl::Seconds(2);
constexpr absl::Duration kResponseTime = absl::Seconds(5);
constexpr absl::string_view kEndOfHead = "\r\n\r\n";
constexpr char kText[] = "text/plain; version=0.0.4; charset=utf-8";

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

socklen_t SizeOf(const SocketAddress& address) {
  return address.any.sa_family == AF_INET ? sizeof(address.v4) : sizeof(address.v6);
}

absl::StatusOr<SocketAddress> ParseAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  std::string host = text.substr(0, std::min(colon, text.size()));
  int port = -1;
  const bool has_port = colon != std::string::npos && absl::SimpleAtoi(text.substr(colon + 1), &port);
  SocketAddress address = {};
  bool is_ip;
  if (absl::StartsWith(host, "[") && absl::EndsWith(host, "]")) {
    address.v6.sin6_family = AF_INET6;
    address.v6.sin6_port = htons(static_cast<uint16_t>(port));
    is_ip = inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &address.v6.sin6_addr) == 1;
  } else {
    address.v4.sin_family = AF_INET;
    address.v4.sin_port = htons(static_cast<uint16_t>(port));
    is_ip = inet_pton(AF_INET, host.c_str(), &address.v4.sin_addr) == 1;
  }
  if (is_ip && has_port && port >= 0 && port <= 65535) return address;
  return absl::InvalidArgumentError(
      absl::StrCat("metrics_address is \"", text, "\", wanted an IP address and a port, as 127.0.0.1:9464"));
}

// A socket that listens, or -1.
int Listen(const SocketAddress& address) {
  const int listener = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return -1;
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(listener, &address.any, SizeOf(address)) == 0 && listen(listener, kBacklog) == 0) return listener;
  close(listener);
  return -1;
}

int PortOf(int listener) {
  SocketAddress bound = {};
  socklen_t size = sizeof(bound);
  getsockname(listener, &bound.any, &size);
  return ntohs(bound.any.sa_family == AF_INET ? bound.v4.sin_port : bound.v6.sin6_port);
}

// Whether the connection is ready before `deadline`, and the endpoint goes on.
bool Await(int connection, short events, int end, absl::Time deadline) {
  pollfd waited[] = {{connection, events, 0}, {end, POLLIN, 0}};
  const int64_t left = std::max<int64_t>(absl::ToInt64Milliseconds(deadline - absl::Now()), 0);
  const int ready = poll(waited, 2, static_cast<int>(left));
  return (ready > 0 || (ready < 0 && errno == EINTR)) && waited[1].revents == 0;
}

// The head of a request, whole or as far as it is not too long; empty where it did not come in time.
std::string ReadHead(int connection, int end) {
  const absl::Time deadline = absl::Now() + kRequestTime;
  std::string head;
  char bytes[2048];
  while (Await(connection, POLLIN, end, deadline)) {
    const ssize_t size = recv(connection, bytes, sizeof(bytes), MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (size <= 0) return "";
    head.append(bytes, static_cast<size_t>(size));
    if (absl::StrContains(head, kEndOfHead) || head.size() > kMaxHeadBytes) return head;
  }
  return "";
}

void WriteAll(int connection, int end, absl::string_view bytes) {
  const absl::Time deadline = absl::Now() + kResponseTime;
  while (!bytes.empty() && Await(connection, POLLOUT, end, deadline)) {
    const ssize_t size = send(connection, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (size <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(size));
  }
}

std::string Response(absl::string_view status, absl::string_view body) {
  return absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Type: ", kText, "\r\nContent-Length: ", body.size(),
                      "\r\nConnection: close\r\n\r\n", body);
}

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::Start(const std::string& address, Sources sources) {
  ASSIGN_OR_RETURN(const SocketAddress parsed, ParseAddress(address));
  const int listener = Listen(parsed);
  if (listener < 0) {
    return absl::UnavailableError(absl::StrCat("cannot serve metrics on ", address, " (", std::strerror(errno),
                                               "): mend metrics_address, or free the port"));
  }
  std::string bound = absl::StrCat(address.substr(0, address.rfind(':')), ":", PortOf(listener));
  return absl::WrapUnique(new MetricsEndpoint(listener, eventfd(0, EFD_CLOEXEC), std::move(bound), std::move(sources)));
}

MetricsEndpoint::MetricsEndpoint(int listener, int end, std::string address, Sources sources)
    : listener_(listener), end_(end), address_(std::move(address)), sources_(std::move(sources)), thread_([this] {
        Serve();
      }) {}

MetricsEndpoint::~MetricsEndpoint() {
  eventfd_write(end_, 1);
  thread_.join();
  close(listener_);
  close(end_);
}

void MetricsEndpoint::Serve() {
  // Longer than anybody waits, and short enough for poll.
  constexpr absl::Duration kLong = absl::Hours(24);
  constexpr absl::Duration kPause = absl::Milliseconds(100);
  for (;;) {
    const bool goes_on = Await(listener_, POLLIN, end_, absl::Now() + kLong);
    pollfd ended = {end_, POLLIN, 0};
    if (!goes_on && poll(&ended, 1, 0) > 0) return;
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection < 0) {
      // Where descriptors have run out the connection still waits: not asked for again and again.
      Await(end_, POLLIN, end_, absl::Now() + kPause);
      continue;
    }
    const std::string head = ReadHead(connection, end_);
    if (!head.empty()) WriteAll(connection, end_, ResponseTo(head));
    close(connection);
  }
}

std::string MetricsEndpoint::ResponseTo(absl::string_view head) const {
  if (!absl::StrContains(head, kEndOfHead)) return Response("431 Request Header Fields Too Large", "");
  const std::vector<absl::string_view> words = absl::StrSplit(head.substr(0, head.find("\r\n")), ' ');
  if (words.size() != 3 || !absl::StartsWith(words[2], "HTTP/1.")) return Response("400 Bad Request", "");
  if (words[0] != "GET") return Response("405 Method Not Allowed", "");
  if (words[1].substr(0, words[1].find('?')) != "/metrics")
    return Response("404 Not Found", "metrics are at /metrics\n");
  return Response("200 OK", MetricsText());
}

std::string MetricsEndpoint::MetricsText() const {
  std::vector<prometheus::MetricFamily> families;
  for (const auto& source : sources_) {
    std::vector<prometheus::MetricFamily> collected = source->Collect();
    std::move(collected.begin(), collected.end(), std::back_inserter(families));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace bedside
