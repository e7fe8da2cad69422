#include "services/rpc/operations_service_impl.h"

#include <algorithm>
#include <vector>

#include "index/status/status_macros.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/granted_corpora.h"
#include "services/rpc/page_token.h"

namespace bedside {
namespace {

namespace lro = google::longrunning;
using google::protobuf::Empty;

constexpr absl::Duration kLongestWait = absl::Seconds(30);

absl::StatusOr<lro::ListOperationsResponse> PageOf(const std::vector<lro::Operation>& operations,
                                                   const lro::ListOperationsRequest& request) {
  FieldViolations violations;
  violations.CheckRange("page_size", request.page_size(), 0, kMaxPageSize);
  if (!request.filter().empty()) violations.Add("filter", "is not supported; leave it empty");
  RETURN_IF_ERROR(violations.ToStatus());
  const PageScope scope = {"ListOperations", operations.empty() ? "" : operations.front().name()};
  ASSIGN_OR_RETURN(const uint64_t offset, DecodePageToken(request.page_token(), scope));
  const size_t begin = std::min<size_t>(offset, operations.size());
  const size_t end = std::min(begin + PageSize(request.page_size(), kMaxPageSize, kMaxPageSize), operations.size());
  lro::ListOperationsResponse response;
  for (size_t i = begin; i < end; ++i) *response.add_operations() = operations[i];
  if (end < operations.size()) response.set_next_page_token(EncodePageToken(end, scope));
  return response;
}

// Those of corpora that were granted, in their order.
std::vector<lro::Operation> GrantedOf(std::vector<lro::Operation> operations, const Principal& principal) {
  operations.erase(std::remove_if(operations.begin(), operations.end(),
                                  [&](const lro::Operation& operation) {
                                    return !principal.IsGranted(CorpusOfName(operation.name()));
                                  }),
                   operations.end());
  return operations;
}

absl::Time WaitUntil(const lro::WaitOperationRequest& request, const CallContext& call) {
  absl::Duration wait = kLongestWait;
  if (request.has_timeout()) {
    wait = std::min(wait, absl::Seconds(request.timeout().seconds()) + absl::Nanoseconds(request.timeout().nanos()));
  }
  return std::min(call.until.deadline, absl::Now() + wait);
}

}  // namespace

grpc::ServerUnaryReactor* OperationsServiceImpl::ListOperations(grpc::CallbackServerContext* context,
                                                                const grpc::ByteBuffer* request,
                                                                grpc::ByteBuffer* response) {
  return RunUnary<lro::ListOperationsRequest, lro::ListOperationsResponse>(
      queue_, context, request, response, [this](const lro::ListOperationsRequest& request, const CallContext& call) {
        return PageOf(GrantedOf(operations_->List(), call.principal), request);
      });
}

grpc::ServerUnaryReactor* OperationsServiceImpl::GetOperation(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* request,
                                                              grpc::ByteBuffer* response) {
  return RunUnary<lro::GetOperationRequest, lro::Operation>(
      queue_, context, request, response,
      [this](const lro::GetOperationRequest& request, const CallContext&) { return operations_->Get(request.name()); });
}

grpc::ServerUnaryReactor* OperationsServiceImpl::DeleteOperation(grpc::CallbackServerContext* context,
                                                                 const grpc::ByteBuffer* request,
                                                                 grpc::ByteBuffer* response) {
  return RunUnary<lro::DeleteOperationRequest, Empty>(
      queue_, context, request, response,
      [this](const lro::DeleteOperationRequest& request, const CallContext&) -> absl::StatusOr<Empty> {
        RETURN_IF_ERROR(operations_->Delete(request.name()));
        return Empty();
      });
}

grpc::ServerUnaryReactor* OperationsServiceImpl::CancelOperation(grpc::CallbackServerContext* context,
                                                                 const grpc::ByteBuffer* request,
                                                                 grpc::ByteBuffer* response) {
  return RunUnary<lro::CancelOperationRequest, Empty>(
      queue_, context, request, response,
      [this](const lro::CancelOperationRequest& request, const CallContext&) -> absl::StatusOr<Empty> {
        RETURN_IF_ERROR(operations_->Cancel(request.name()));
        return Empty();
      });
}

grpc::ServerUnaryReactor* OperationsServiceImpl::WaitOperation(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunUnaryWithReply<lro::WaitOperationRequest, lro::Operation>(
      queue_, context, request, response,
      [this](const lro::WaitOperationRequest& request, const CallContext& call,
             const UnaryReply<lro::Operation>& reply) {
        operations_->WhenDone(request.name(), WaitUntil(request, call), reply);
      });
}

}  // namespace bedside
