// bedside.v1.IndexService over the evidence engine.
#ifndef BEDSIDE_SERVICES_RPC_INDEX_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_INDEX_SERVICE_IMPL_H_

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "services/rpc/operation_registry.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class IndexServiceImpl
    : public v1::IndexService::WithRawCallbackMethod_GetIndex<v1::IndexService::WithRawCallbackMethod_ListGenerations<
          v1::IndexService::WithRawCallbackMethod_ActivateGeneration<
              v1::IndexService::WithRawCallbackMethod_CompareGenerations<
                  v1::IndexService::WithRawCallbackMethod_RetireGeneration<v1::IndexService::Service>>>>> {
 public:
  // All must outlive the service. A generation is activated only while no job of its corpus runs, for the job would
  // publish what is built on another one.
  IndexServiceImpl(EvidenceEngine* engine, OperationRegistry* operations, RequestQueue* queue)
      : engine_(engine), operations_(operations), queue_(queue) {}

  grpc::ServerUnaryReactor* GetIndex(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListGenerations(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ActivateGeneration(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* CompareGenerations(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RetireGeneration(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;

 private:
  absl::StatusOr<v1::Index> GetIndex(const v1::GetIndexRequest& request, const CallContext& call) const;
  absl::StatusOr<v1::ListGenerationsResponse> ListGenerations(const v1::ListGenerationsRequest& request) const;
  absl::StatusOr<v1::Generation> ActivateGeneration(const v1::ActivateGenerationRequest& request);
  absl::StatusOr<v1::CompareGenerationsResponse> CompareGenerations(const v1::CompareGenerationsRequest& request) const;
  absl::StatusOr<google::protobuf::Empty> RetireGeneration(const v1::RetireGenerationRequest& request);

  EvidenceEngine* engine_;
  OperationRegistry* operations_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_INDEX_SERVICE_IMPL_H_
