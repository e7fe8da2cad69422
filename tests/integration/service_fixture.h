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
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "services/grpc_server.h"
#include "services/service_assembly.h"
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

  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<ServiceAssembly> assembly_;
  // Owned by the assembly.
  FakeEmbedder* embedder_ = nullptr;
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
