// bedside.v1.AnswerService over the answer engine, the check of passages and the record of answers.
#ifndef BEDSIDE_SERVICES_RPC_ANSWER_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_ANSWER_SERVICE_IMPL_H_

#include <string>

#include "absl/status/statusor.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "services/answer/answer_engine.h"
#include "services/answer/passage_check.h"
#include "services/metrics/server_metrics.h"
#include "services/record/answer_log.h"
#include "services/record/answer_replay.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/response_stream.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class AnswerServiceImpl
    : public v1::AnswerService::WithRawCallbackMethod_Answer<v1::AnswerService::WithRawCallbackMethod_StreamAnswer<
          v1::AnswerService::WithRawCallbackMethod_CheckGrounding<v1::AnswerService::WithRawCallbackMethod_GetAnswer<
              v1::AnswerService::WithRawCallbackMethod_ReplayAnswer<v1::AnswerService::Service>>>>> {
 public:
  // All must outlive the service. `log` and `replay`: null where answers are neither recorded nor looked up.
  // `metrics`: null where answers are not counted.
  AnswerServiceImpl(const AnswerEngine* engine, const PassageCheck* check, AnswerLog* log, const AnswerReplay* replay,
                    RequestQueue* queue, ServerMetrics* metrics = nullptr)
      : engine_(engine), check_(check), log_(log), replay_(replay), queue_(queue), metrics_(metrics) {}

  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamAnswer(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* CheckGrounding(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetAnswer(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ReplayAnswer(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;

 private:
  absl::StatusOr<v1::AnswerResponse> Run(const v1::AnswerRequest& request, const CallContext& call,
                                         const AnswerObserver& observer) const;
  absl::Status StreamParts(const v1::AnswerRequest& request, const CallContext& call, ResponseStream* stream) const;
  absl::StatusOr<v1::ReplayAnswerResponse> Replay(const std::string& name, const CallContext& call) const;

  const AnswerEngine* engine_;
  const PassageCheck* check_;
  AnswerLog* log_;
  const AnswerReplay* replay_;
  RequestQueue* queue_;
  ServerMetrics* metrics_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_ANSWER_SERVICE_IMPL_H_
