// Sees every call of a server at its door, health and reflection among them: counts it when it has ended, gives it its
// trace, of which the span is exported where it is sampled, and says in the log when it ended by a fault of the server.
// Nothing of a request is read but `traceparent`.
//
// The trace is current (services/trace) on the thread that the method begins on, from where RequestQueue takes it to
// the worker.
#ifndef BEDSIDE_SERVICES_RPC_CALL_OBSERVER_H_
#define BEDSIDE_SERVICES_RPC_CALL_OBSERVER_H_

#include <grpcpp/support/server_interceptor.h>

#include <memory>
#include <vector>

#include "services/metrics/server_metrics.h"
#include "services/trace/span_exporter.h"

namespace bedside {

using CallInterceptors = std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>;

class CallObserverFactory : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  // Both must outlive every call. `spans`: null where none are exported.
  CallObserverFactory(ServerMetrics* metrics, SpanExporter* spans) : metrics_(metrics), spans_(spans) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) override;

 private:
  ServerMetrics* metrics_;
  SpanExporter* spans_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_OBSERVER_H_
