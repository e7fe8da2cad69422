// The services of a server in this process, over a store in a temporary folder and a model without weights, listening
// on a free port of the loopback.
#ifndef BEDSIDE_TESTS_INTEGRATION_SERVICE_FIXTURE_H_
#define BEDSIDE_TESTS_INTEGRATION_SERVICE_FIXTURE_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "google/longrunning/operations_proto.grpc.pb.h"
#include "index/engine/local_engine.h"
#include "index/retrieval/retriever.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "services/answer/answer_engine.h"
#include "services/answer/retrieved_evidence_source.h"
#include "services/grpc_server.h"
#include "services/rpc/operation_registry.h"
#include "services/rpc/request_queue.h"
#include "tests/fakes/fake_embedder.h"

namespace bedside {

class ServiceFixture : public ::testing::Test {
 protected:
  ~ServiceFixture() override;
  // An import root with three guidelines, of which one supersedes another.
  void SetUp() override;

  void WriteSource(const std::string& name, const std::string& content);

  // Opens the store and serves it; `variant` stands for a model.
  void Start(const std::string& variant = "a");
  void Stop();

  // Imports everything below the root, and waits.
  v1::JobReport ImportAll();
  google::longrunning::Operation Await(const google::longrunning::Operation& operation);

  v1::SearchRequest Question(const std::string& query);
  // Document ids of the hits, best first.
  std::vector<std::string> Found(const v1::SearchRequest& request);

  const std::string root_;
  const std::string store_path_;

  // Declared in the order of construction.
  std::unique_ptr<FakeEmbedder> embedder_;
  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<EvidenceStore> store_;
  std::unique_ptr<LocalEngine> engine_;
  std::unique_ptr<Retriever> retriever_;
  std::unique_ptr<RetrievedEvidenceSource> evidence_source_;
  std::unique_ptr<AnswerEngine> answer_engine_;
  std::unique_ptr<IngestPipeline> pipeline_;
  std::unique_ptr<OperationRegistry> operations_registry_;
  std::unique_ptr<RequestQueue> queue_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<GrpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::EvidenceService::Stub> evidence_;
  std::unique_ptr<v1::AnswerService::Stub> answers_;
  std::unique_ptr<v1::CorpusService::Stub> corpora_;
  std::unique_ptr<v1::IndexService::Stub> index_;
  std::unique_ptr<google::longrunning::Operations::Stub> operations_;

  ServiceFixture();
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INTEGRATION_SERVICE_FIXTURE_H_
