// bedside.v1.OutcomeService over the book of cards.
#ifndef BEDSIDE_SERVICES_RPC_OUTCOME_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_OUTCOME_SERVICE_IMPL_H_

#include "absl/status/statusor.h"
#include "proto/bedside/v1/outcome_service.grpc.pb.h"
#include "services/record/card_book.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/response_stream.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class OutcomeServiceImpl : public v1::OutcomeService::WithRawCallbackMethod_ListOutcomes<
                               v1::OutcomeService::WithRawCallbackMethod_ExportOutcomes<v1::OutcomeService::Service>> {
 public:
  // Both must outlive the service. `book`: null where the store is written elsewhere: all is refused there.
  OutcomeServiceImpl(const CardBook* book, RequestQueue* queue) : book_(book), queue_(queue) {}

  grpc::ServerUnaryReactor* ListOutcomes(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* ExportOutcomes(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request) override;

 private:
  // FAILED_PRECONDITION: the store is written elsewhere. PERMISSION_DENIED: cards are of all corpora, and not all were
  // granted.
  absl::Status CheckAllowed(const CallContext& call) const;
  absl::StatusOr<v1::ListOutcomesResponse> List(const v1::ListOutcomesRequest& request, const CallContext& call) const;
  absl::Status Export(const v1::ExportOutcomesRequest& request, const CallContext& call, ResponseStream* stream) const;

  const CardBook* book_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_OUTCOME_SERVICE_IMPL_H_
