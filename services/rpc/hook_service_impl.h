// bedside.v1.HookService: CDS Hooks over the advisor and the answer engine.
#ifndef BEDSIDE_SERVICES_RPC_HOOK_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_HOOK_SERVICE_IMPL_H_

#include "absl/status/statusor.h"
#include "google/api/httpbody.pb.h"
#include "proto/bedside/v1/hook_service.grpc.pb.h"
#include "services/answer/answer_engine.h"
#include "services/hooks/card_outcomes.h"
#include "services/hooks/hook_advisor.h"
#include "services/metrics/server_metrics.h"
#include "services/record/answer_log.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class HookServiceImpl : public v1::HookService::WithRawCallbackMethod_ListHookServices<
                            v1::HookService::WithRawCallbackMethod_CallHookService<
                                v1::HookService::WithRawCallbackMethod_SubmitCardFeedback<v1::HookService::Service>>> {
 public:
  // All must outlive the service. `advisor`: null where no hooks are configured, so that there is no service. `log` and
  // `outcomes`: null where answers, or cards, are not recorded. `metrics`: null where answers are not counted.
  HookServiceImpl(const HookAdvisor* advisor, const AnswerEngine* engine, AnswerLog* log, CardOutcomes* outcomes,
                  RequestQueue* queue, ServerMetrics* metrics = nullptr)
      : advisor_(advisor), engine_(engine), log_(log), outcomes_(outcomes), queue_(queue), metrics_(metrics) {}

  grpc::ServerUnaryReactor* ListHookServices(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* CallHookService(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* SubmitCardFeedback(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override;

 private:
  absl::StatusOr<google::api::HttpBody> List() const;
  absl::StatusOr<google::api::HttpBody> Call(const v1::CallHookServiceRequest& request, const CallContext& call) const;
  absl::StatusOr<google::api::HttpBody> Submit(const v1::SubmitCardFeedbackRequest& request) const;
  absl::Status CheckService(const std::string& service) const;
  absl::StatusOr<v1::Answer> Ask(HookQuestion question, const CallContext& call) const;

  const HookAdvisor* advisor_;
  const AnswerEngine* engine_;
  AnswerLog* log_;
  CardOutcomes* outcomes_;
  RequestQueue* queue_;
  ServerMetrics* metrics_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_HOOK_SERVICE_IMPL_H_
