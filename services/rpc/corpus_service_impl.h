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
#include "services/record/answer_log.h"
#include "services/resources/resource_name.h"
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
                              v1::CorpusService::WithRawCallbackMethod_UpsertDocuments<
                                  v1::CorpusService::WithRawCallbackMethod_PurgeDocument<
                                      v1::CorpusService::WithRawCallbackMethod_AdoptGeneration<
                                          v1::CorpusService::Service>>>>>>>>>> {
 public:
  // Folders below which the service may read; empty: it may not.
  struct Roots {
    // Of imports.
    std::string sources;
    // Of workshops.
    std::string workshops;
  };

  // `pipeline` and `answers`: may be null where the engine's store is written elsewhere. All must outlive the service.
  CorpusServiceImpl(EvidenceEngine* engine, IngestPipeline* pipeline, AnswerLog* answers, OperationRegistry* operations,
                    const Roots& roots, RequestQueue* queue)
      : engine_(engine),
        pipeline_(pipeline),
        answers_(answers),
        operations_(operations),
        roots_(roots),
        queue_(queue) {}

  grpc::ServerUnaryReactor* ImportDocuments(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* UpsertDocuments(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Reindex(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* AdoptGeneration(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* DeleteDocument(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* PurgeDocument(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
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
  absl::StatusOr<v1::UpsertDocumentsResponse> UpsertDocuments(const v1::UpsertDocumentsRequest& request);
  // Merges the segments of the corpus as an operation, where that is worth it and no other job runs.
  void MergeWhereWorthIt(const std::string& corpus, const EvidenceView& view);
  absl::StatusOr<Operation> Reindex(const v1::ReindexRequest& request);
  absl::StatusOr<Operation> AdoptGeneration(const v1::AdoptGenerationRequest& request);
  // Runs `work` of the pipeline as an operation, and serves what it published.
  absl::StatusOr<Operation> StartJob(const JobRequest& request,
                                     std::function<absl::StatusOr<v1::JobReport>(const IngestObserver&)> work);
  absl::StatusOr<google::protobuf::Empty> DeleteDocument(const v1::DeleteDocumentRequest& request,
                                                         const CallContext& call);
  absl::StatusOr<Operation> PurgeDocument(const v1::PurgeDocumentRequest& request, const CallContext& call);
  absl::StatusOr<v1::JobReport> Purge(const DocumentName& name, const IngestObserver& observer);
  absl::StatusOr<v1::Document> SetDocumentStatus(const v1::SetDocumentStatusRequest& request, const CallContext& call);
  absl::StatusOr<v1::ListSourceSetsResponse> ListSourceSets(const v1::ListSourceSetsRequest& request,
                                                            const CallContext& call);
  absl::StatusOr<v1::SourceSet> WithdrawSourceSet(const v1::WithdrawSourceSetRequest& request, const CallContext& call);
  absl::StatusOr<v1::SourceSet> ReinstateSourceSet(const v1::ReinstateSourceSetRequest& request,
                                                   const CallContext& call);

  EvidenceEngine* engine_;
  IngestPipeline* pipeline_;
  AnswerLog* answers_;
  OperationRegistry* operations_;
  Roots roots_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CORPUS_SERVICE_IMPL_H_
