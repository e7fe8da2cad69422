// bedside_ingest --beside as a process of its own, while bedside_server serves: with the real model, killed and run
// again, and with another model.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "tests/e2e/server_process.h"
#include "tests/e2e/source_import.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/eval/child_process.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr int kDocuments = 600;
// Makes some hundred of them more than one batch of the model.
constexpr char kMore[] =
    "The panel looked at twelve trials and four cohorts, asked patients and their carers, and weighed lactic acidosis "
    "against control of glucose, weight and cost before it agreed on this limit.";
constexpr char kModel[] = "external/bge_small_en";

struct Outcome {
  int status = -1;
  std::string output;
};

class BesideTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string lines;
    for (int i = 0; i < kDocuments; ++i) {
      absl::StrAppend(&lines, "{\"_id\": \"d", i, "\", \"title\": \"\", \"text\": \"Record ", i,
                      " says that metformin is stopped below ", i, " mL/min in kidney disease. ", kMore, "\"}\n");
    }
    WriteFile(Path("sources"), "corpus.jsonl", lines);
    WriteFile(Path("first"), "first.jsonl",
              "{\"_id\": \"first\", \"title\": \"\", \"text\": \"Aspirin reduces fever.\"}\n");
    std::filesystem::create_directories(Path("workshops"));
    server_config_.mutable_index()->set_store_path(Path("store"));
    server_config_.mutable_index()->mutable_embedder()->set_model_path(kModel);
    server_config_.set_import_root(folder_);
    server_config_.set_workshop_root(Path("workshops"));
    server_config_.set_shutdown_delay_ms(0);
  }

  std::string Path(const std::string& name) const { return absl::StrCat(folder_, "/", name); }

  void Serve() {
    server_.reset();
    server_ = std::make_unique<ServerProcess>(server_config_);
    ASSERT_NE(server_->address(), "") << server_->output();
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  }

  // Writes the configuration of the job, beside the server that runs.
  void Configure(config::Pooling pooling = config::POOLING_CLS, uint32_t passages_per_second = 0) {
    config::IngestConfig config;
    *config.mutable_index() = server_config_.index();
    config.mutable_index()->mutable_embedder()->set_pooling(pooling);
    config.mutable_pipeline()->mutable_throttle()->set_passages_per_second(passages_per_second);
    config.mutable_workshop()->set_path(Path("workshops/w"));
    config.mutable_workshop()->set_name("w");
    config.mutable_workshop()->set_server(server_->address());
    std::string text;
    google::protobuf::TextFormat::PrintToString(config, &text);
    WriteFile(folder_, "ingest.textproto", text);
  }

  // Kills the job, if it is to be killed, as soon as it has embedded something.
  Outcome Run(std::vector<std::string> arguments, bool is_killed = false) {
    arguments.insert(arguments.begin(), {"ingest/bedside_ingest", "--config=" + Path("ingest.textproto"), "--beside",
                                         "--report=" + Path("report.json")});
    std::array<int, 2> output;
    EXPECT_EQ(pipe2(output.data(), O_CLOEXEC), 0);
    auto job = ChildProcess::Start(arguments, output[1]);
    close(output[1]);
    EXPECT_THAT(job, IsOk());
    Outcome outcome;
    char bytes[4096];
    for (ssize_t count; (count = read(output[0], bytes, sizeof bytes)) > 0;) {
      outcome.output.append(bytes, static_cast<size_t>(count));
      if (!is_killed || !absl::StrContains(outcome.output, "Embedding")) continue;
      while ((*job)->IsRunning() && VectorsIn(Path("workshops/w")) == 0) {
      }
      (*job)->Signal(SIGKILL);
    }
    close(output[0]);
    outcome.status = (*job)->Wait().value_or(-1);
    return outcome;
  }

  int64_t Embedded() {
    std::ifstream file(Path("report.json"));
    const std::string json((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    v1::JobReport report;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &report).ok());
    return report.counts().passages_embedded();
  }

  // Vectors that a store in `folder` knows.
  static int64_t VectorsIn(const std::string& folder) {
    const auto store = EvidenceStore::Open(folder, Database::Access::kReadOnly);
    EXPECT_THAT(store, IsOk());
    int64_t count = 0;
    EXPECT_THAT((*store)->database().Scan(Family::kVectors, "", "",
                                          [&](absl::string_view, absl::string_view) {
                                            ++count;
                                            return true;
                                          }),
                IsOk());
    return count;
  }

  v1::Index Index() {
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    grpc::ClientContext context;
    v1::Index index;
    const grpc::Status status = v1::IndexService::NewStub(channel_)->GetIndex(&context, request, &index);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return index;
  }

  const std::string folder_ = TempFolder();
  config::ServerConfig server_config_;
  std::unique_ptr<ServerProcess> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(BesideTest, AJobThatIsKilledGoesOnAndTheServerTakesItOver) {
  Serve();
  ImportSource(channel_, "first");
  const std::string before = Index().active_generation();
  Configure(config::POOLING_CLS, /*passages_per_second=*/5);
  const Outcome killed = Run({Path("sources")}, /*is_killed=*/true);
  EXPECT_EQ(killed.status, 128 + SIGKILL) << killed.output;
  EXPECT_EQ(Index().active_generation(), before);
  const int64_t kept = VectorsIn(Path("workshops/w"));
  EXPECT_GT(kept, 0);
  EXPECT_LT(kept, kDocuments);
  Configure();
  const Outcome again = Run({Path("sources")});
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr(" is serving."));
  EXPECT_EQ(Embedded(), kDocuments - kept) << "what was embedded is not embedded again";
  EXPECT_EQ(Index().documents_in_force(), kDocuments + 1);
  EXPECT_NE(Index().active_generation(), before);
}

TEST_F(BesideTest, AnotherModelIsBuiltBesideAndServedAfterTheChange) {
  Serve();
  ImportSource(channel_, "first");
  const std::string before = Index().active_generation();
  Configure(config::POOLING_MEAN);
  const Outcome built = Run({"--reindex"});
  EXPECT_EQ(built.status, 0) << built.output;
  EXPECT_THAT(built.output, HasSubstr("does not serve: it was embedded with"));
  EXPECT_EQ(Index().active_generation(), before);
  server_config_.mutable_index()->mutable_embedder()->set_pooling(config::POOLING_MEAN);
  Serve();
  EXPECT_NE(Index().active_generation(), before);
  EXPECT_EQ(Index().documents_in_force(), 1);
}

TEST_F(BesideTest, WithoutAServerTheWorkIsKeptAndTheErrorSaysWho) {
  Serve();
  ImportSource(channel_, "first");
  Configure();
  server_->Signal(SIGTERM);
  EXPECT_EQ(server_->Wait(), 0);
  const Outcome alone = Run({Path("sources")});
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(alone.output, HasSubstr("the server at 127.0.0.1:"));
  Serve();
  Configure();
  const Outcome again = Run({Path("sources")});
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_EQ(Embedded(), 0);
}

TEST_F(BesideTest, BesideWantsAWorkshop) {
  Serve();
  Configure();
  WriteFile(folder_, "ingest.textproto",
            absl::StrCat("index { store_path: \"", Path("store"), "\" embedder { model_path: \"", kModel, "\" } }"));
  const Outcome refused = Run({"--reindex"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.output, HasSubstr("workshop {"));
}

}  // namespace
}  // namespace bedside
