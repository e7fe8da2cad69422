// The gRPC server with health and reflection, from listening to a graceful end.
//
// Health, by service name: "liveness" is SERVING while the process can answer; "" and "readiness" are SERVING while a
// corpus can be searched and no end was asked for.
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

class GrpcServer {
 public:
  // Listens on `address` (host:port; port 0 takes a free one). The services must outlive the server.
  // `interceptors` see every call. UNAVAILABLE: the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(const std::string& address,
                                                           const std::vector<grpc::Service*>& services,
                                                           CallInterceptors interceptors = {});

  // With the port that was taken.
  const std::string& address() const { return address_; }

  // Watchers of the health are told when it changes, and only then.
  void SetReady(bool ready);

  // Says NOT_SERVING, ends the streams that watch the health, refuses new calls, and gives those in flight `grace` to
  // finish; what is not done by then is cancelled. Returns when no call is left.
  void Shutdown(absl::Duration grace);

 private:
  GrpcServer() = default;

  // Outlives the server, which uses it.
  HealthServiceImpl health_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GRPC_SERVER_H_
