// bedside.v1.FeedbackService over the stores of answers and feedback.
#ifndef BEDSIDE_SERVICES_RPC_FEEDBACK_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_FEEDBACK_SERVICE_IMPL_H_

#include <string>

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "proto/bedside/v1/feedback_service.grpc.pb.h"
#include "services/record/answer_log.h"
#include "services/record/feedback_book.h"
#include "services/resources/resource_name.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/response_stream.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class FeedbackServiceImpl
    : public v1::FeedbackService::WithRawCallbackMethod_SubmitFeedback<
          v1::FeedbackService::WithRawCallbackMethod_ListFeedback<
              v1::FeedbackService::WithRawCallbackMethod_ExportFeedback<v1::FeedbackService::Service>>> {
 public:
  // All must outlive the service. `log` and `book` may be null where the engine's store is written elsewhere: all is
  // refused there.
  FeedbackServiceImpl(const EvidenceEngine* engine, AnswerLog* log, FeedbackBook* book, RequestQueue* queue)
      : engine_(engine), log_(log), book_(book), queue_(queue) {}

  grpc::ServerUnaryReactor* SubmitFeedback(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListFeedback(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* ExportFeedback(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request) override;

 private:
  absl::StatusOr<v1::Feedback> SubmitFeedback(const v1::SubmitFeedbackRequest& request, const CallContext& call) const;
  absl::StatusOr<v1::ListFeedbackResponse> ListFeedback(const v1::ListFeedbackRequest& request,
                                                        const CallContext& call) const;
  absl::Status ExportFeedback(const v1::ExportFeedbackRequest& request, const CallContext& call,
                              ResponseStream* stream) const;
  // FAILED_PRECONDITION: no answers are recorded here.
  absl::Status CheckRecords() const;
  // NOT_FOUND: there is no such answer for the caller.
  absl::StatusOr<storage::AnswerRecord> Find(const AnswerName& name, const CallContext& call) const;
  // NOT_FOUND: there is no such corpus.
  absl::Status CheckCorpusExists(const std::string& corpus) const;

  const EvidenceEngine* engine_;
  AnswerLog* log_;
  FeedbackBook* book_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_FEEDBACK_SERVICE_IMPL_H_
