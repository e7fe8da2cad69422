// Servers that follow the store of another one, each as a process of its own.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/feedback_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "proto/bedside/v1/store_service.grpc.pb.h"
#include "proto/grpc/health/v1/health.grpc.pb.h"
#include "tests/e2e/server_process.h"
#include "tests/e2e/source_import.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::HasSubstr;

// BEDSIDE_REPLICA_RETRACTIONS=100 is the long run.
constexpr int kRetractions = 3;
constexpr size_t kReplicas = 3;

size_t RetractionsToMake() {
  return static_cast<size_t>(NumberFromEnvironment("BEDSIDE_REPLICA_RETRACTIONS", kRetractions));
}

std::string GuidelineOf(size_t number) {
  return absl::StrCat("---\nid: drug", number, "\ntitle: On drug", number,
                      "\norganization: Example Society\npublication_date: 2024-05-01\n---\n\n## Dose\n\n",
                      "- Give drug", number, " once a day.\n");
}

class Client {
 public:
  explicit Client(const std::string& address)
      : channel_(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())) {}

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  grpc::Status GetIndex(v1::Index* index) const {
    grpc::ClientContext context;
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    return v1::IndexService::NewStub(channel_)->GetIndex(&context, request, index);
  }

  v1::DocumentStatus StatusOf(const std::string& document) const {
    grpc::ClientContext context;
    v1::GetDocumentRequest request;
    request.set_name("corpora/default/documents/" + document);
    v1::Document response;
    const grpc::Status status = v1::EvidenceService::NewStub(channel_)->GetDocument(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.status();
  }

  grpc::Status Retract(const std::string& document) const {
    grpc::ClientContext context;
    v1::SetDocumentStatusRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_status(v1::DOCUMENT_STATUS_RETRACTED);
    v1::Document response;
    return v1::CorpusService::NewStub(channel_)->SetDocumentStatus(&context, request, &response);
  }

  bool IsReady() const {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckResponse response;
    EXPECT_TRUE(grpc::health::v1::Health::NewStub(channel_)->Check(&context, {}, &response).ok());
    return response.status() == grpc::health::v1::HealthCheckResponse::SERVING;
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

class ReplicaTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(root_);
    for (size_t i = 0; i <= RetractionsToMake(); ++i) {
      std::ofstream(absl::StrCat(root_, "/drug", i, ".md")) << GuidelineOf(i);
    }
    config_.mutable_index()->set_store_path(store_path_);
    config_.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    config_.mutable_index()->mutable_embedder()->set_threads(1);
    config_.set_shutdown_delay_ms(0);
    config::ServerConfig writer = config_;
    writer.set_import_root(root_);
    writer_ = std::make_unique<ServerProcess>(writer);
    ASSERT_NE(writer_->address(), "") << writer_->output();
    ASSERT_NO_FATAL_FAILURE(ImportSource(Writer().channel(), "."));
  }

  Client Writer() const { return Client(writer_->address()); }

  std::unique_ptr<ServerProcess> StartReplica(uint32_t max_lag_ms = 0) {
    config::ServerConfig config = config_;
    config.mutable_follow()->set_writer(writer_->address());
    config.mutable_follow()->set_max_lag_ms(max_lag_ms);
    auto replica = std::make_unique<ServerProcess>(config);
    EXPECT_NE(replica->address(), "") << replica->Wait() << replica->output();
    return replica;
  }

  const std::string root_ = TempFolder();
  const std::string store_path_ = TempFolder();
  config::ServerConfig config_;
  std::unique_ptr<ServerProcess> writer_;
};

// What it took is printed, not judged: machines differ.
TEST_F(ReplicaTest, RetractionsReachEveryReplica) {
  std::vector<std::unique_ptr<ServerProcess>> processes;
  std::vector<Client> replicas;
  for (size_t i = 0; i < kReplicas; ++i) {
    processes.push_back(StartReplica());
    replicas.emplace_back(processes.back()->address());
  }
  std::vector<absl::Duration> times;
  for (size_t i = 0; i < RetractionsToMake(); ++i) {
    const std::string document = absl::StrCat("drug", i);
    ASSERT_TRUE(Writer().Retract(document).ok());
    const absl::Time acknowledged = absl::Now();
    for (const Client& replica : replicas) {
      while (replica.StatusOf(document) != v1::DOCUMENT_STATUS_RETRACTED) {
        ASSERT_LT(absl::Now() - acknowledged, absl::Minutes(1)) << document << " never arrives";
      }
    }
    times.push_back(absl::Now() - acknowledged);
  }
  std::sort(times.begin(), times.end());
  std::cout << times.size() << " retractions, until the last of " << kReplicas << " replicas has it: p50 "
            << times[times.size() / 2] << ", max " << times.back() << std::endl;
}

TEST_F(ReplicaTest, ServesAndRefusesWhatItCannotKeep) {
  const std::unique_ptr<ServerProcess> process = StartReplica();
  const Client replica(process->address());
  v1::Index index;
  ASSERT_TRUE(replica.GetIndex(&index).ok());
  ASSERT_TRUE(index.has_follow());
  EXPECT_GT(index.follow().last_write(), 0);
  EXPECT_EQ(index.follow().problem(), "");
  v1::Index own;
  ASSERT_TRUE(Writer().GetIndex(&own).ok());
  EXPECT_FALSE(own.has_follow()) << "the writer follows nobody";
  EXPECT_EQ(index.active_generation(), own.active_generation());

  grpc::ClientContext answer_context;
  v1::AnswerRequest question;
  question.set_parent("corpora/default");
  question.set_question("How often is drug1 given?");
  v1::AnswerResponse answer;
  ASSERT_TRUE(v1::AnswerService::NewStub(replica.channel())->Answer(&answer_context, question, &answer).ok());
  EXPECT_EQ(answer.answer().name(), "") << "it is not recorded";

  const grpc::Status retraction = replica.Retract("drug0");
  EXPECT_EQ(retraction.error_code(), StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(retraction.error_message(), HasSubstr("Ask " + writer_->address()));
  EXPECT_EQ(Writer().StatusOf("drug0"), v1::DOCUMENT_STATUS_CURRENT);
}

TEST_F(ReplicaTest, EveryCallThatWritesIsRefused) {
  const std::unique_ptr<ServerProcess> process = StartReplica();
  const std::shared_ptr<grpc::Channel> channel = Client(process->address()).channel();
  std::vector<grpc::Status> refused;
  const auto call = [&refused](auto method, auto* stub, auto request, auto response) {
    grpc::ClientContext context;
    refused.push_back((stub->*method)(&context, request, &response));
  };
  const auto corpora = v1::CorpusService::NewStub(channel);
  v1::ImportDocumentsRequest import;
  import.set_parent("corpora/default");
  import.add_sources(".");
  call(&v1::CorpusService::Stub::ImportDocuments, corpora.get(), import, google::longrunning::Operation());
  v1::ReindexRequest reindex;
  reindex.set_parent("corpora/default");
  call(&v1::CorpusService::Stub::Reindex, corpora.get(), reindex, google::longrunning::Operation());
  v1::DeleteDocumentRequest deletion;
  deletion.set_name("corpora/default/documents/drug0");
  call(&v1::CorpusService::Stub::DeleteDocument, corpora.get(), deletion, google::protobuf::Empty());
  v1::WithdrawSourceSetRequest withdrawal;
  withdrawal.set_name("corpora/default/sourceSets/default");
  call(&v1::CorpusService::Stub::WithdrawSourceSet, corpora.get(), withdrawal, v1::SourceSet());
  const auto indexes = v1::IndexService::NewStub(channel);
  v1::ActivateGenerationRequest activation;
  activation.set_name("corpora/default/generations/g00000001");
  call(&v1::IndexService::Stub::ActivateGeneration, indexes.get(), activation, v1::Generation());
  const auto answers = v1::AnswerService::NewStub(channel);
  v1::GetAnswerRequest recorded;
  recorded.set_name("corpora/default/answers/00000000000000-0000000000000000");
  call(&v1::AnswerService::Stub::GetAnswer, answers.get(), recorded, v1::Answer());
  v1::ReplayAnswerRequest replay;
  replay.set_name(recorded.name());
  call(&v1::AnswerService::Stub::ReplayAnswer, answers.get(), replay, v1::ReplayAnswerResponse());
  const auto feedback = v1::FeedbackService::NewStub(channel);
  v1::ListFeedbackRequest list;
  list.set_parent("corpora/default");
  call(&v1::FeedbackService::Stub::ListFeedback, feedback.get(), list, v1::ListFeedbackResponse());
  call(&v1::FeedbackService::Stub::SubmitFeedback, feedback.get(), v1::SubmitFeedbackRequest(), v1::Feedback());
  for (size_t i = 0; i < refused.size(); ++i) {
    EXPECT_EQ(refused[i].error_code(), StatusCode::FAILED_PRECONDITION) << i << refused[i].error_message();
    EXPECT_THAT(refused[i].error_message(), HasSubstr("follows a store"));
  }
}

TEST_F(ReplicaTest, TheWriterMayRestart) {
  const std::unique_ptr<ServerProcess> process = StartReplica();
  const Client replica(process->address());
  writer_->Signal(SIGKILL);
  writer_->Wait();
  EXPECT_EQ(replica.StatusOf("drug0"), v1::DOCUMENT_STATUS_CURRENT) << "it serves without the writer";
  config::ServerConfig writer = config_;
  writer.set_import_root(root_);
  writer_ = std::make_unique<ServerProcess>(writer);
  ASSERT_TRUE(Writer().Retract("drug0").ok());
  while (replica.StatusOf("drug0") != v1::DOCUMENT_STATUS_RETRACTED) {
  }
}

TEST_F(ReplicaTest, IsNotReadyOnceItCannotFollow) {
  const std::unique_ptr<ServerProcess> process = StartReplica(1000);
  const Client replica(process->address());
  ASSERT_TRUE(replica.IsReady());
  std::filesystem::rename(store_path_, store_path_ + ".gone");
  while (replica.IsReady()) {
  }
  v1::Index index;
  const grpc::Status status = replica.GetIndex(&index);
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), HasSubstr("has not seen its state for"));
  EXPECT_THAT(status.error_message(), HasSubstr("no store at"));
  std::filesystem::rename(store_path_ + ".gone", store_path_);
  while (!replica.IsReady()) {
  }
  process->Signal(SIGTERM);
  EXPECT_EQ(process->Wait(), 0);
  EXPECT_THAT(process->output(), HasSubstr("The store cannot be followed"));
  EXPECT_THAT(process->output(), HasSubstr("The store can be followed again"));
}

}  // namespace
}  // namespace bedside
