// What an operator sees of backups through a server, and what a client sees of a store that was restored from one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "index/store/store_backup.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::HasSubstr;

// Questions that the short run asks; BEDSIDE_BACKUP_QUESTIONS=200 is the long one.
constexpr int kQuestions = 12;

size_t QuestionsToAsk() { return static_cast<size_t>(NumberFromEnvironment("BEDSIDE_BACKUP_QUESTIONS", kQuestions)); }

class BackupTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    std::filesystem::create_directories(backups_);
    config_.set_backup_root(backups_);
  }

  grpc::Status BackUp(const std::string& id, v1::Backup* backup) {
    grpc::ClientContext context;
    v1::CreateBackupRequest request;
    request.set_backup_id(id);
    return v1::StoreService::NewStub(channel_)->CreateBackup(&context, request, backup);
  }

  void SetStatus(const std::string& document, v1::DocumentStatus status) {
    grpc::ClientContext context;
    v1::SetDocumentStatusRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_status(status);
    v1::Document response;
    const grpc::Status set = corpora_->SetDocumentStatus(&context, request, &response);
    EXPECT_TRUE(set.ok()) << set.error_message();
  }

  std::string SearchBytes(const std::string& question) {
    grpc::ClientContext context;
    v1::SearchResponse response;
    v1::SearchRequest request = Question(question);
    request.set_explain(true);
    EXPECT_TRUE(evidence_->Search(&context, request, &response).ok());
    return response.SerializeAsString();
  }

  // But for its name, times and the energy that it took.
  std::string AnswerBytes(const std::string& question) {
    grpc::ClientContext context;
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(question);
    request.set_request_id("the same");
    v1::AnswerResponse response;
    EXPECT_TRUE(answers_->Answer(&context, request, &response).ok());
    v1::Answer& answer = *response.mutable_answer();
    answer.clear_name();
    answer.clear_create_time();
    answer.mutable_basis()->clear_timings();
    answer.mutable_basis()->clear_energy();
    return response.SerializeAsString();
  }

  std::vector<std::string> AskAll(const std::vector<std::string>& questions) {
    std::vector<std::string> responses;
    for (const std::string& question : questions) {
      responses.push_back(SearchBytes(question));
      responses.push_back(AnswerBytes(question));
    }
    return responses;
  }

  const std::string backups_ = TempFolder();
};

TEST_F(BackupTest, AStoreRestoredElsewhereAnswersTheSameByteForByte) {
  std::vector<std::string> questions = {"At which eGFR should metformin be stopped?", "How often is the INR measured?",
                                        "What is the dose of amoxicillin?"};
  const char* shared = std::getenv("BEDSIDE_SHARED");
  if (shared != nullptr) {
    const std::string data = std::string(shared) + "/data/bioasq-dev/";
    std::filesystem::copy(data + "corpus.jsonl", root_ + "/corpus.jsonl");
    std::ifstream lines(data + "queries.jsonl");
    for (std::string line; questions.size() < QuestionsToAsk() && std::getline(lines, line);) {
      questions.push_back(nlohmann::json::parse(line)["text"].get<std::string>());
    }
  }
  Start();
  ImportAll();
  SetStatus("warfarin-monitoring", v1::DOCUMENT_STATUS_RETRACTED);
  const std::vector<std::string> before = AskAll(questions);
  // The backup is taken while questions are asked, and answers recorded.
  std::atomic<bool> stop{false};
  std::thread asking([&] {
    while (!stop) AnswerBytes(questions[0]);
  });
  v1::Backup backup;
  const grpc::Status made = BackUp("nightly", &backup);
  stop = true;
  asking.join();
  ASSERT_TRUE(made.ok()) << made.error_message();
  EXPECT_EQ(backup.name(), "backups/nightly");
  EXPECT_EQ(backup.change_sequence(), 2);
  EXPECT_GT(backup.size_bytes(), 0);
  SetStatus("metformin-renal", v1::DOCUMENT_STATUS_RETRACTED);
  Stop();
  const std::string restored = TempFolder();
  ASSERT_THAT(Restore(backups_ + "/nightly", restored), IsOk());
  config_.mutable_index()->set_store_path(restored);
  Start();
  const std::vector<std::string> after = AskAll(questions);
  for (size_t i = 0; i < before.size(); ++i) EXPECT_EQ(before[i], after[i]) << "response " << i;
  SetStatus("metformin-renal", v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_NE(AskAll({questions[0]})[1], before[1]) << "it is a store like another, and can be written";
}

TEST_F(BackupTest, NeverOverwritesAndServesOn) {
  Start();
  ImportAll();
  v1::Backup backup;
  ASSERT_TRUE(BackUp("a", &backup).ok());
  EXPECT_EQ(BackUp("a", &backup).error_code(), StatusCode::ALREADY_EXISTS);
  ASSERT_TRUE(BackUp("b", &backup).ok());
  EXPECT_FALSE(Found(Question("metformin")).empty());
}

TEST_F(BackupTest, NamesStayBelowTheRoot) {
  Start();
  v1::Backup backup;
  for (const std::string id : {"", ".", "..", "../a", "a/b", "/tmp/a", "A", "a\nb"}) {
    const grpc::Status status = BackUp(id, &backup);
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT) << id;
    EXPECT_THAT(status.error_message(), HasSubstr("wanted 1 to 63 of [a-z0-9-]"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(backups_));
}

TEST_F(BackupTest, AreOffWithoutARoot) {
  config_.clear_backup_root();
  Start();
  v1::Backup backup;
  const grpc::Status status = BackUp("a", &backup);
  EXPECT_EQ(status.error_code(), StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), HasSubstr("set backup_root"));
}

TEST_F(BackupTest, SayThatTheRootIsGone) {
  Start();
  std::filesystem::remove_all(backups_);
  v1::Backup backup;
  const grpc::Status status = BackUp("a", &backup);
  EXPECT_EQ(status.error_code(), StatusCode::NOT_FOUND);
  EXPECT_THAT(status.error_message(), HasSubstr("there is no folder"));
}

}  // namespace
}  // namespace bedside
