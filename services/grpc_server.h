// The gRPC server with health and reflection, from listening to a graceful end.
//
// Health, by service name: "liveness" is SERVING while the process can answer; "" and "readiness" are SERVING while a
// corpus can be searched and no end was asked for. It is on the serving port and, where that is wanted, on a plaintext
// port of its own.
#ifndef BEDSIDE_SERVICES_GRPC_SERVER_H_
#define BEDSIDE_SERVICES_GRPC_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/rpc/call_observer.h"
#include "services/rpc/health_service_impl.h"

namespace bedside {

// host:port each; port 0 takes a free one.
struct Listening {
  std::string address;
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  // Empty: there is no port for the health alone.
  std::string health_address;
  // See every call of the serving port.
  CallInterceptors interceptors;
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

  // Watchers of the health are told when it changes, and only then.
  void SetReady(bool ready);

  // Says NOT_SERVING, ends the streams that watch the health, refuses new calls, and gives those in flight `grace` to
  // finish; what is not done by then is cancelled. The port of the health answers until then. Returns when no call is
  // left.
  void Shutdown(absl::Duration grace);

 private:
  GrpcServer() = default;

  absl::Status StartHealth(const std::string& address);

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
