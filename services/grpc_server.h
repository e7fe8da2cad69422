// The gRPC server with health and reflection, from listening to a graceful end.
//
// Health, by service name: "liveness" is SERVING while the process can answer; "" and "readiness" are SERVING while a
// corpus can be searched and no end was asked for. It is on the serving port and, where that is wanted, on a plaintext
// port of its own.
#ifndef BEDSIDE_SERVICES_GRPC_SERVER_H_
#define BEDSIDE_SERVICES_GRPC_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/rpc/call_observer.h"
#include "services/rpc/health_service_impl.h"

namespace bedside {

// What one client may take up of the server. An operator need not know the network better than this: the defaults are
// for both a clinic and a gateway in front of many.
struct ConnectionLimits {
  // Calls at the same time on one connection; more wait at the client (RFC 9113, 5.1.2).
  int max_streams = 100;
  // A connection without a call is closed after this,
  absl::Duration max_idle = absl::Minutes(10);
  // and any connection after this, a tenth more or less, so that clients find new replicas;
  absl::Duration max_age = absl::Minutes(30);
  // what is in flight on it has this long to end: longer than any generator may take.
  absl::Duration age_grace = absl::Minutes(11);
  // TLS and the preface of HTTP/2.
  absl::Duration handshake_time = absl::Seconds(10);
  // A connection that nothing comes from is asked for a sign of life, and closed without one.
  absl::Duration keepalive_interval = absl::Minutes(1);
  absl::Duration keepalive_timeout = absl::Seconds(20);
  // A client that asks for one more often than this is sent away.
  absl::Duration least_ping_interval = absl::Seconds(10);
  // For the buffers of all connections. Beyond it gRPC reads no more until there is room.
  size_t buffer_bytes = size_t{512} << 20;
};

// host:port each; port 0 takes a free one.
struct Listening {
  std::string address;
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  // Empty: there is no port for the health alone.
  std::string health_address;
  // See every call of the serving port.
  CallInterceptors interceptors;
  ConnectionLimits limits;
};

class GrpcServer {
 public:
  // The services must outlive the server. UNAVAILABLE: an address cannot be bound.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(Listening listening,
                                                           const std::vector<grpc::Service*>& services);

  // With the port that was taken.
  const std::string& address() const { return address_; }
  // Empty where there is none.
  const std::string& health_address() const { return health_address_; }

  // Leads into this server, past its port and the door before it.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Watchers of the health are told when it changes, and only then.
  void SetReady(bool ready);
  bool is_ready() { return health_.IsServing("readiness"); }

  // Says NOT_SERVING, ends the streams that watch the health, refuses new calls, and gives those in flight `grace` to
  // finish; what is not done by then is cancelled. The port of the health answers until then. Returns when no call is
  // left.
  void Shutdown(absl::Duration grace);

 private:
  GrpcServer() = default;

  absl::Status StartHealth(const std::string& address, const ConnectionLimits& limits);

  // Outlives the server, which uses it.
  HealthServiceImpl health_;
  std::unique_ptr<grpc::Server> server_;
  // Null where there is none.
  std::unique_ptr<grpc::Server> health_server_;
  std::string address_;
  std::string health_address_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GRPC_SERVER_H_
