#include "tests/fakes/chat_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/memory/memory.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

sockaddr_in LoopbackAddress() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// Bytes of the body that the head of a request announces.
size_t ContentLength(absl::string_view head) {
  const std::string lower = absl::AsciiStrToLower(head);
  const size_t at = lower.find("content-length:");
  size_t length = 0;
  if (at == std::string::npos) return 0;
  const absl::string_view value = absl::string_view(lower).substr(at + 15, lower.find("\r\n", at) - at - 15);
  return absl::SimpleAtoi(value, &length) ? length : 0;
}

// "" when the client goes away before its request is whole.
std::string ReadRequest(int connection) {
  std::string request;
  char buffer[4096];
  while (true) {
    const size_t head_end = request.find("\r\n\r\n");
    if (head_end != std::string::npos &&
        request.size() >= head_end + 4 + ContentLength(request.substr(0, head_end + 2))) {
      return request;
    }
    const ssize_t read = recv(connection, buffer, sizeof(buffer), 0);
    if (read <= 0) return "";
    request.append(buffer, static_cast<size_t>(read));
  }
}

void SendAll(int connection, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

// Returns when the other side has closed the connection, or this one was shut down.
void DrainUntilClosed(int connection) {
  char buffer[256];
  while (recv(connection, buffer, sizeof(buffer), 0) > 0) {
  }
}

}  // namespace

std::unique_ptr<ChatServer> ChatServer::Start(Script script) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = LoopbackAddress();
  if (listener < 0 || bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 ||
      listen(listener, 8) != 0) {
    return nullptr;
  }
  return absl::WrapUnique(new ChatServer(std::move(script), listener));
}

ChatServer::ChatServer(Script script, int listener) : script_(std::move(script)), listener_(listener) {
  thread_ = std::thread([this] { Serve(); });
}

ChatServer::~ChatServer() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    if (open_connection_ >= 0) shutdown(open_connection_, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

std::string ChatServer::base_url() const {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  return absl::StrCat("http://127.0.0.1:", ntohs(address.sin_port), "/v1");
}

std::vector<std::string> ChatServer::requests() const {
  absl::MutexLock lock(&mutex_);
  return requests_;
}

void ChatServer::WaitForHangUp() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&hung_up_));
}

void ChatServer::Serve() {
  while (true) {
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    {
      absl::MutexLock lock(&mutex_);
      open_connection_ = connection;
      if (stopping_) shutdown(connection, SHUT_RDWR);
    }
    ServeConnection(connection);
    absl::MutexLock lock(&mutex_);
    open_connection_ = -1;
    close(connection);
  }
}

void ChatServer::ServeConnection(int connection) {
  std::string request = ReadRequest(connection);
  if (request.empty()) return;
  {
    absl::MutexLock lock(&mutex_);
    requests_.push_back(std::move(request));
  }
  SendAll(connection, script_.response);
  if (script_.ending == Ending::kClose) return;
  DrainUntilClosed(connection);
  absl::MutexLock lock(&mutex_);
  hung_up_ = true;
}

std::string EventStreamResponse(absl::string_view body) {
  return absl::StrCat("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n", body);
}

std::string EventStream(const std::vector<std::string>& deltas) {
  std::string body;
  for (const std::string& delta : deltas) body += DeltaEvent(delta);
  return EventStreamResponse(absl::StrCat(body, DeltaEvent("", "stop"), "data: [DONE]\n\n"));
}

std::string DeltaEvent(absl::string_view text, absl::string_view finish_reason) {
  nlohmann::json choice = {{"index", 0}, {"delta", {{"content", std::string(text)}}}, {"finish_reason", nullptr}};
  if (!finish_reason.empty()) choice["finish_reason"] = std::string(finish_reason);
  return absl::StrCat("data: ", nlohmann::json({{"choices", {choice}}}).dump(), "\n\n");
}

}  // namespace bedside
