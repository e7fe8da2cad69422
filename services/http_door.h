// The API over HTTP, from listening to a graceful end: its port, what is where on it, and the way into the gRPC server
// of the same process.
#ifndef BEDSIDE_SERVICES_HTTP_DOOR_H_
#define BEDSIDE_SERVICES_HTTP_DOOR_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "proto/bedside/config/server_config.pb.h"
#include "services/gateway/api_gateway.h"
#include "services/gateway/http_front.h"
#include "services/gateway/http_server.h"
#include "services/server_access.h"

namespace bedside {

class HttpDoor {
 public:
  // `channel`: GrpcServer::InProcessChannel. `access` and what `keepers` point to must outlive the door, `is_ready`
  // must be thread-safe. Errors of HttpServer::Start.
  static absl::StatusOr<std::unique_ptr<HttpDoor>> Open(const config::ServerConfig& config, const ServerAccess& access,
                                                        CallKeepers keepers, std::shared_ptr<grpc::Channel> channel,
                                                        std::function<bool()> is_ready);

  // Shuts down at once, and returns when the last call has ended.
  ~HttpDoor();

  // With the port that was taken.
  const std::string& address() const { return server_->address(); }

  // Takes no more requests, gives those that came `grace`, and cancels what is left then. To be called before the gRPC
  // server is shut down, which ends calls that come by its channel in memory at once.
  void Shutdown(absl::Duration grace) { server_->Shutdown(grace); }

 private:
  HttpDoor() = default;

  std::unique_ptr<ApiGateway> gateway_;
  std::unique_ptr<HttpFront> front_;
  // Last: its threads have ended before what they call goes.
  std::unique_ptr<HttpServer> server_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HTTP_DOOR_H_
