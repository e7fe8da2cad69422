// google.longrunning.Operations over the registry.
#ifndef BEDSIDE_SERVICES_RPC_OPERATIONS_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_OPERATIONS_SERVICE_IMPL_H_

#include "google/longrunning/operations_proto.grpc.pb.h"
#include "services/rpc/operation_registry.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class OperationsServiceImpl : public google::longrunning::Operations::WithRawCallbackMethod_ListOperations<
                                  google::longrunning::Operations::WithRawCallbackMethod_GetOperation<
                                      google::longrunning::Operations::WithRawCallbackMethod_DeleteOperation<
                                          google::longrunning::Operations::WithRawCallbackMethod_CancelOperation<
                                              google::longrunning::Operations::WithRawCallbackMethod_WaitOperation<
                                                  google::longrunning::Operations::Service>>>>> {
 public:
  // Both must outlive the service.
  OperationsServiceImpl(OperationRegistry* operations, RequestQueue* queue) : operations_(operations), queue_(queue) {}

  grpc::ServerUnaryReactor* ListOperations(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetOperation(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* DeleteOperation(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* CancelOperation(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  // Waits half a minute at most, and holds no worker meanwhile: callers ask again.
  grpc::ServerUnaryReactor* WaitOperation(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;

 private:
  OperationRegistry* operations_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_OPERATIONS_SERVICE_IMPL_H_
