// A server as it is assembled for production, in this process, over a store in a temporary folder and a model without
// weights, listening on a free port of the loopback.
#ifndef BEDSIDE_TESTS_INTEGRATION_SERVICE_FIXTURE_H_
#define BEDSIDE_TESTS_INTEGRATION_SERVICE_FIXTURE_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "google/longrunning/operations_proto.grpc.pb.h"
#include "index/text/wordpiece_tokenizer.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/feedback_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "proto/bedside/v1/store_service.grpc.pb.h"
#include "services/grpc_server.h"
#include "services/http_door.h"
#include "services/service_assembly.h"
#include "tests/integration/gated_embedder.h"

namespace bedside {

class ServiceFixture : public ::testing::Test {
 protected:
  ~ServiceFixture() override;
  // An import root with three guidelines, of which one supersedes another.
  void SetUp() override;

  void WriteSource(const std::string& name, const std::string& content);

  // Opens the store and serves it as `config_` says; `variant` stands for a model.
  void Start(const std::string& variant = "a");
  void Stop();

  // Starts an import of everything below the root.
  google::longrunning::Operation StartImport();
  // The same, to its end.
  v1::JobReport ImportAll();
  google::longrunning::Operation Await(const google::longrunning::Operation& operation);

  // Calls a method ("bedside.v1.EvidenceService.Search") with these bytes, whatever they are, and drops the response.
  grpc::Status SendRaw(const std::string& method, const std::string& bytes);

  v1::SearchRequest Question(const std::string& query);
  // Document ids of the hits, best first.
  std::vector<std::string> Found(const v1::SearchRequest& request);

  const std::string root_;
  const std::string store_path_;
  config::ServerConfig config_;

  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<ServiceAssembly> assembly_;
  // Owned by the assembly.
  GatedEmbedder* embedder_ = nullptr;
  std::unique_ptr<GrpcServer> server_;
  // Null where `config_` has no HTTP.
  std::unique_ptr<HttpDoor> http_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::EvidenceService::Stub> evidence_;
  std::unique_ptr<v1::AnswerService::Stub> answers_;
  std::unique_ptr<v1::FeedbackService::Stub> feedback_;
  std::unique_ptr<v1::CorpusService::Stub> corpora_;
  std::unique_ptr<v1::IndexService::Stub> index_;
  std::unique_ptr<google::longrunning::Operations::Stub> operations_;

  ServiceFixture();
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INTEGRATION_SERVICE_FIXTURE_H_
