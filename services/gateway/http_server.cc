#include "services/gateway/http_server.h"

#include <glog/logging.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <exception>
#include <thread>
#include <typeinfo>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "index/status/status_macros.h"
#include "services/gateway/http_connection.h"
#include "services/gateway/tickets.h"
#include "services/gateway/tls_context.h"

namespace bedside {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Error = boost::system::error_code;

constexpr int kThreads = 2;
// Before a connection is tried again that could not be taken, as where descriptors have run out.
constexpr std::chrono::milliseconds kPause{50};

// Those that are open.
class Connections {
 public:
  void Add(const std::shared_ptr<HttpConnection>& connection) {
    absl::MutexLock lock(&mutex_);
    known_.erase(std::remove_if(known_.begin(), known_.end(), [](const auto& known) { return known.expired(); }),
                 known_.end());
    known_.push_back(connection);
  }

  std::vector<std::shared_ptr<HttpConnection>> open() const {
    absl::MutexLock lock(&mutex_);
    std::vector<std::shared_ptr<HttpConnection>> open;
    for (const auto& known : known_) {
      if (auto connection = known.lock()) open.push_back(std::move(connection));
    }
    return open;
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<std::weak_ptr<HttpConnection>> known_ ABSL_GUARDED_BY(mutex_);
};

absl::Status CannotListen(const std::string& address, absl::string_view reason) {
  return absl::UnavailableError(
      absl::StrCat("cannot listen on ", address, " (", reason, "): mend http.listen_address, or free the port"));
}

class BeastServer : public HttpServer {
 public:
  explicit BeastServer(HttpListening listening)
      : listening_(std::move(listening)),
        tickets_(listening_.limits.connections),
        acceptor_(asio::make_strand(io_)),
        pause_(acceptor_.get_executor()) {}

  ~BeastServer() override {
    Shutdown(absl::ZeroDuration());
    work_.reset();
    for (std::thread& thread : threads_) thread.join();
  }

  absl::Status Listen() {
    RETURN_IF_ERROR(RenewTls());
    RETURN_IF_ERROR(Bind());
    Accept();
    for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { Run(); });
    return absl::OkStatus();
  }

  const std::string& address() const override { return address_; }

  void Drain() override {
    // On the strand that takes connections, so that none is missed.
    asio::post(acceptor_.get_executor(), [this] {
      Error ignored;
      acceptor_.close(ignored);
      pause_.cancel();
      for (const auto& connection : connections_.open()) connection->Drain();
    });
  }

  void Shutdown(absl::Duration grace) override {
    Drain();
    tickets_.AwaitNone(grace);
    asio::post(acceptor_.get_executor(), [this] {
      for (const auto& connection : connections_.open()) connection->Close();
    });
  }

 private:
  // An exception leaves one request without an answer, and the others as they were.
  void Run() {
    for (;;) {
      try {
        io_.run();
        return;
      } catch (const std::exception& error) {
        LOG(ERROR) << "a request over HTTP ended by an exception of the type " << typeid(error).name();
      }
    }
  }

  absl::Status Bind() {
    const size_t colon = listening_.address.rfind(':');
    const std::string host = listening_.address.substr(0, colon);
    Error error;
    const auto found = Tcp::resolver(io_).resolve(WithoutBrackets(host), listening_.address.substr(colon + 1),
                                                  Tcp::resolver::passive, error);
    if (error) return CannotListen(listening_.address, error.message());
    const Tcp::endpoint endpoint = *found.begin();
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return CannotListen(listening_.address, error.message());
    address_ = absl::StrCat(host, ":", acceptor_.local_endpoint().port());
    return absl::OkStatus();
  }

  static std::string WithoutBrackets(const std::string& host) {
    return host.size() > 2 && host.front() == '[' ? host.substr(1, host.size() - 2) : host;
  }

  // Takes over a certificate that is not the one before.
  absl::Status RenewTls() {
    if (listening_.certificates == nullptr) return absl::OkStatus();
    std::shared_ptr<const ServerCertificate> current = listening_.certificates->current();
    if (current == certificate_) return absl::OkStatus();
    ASSIGN_OR_RETURN(tls_, MakeTlsContext(*current, listening_.certificates->config()));
    certificate_ = std::move(current);
    return absl::OkStatus();
  }

  void Accept() {
    acceptor_.async_accept(asio::make_strand(io_), [this](const Error& error, Tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) return AcceptLater();
      Serve(std::move(socket));
      Accept();
    });
  }

  void AcceptLater() {
    pause_.expires_after(kPause);
    pause_.async_wait([this](const Error& error) {
      if (!error && acceptor_.is_open()) Accept();
    });
  }

  // One too many is closed at once.
  void Serve(Tcp::socket socket) {
    std::shared_ptr<void> ticket = tickets_.Take();
    if (ticket == nullptr) return;
    const absl::Status renewed = RenewTls();
    LOG_IF_EVERY_N(WARNING, !renewed.ok(), 100) << renewed.message();
    Error ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    const auto connection =
        MakeConnection(std::move(socket), {listening_.limits, listening_.handler, tls_, std::move(ticket)});
    connections_.Add(connection);
    connection->Start();
  }

  const HttpListening listening_;
  std::string address_;
  // Before what runs on it. The last connection leaves before its threads do.
  Tickets tickets_;
  Connections connections_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  Tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  // Of the acceptor's strand.
  std::shared_ptr<const ServerCertificate> certificate_;
  std::shared_ptr<asio::ssl::context> tls_;
  std::vector<std::thread> threads_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(HttpListening listening) {
  auto server = std::make_unique<BeastServer>(std::move(listening));
  RETURN_IF_ERROR(server->Listen());
  return server;
}

}  // namespace bedside
