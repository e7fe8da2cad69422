#include "services/rpc/call_observer.h"

#include <glog/logging.h>

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/metrics/metric_labels.h"
#include "services/trace/trace_context.h"

namespace bedside {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;

absl::string_view TraceparentIn(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  const auto found = metadata.find(kTraceparent);
  return found == metadata.end() ? absl::string_view() : absl::string_view(found->second.data(), found->second.size());
}

class CallObserver : public grpc::experimental::Interceptor {
 public:
  CallObserver(absl::string_view method, ServerMetrics* metrics, SpanExporter* spans)
      : method_(method), metrics_(metrics), spans_(spans), begin_(absl::Now()), trace_(NewTrace("")) {
    metrics_->CallBegan();
  }

  // A call whose client has gone may end without a status.
  ~CallObserver() override { End(absl::StatusCode::kCancelled); }

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      trace_ = NewTrace(TraceparentIn(*methods->GetRecvInitialMetadata()));
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      End(static_cast<absl::StatusCode>(methods->GetSendStatus().error_code()));
    }
    // Of its own: the call, and this with it, may be over before Proceed returns.
    const TraceContext trace = trace_;
    const ScopedTrace scoped(&trace);
    methods->Proceed();
  }

 private:
  TraceContext NewTrace(absl::string_view traceparent) const {
    TraceContext trace = TraceOfCall(traceparent);
    if (spans_ == nullptr) return trace;
    if (trace.parent_id.empty()) trace.sampled = spans_->Samples(trace);
    if (trace.sampled) trace.sink = spans_;
    return trace;
  }

  void End(absl::StatusCode code) {
    if (ended_) return;
    ended_ = true;
    const absl::Duration took = absl::Now() - begin_;
    metrics_->CallEnded(method_, code, took);
    if (trace_.sink != nullptr) {
      trace_.sink->Add({trace_.trace_id, trace_.span_id, trace_.parent_id, MethodLabel(method_), begin_, begin_ + took,
                        static_cast<int>(code), IsServerFault(code)});
    }
    if (!IsServerFault(code)) return;
    const ScopedTrace scoped(&trace_);
    LOG(ERROR) << MethodLabel(method_) << " ended with " << CodeLabel(code) << " after "
               << absl::ToInt64Milliseconds(took) << " ms";
  }

  const std::string method_;
  ServerMetrics* const metrics_;
  SpanExporter* const spans_;
  const absl::Time begin_;
  TraceContext trace_;
  bool ended_ = false;
};

}  // namespace

grpc::experimental::Interceptor* CallObserverFactory::CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) {
  return new CallObserver(info->method(), metrics_, spans_);
}

}  // namespace bedside
