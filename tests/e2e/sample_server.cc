#include "tests/e2e/sample_server.h"

#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/e2e/source_import.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

constexpr char kQueryPrefix[] = "Represent this sentence for searching relevant passages: ";

}  // namespace

config::ServerConfig SampleConfig() {
  const std::string root = TempFolder();
  std::filesystem::copy("samples", root, std::filesystem::copy_options::recursive);
  std::filesystem::remove(root + "/questions.txt");
  std::filesystem::remove_all(root + "/hooks");
  config::ServerConfig config;
  config.mutable_index()->set_store_path(TempFolder());
  config.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
  config.mutable_index()->mutable_embedder()->set_query_prefix(kQueryPrefix);
  config.mutable_index()->mutable_embedder()->set_adapter_path("index/embedding/bge-small-en-v1.5.adapter");
  config.mutable_index()->mutable_embedder()->set_question_adapter_path(
      "index/embedding/bge-small-en-v1.5.question_adapter");
  config.mutable_retrieval()->mutable_ranker()->set_model_path("index/ranking/bge-small-en-v1.5.ranker");
  config.set_import_root(root);
  config.set_shutdown_delay_ms(0);
  return config;
}

ServerProcess* SampleServerTest::server_ = nullptr;
std::shared_ptr<grpc::Channel>* SampleServerTest::channel_ = nullptr;

void SampleServerTest::SetUpTestSuite() {
  server_ = new ServerProcess(SampleConfig());
  channel_ =
      new std::shared_ptr<grpc::Channel>(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  ImportSource(*channel_, ".");
}

void SampleServerTest::TearDownTestSuite() {
  delete channel_;
  delete server_;
}

v1::Answer SampleServerTest::Answer(const v1::AnswerRequest& request) {
  v1::AnswerRequest sent = request;
  sent.set_parent("corpora/default");
  grpc::ClientContext context;
  v1::AnswerResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(*channel_)->Answer(&context, sent, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.answer();
}

std::string SampleServerTest::TextOf(const v1::Answer& answer) {
  if (answer.has_abstention()) {
    return absl::StrCat("abstains: ", v1::AbstentionReason_Name(answer.abstention().reason()));
  }
  std::vector<std::string> sentences;
  for (const v1::AnswerSentence& sentence : answer.text().sentences()) {
    EXPECT_GT(sentence.citations_size(), 0) << sentence.text();
    sentences.push_back(sentence.text());
  }
  return absl::StrJoin(sentences, "\n");
}

}  // namespace bedside
