// bedside.v1.CorpusService: jobs through the ingest pipeline, changes of status through the engine.
#ifndef BEDSIDE_SERVICES_RPC_CORPUS_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_CORPUS_SERVICE_IMPL_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/longrunning/operations_proto.pb.h"
#include "index/engine/evidence_engine.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "services/rpc/operation_registry.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class CorpusServiceImpl
    : public v1::CorpusService::WithRawCallbackMethod_ImportDocuments<
          v1::CorpusService::WithRawCallbackMethod_Reindex<v1::CorpusService::WithRawCallbackMethod_DeleteDocument<
              v1::CorpusService::WithRawCallbackMethod_SetDocumentStatus<
                  v1::CorpusService::WithRawCallbackMethod_ListSourceSets<
                      v1::CorpusService::WithRawCallbackMethod_WithdrawSourceSet<
                          v1::CorpusService::WithRawCallbackMethod_ReinstateSourceSet<
                              v1::CorpusService::Service>>>>>>> {
 public:
  // `import_root`: folder below which imports may read; empty refuses them. `pipeline`: may be null where the engine's
  // store is written elsewhere. All must outlive the service.
  CorpusServiceImpl(EvidenceEngine* engine, IngestPipeline* pipeline, OperationRegistry* operations,
                    const std::string& import_root, RequestQueue* queue)
      : engine_(engine), pipeline_(pipeline), operations_(operations), import_root_(import_root), queue_(queue) {}

  grpc::ServerUnaryReactor* ImportDocuments(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Reindex(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* DeleteDocument(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* SetDocumentStatus(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListSourceSets(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* WithdrawSourceSet(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ReinstateSourceSet(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override;

 private:
  using Operation = google::longrunning::Operation;

  absl::StatusOr<Operation> ImportDocuments(const v1::ImportDocumentsRequest& request);
  absl::StatusOr<Operation> Reindex(const v1::ReindexRequest& request);
  // Runs `work` of the pipeline as an operation, and serves what it published.
  absl::StatusOr<Operation> StartJob(const JobRequest& request,
                                     std::function<absl::StatusOr<v1::JobReport>(const IngestObserver&)> work);
  absl::StatusOr<google::protobuf::Empty> DeleteDocument(const v1::DeleteDocumentRequest& request);
  absl::StatusOr<v1::Document> SetDocumentStatus(const v1::SetDocumentStatusRequest& request);
  absl::StatusOr<v1::ListSourceSetsResponse> ListSourceSets(const v1::ListSourceSetsRequest& request);
  absl::StatusOr<v1::SourceSet> WithdrawSourceSet(const v1::WithdrawSourceSetRequest& request);
  absl::StatusOr<v1::SourceSet> ReinstateSourceSet(const v1::ReinstateSourceSetRequest& request);

  EvidenceEngine* engine_;
  IngestPipeline* pipeline_;
  OperationRegistry* operations_;
  std::string import_root_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CORPUS_SERVICE_IMPL_H_
