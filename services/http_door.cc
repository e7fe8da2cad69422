#include "services/http_door.h"

#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "index/status/status_macros.h"
#include "services/endpoint/loopback.h"

namespace bedside {
namespace {

constexpr char kDefaultAddress[] = "127.0.0.1:8480";

std::string AddressOf(const config::HttpConfig& config) {
  return config.listen_address().empty() ? kDefaultAddress : config.listen_address();
}

// By which names this machine may be asked where access is not controlled; empty: by any, since the site has accepted
// that others reach the port.
std::vector<std::string> HostsOf(const std::string& address) {
  const std::string host = address.substr(0, address.rfind(':'));
  if (!IsLoopback(host)) return {};
  return {"localhost", "127.0.0.1", "[::1]", host};
}

}  // namespace

absl::StatusOr<std::unique_ptr<HttpDoor>> HttpDoor::Open(const config::ServerConfig& config, const ServerAccess& access,
                                                         CallKeepers keepers, std::shared_ptr<grpc::Channel> channel,
                                                         std::function<bool()> is_ready) {
  const std::string address = AddressOf(config.http());
  auto door = absl::WrapUnique(new HttpDoor());
  door->gateway_ = std::make_unique<ApiGateway>(std::move(channel), keepers);
  door->front_ = std::make_unique<HttpFront>(
      FrontSettings{std::move(is_ready),
                    access.door() == nullptr ? HostsOf(address) : std::vector<std::string>(),
                    {config.hooks().allowed_origins().begin(), config.hooks().allowed_origins().end()}},
      door->gateway_.get());
  const HttpFront* front = door->front_.get();
  HttpListening listening = {
      address, access.certificates(), [front](const HttpRequest& head) { return front->Judge(head); }, {}};
  ASSIGN_OR_RETURN(door->server_, HttpServer::Start(std::move(listening)));
  return door;
}

HttpDoor::~HttpDoor() {
  if (server_ == nullptr) return;
  server_->Shutdown(absl::ZeroDuration());
  // Its calls are answered through the server.
  gateway_->Shutdown();
}

}  // namespace bedside
