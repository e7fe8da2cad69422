// grpc.health.v1.Health, answered by gRPC's own threads: it never waits for a worker, an index or a generator.
//
// gRPC has a health service of its own, but its Watch streams outlive the server's end until the grace is over: a
// client that watches would hold up every restart. Here End() finishes them. The protocol:
// https://github.com/grpc/grpc/blob/master/doc/health-checking.md
//
// Thread-safe. Must outlive the server that it is registered with.
#ifndef BEDSIDE_SERVICES_RPC_HEALTH_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_HEALTH_SERVICE_IMPL_H_

#include <grpcpp/grpcpp.h>

#include <initializer_list>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "proto/grpc/health/v1/health.grpc.pb.h"

namespace bedside {

class HealthServiceImpl : public grpc::health::v1::Health::CallbackService {
 public:
  // Sets all `services` at once, and tells who watches one of them when this is a change.
  void SetServing(std::initializer_list<absl::string_view> services, bool serving);

  // False also of one that was never set.
  bool IsServing(absl::string_view service);

  // Finishes the streams that watch, with UNAVAILABLE, and every later one at its start. Check goes on.
  void End();

  // NOT_FOUND: nothing was ever set for this service.
  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;

  // The status now and after each change; those that follow faster than the client reads are left out. SERVICE_UNKNOWN
  // until the service is set.
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request) override;

 private:
  class WatchStream;
  using ServingStatus = grpc::health::v1::HealthCheckResponse::ServingStatus;

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, ServingStatus> statuses_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<WatchStream*> streams_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_HEALTH_SERVICE_IMPL_H_
