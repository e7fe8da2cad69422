// bedside.v1.EvidenceService over the evidence engine and the retriever.
#ifndef BEDSIDE_SERVICES_RPC_EVIDENCE_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_EVIDENCE_SERVICE_IMPL_H_

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "index/retrieval/retriever.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "services/metrics/server_metrics.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class EvidenceServiceImpl
    : public v1::EvidenceService::WithRawCallbackMethod_Search<v1::EvidenceService::WithRawCallbackMethod_GetDocument<
          v1::EvidenceService::WithRawCallbackMethod_ListDocuments<
              v1::EvidenceService::WithRawCallbackMethod_GetPassage<v1::EvidenceService::Service>>>> {
 public:
  // All must outlive the service. `metrics`: null where fall-backs are not counted.
  EvidenceServiceImpl(const EvidenceEngine* engine, const Retriever* retriever, RequestQueue* queue,
                      ServerMetrics* metrics = nullptr)
      : engine_(engine), retriever_(retriever), queue_(queue), metrics_(metrics) {}

  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetDocument(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListDocuments(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetPassage(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;

 private:
  absl::StatusOr<v1::SearchResponse> Search(const v1::SearchRequest& request, const CallContext& call) const;
  absl::StatusOr<v1::SearchResponse> PageOf(const v1::SearchRequest& request, const Ranking& ranking) const;
  absl::StatusOr<v1::Document> GetDocument(const v1::GetDocumentRequest& request, const CallContext& call) const;
  absl::StatusOr<v1::ListDocumentsResponse> ListDocuments(const v1::ListDocumentsRequest& request,
                                                          const CallContext& call) const;
  absl::StatusOr<v1::Passage> GetPassage(const v1::GetPassageRequest& request, const CallContext& call) const;

  const EvidenceEngine* engine_;
  const Retriever* retriever_;
  RequestQueue* queue_;
  ServerMetrics* metrics_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_EVIDENCE_SERVICE_IMPL_H_
