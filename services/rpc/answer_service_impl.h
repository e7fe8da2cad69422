// bedside.v1.AnswerService over the answer engine and the check of passages.
#ifndef BEDSIDE_SERVICES_RPC_ANSWER_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_ANSWER_SERVICE_IMPL_H_

#include "absl/status/statusor.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "services/answer/answer_engine.h"
#include "services/answer/passage_check.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class AnswerServiceImpl
    : public v1::AnswerService::WithRawCallbackMethod_Answer<v1::AnswerService::WithRawCallbackMethod_StreamAnswer<
          v1::AnswerService::WithRawCallbackMethod_CheckGrounding<v1::AnswerService::Service>>> {
 public:
  // All must outlive the service.
  AnswerServiceImpl(const AnswerEngine* engine, const PassageCheck* check, RequestQueue* queue)
      : engine_(engine), check_(check), queue_(queue) {}

  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamAnswer(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* CheckGrounding(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;

 private:
  const AnswerEngine* engine_;
  const PassageCheck* check_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_ANSWER_SERVICE_IMPL_H_
