// What an operator sees of the bedside_server binary, from its start to its end: health, signals, exit statuses.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/types/optional.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/grpc/health/v1/health.grpc.pb.h"
#include "tests/e2e/server_process.h"
#include "tests/e2e/source_import.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

namespace health = grpc::health::v1;
using grpc::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kServing = health::HealthCheckResponse::SERVING;
constexpr auto kNotServing = health::HealthCheckResponse::NOT_SERVING;
constexpr char kMetformin[] = R"(---
id: metformin-renal
title: Metformin and kidney function
organization: Example Society
publication_date: 2024-05-01
---

## Recommendations

- Stop metformin when the eGFR falls below 30 mL/min/1.73 m2.
- Halve the dose of metformin when the eGFR is between 30 and 45 mL/min/1.73 m2.
)";
constexpr char kQuestion[] = "At which eGFR should metformin be stopped?";
// Longer than any test runs: what waits for it would be seen to hang.
constexpr uint32_t kNever = 120'000;

// A test that would wait for ever fails instead.
void LimitTime(grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(100));
}

// A connection of its own: by default, channels of one process share one.
std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

// A client of one server.
class Client {
 public:
  explicit Client(const std::string& address) : channel_(Connect(address)) {}

  health::HealthCheckResponse::ServingStatus Health(const std::string& service) {
    grpc::ClientContext context;
    health::HealthCheckRequest request;
    request.set_service(service);
    health::HealthCheckResponse response;
    const grpc::Status status = health::Health::NewStub(channel_)->Check(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.status();
  }

  grpc::Status Search(const std::string& query = kQuestion) {
    grpc::ClientContext context;
    v1::SearchRequest request;
    request.set_parent("corpora/default");
    request.set_query(query);
    v1::SearchResponse response;
    return v1::EvidenceService::NewStub(channel_)->Search(&context, request, &response);
  }

  // Everything below the import root.
  void Import() { ImportSource(channel_, "."); }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

// Each change of the readiness of a server.
class ReadinessWatch {
 public:
  explicit ReadinessWatch(const Client& client) : stub_(health::Health::NewStub(client.channel())) {
    LimitTime(&context_);
    reader_ = stub_->Watch(&context_, {});
  }
  ~ReadinessWatch() { context_.TryCancel(); }

  // Blocks until the next change; unset when the server has gone, or nothing changes.
  absl::optional<health::HealthCheckResponse::ServingStatus> Next() {
    health::HealthCheckResponse response;
    if (!reader_->Read(&response)) return absl::nullopt;
    return response.status();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<health::Health::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<health::HealthCheckResponse>> reader_;
};

// A streamed answer that has begun.
class AnswerInFlight {
 public:
  explicit AnswerInFlight(const Client& client) : stub_(v1::AnswerService::NewStub(client.channel())) {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(kQuestion);
    LimitTime(&context_);
    reader_ = stub_->StreamAnswer(&context_, request);
    EXPECT_TRUE(reader_->Read(&part_)) << reader_->Finish().error_message();
    EXPECT_TRUE(part_.has_evidence());
  }
  ~AnswerInFlight() { context_.TryCancel(); }

  // Reads to the end.
  grpc::Status Finish() {
    while (reader_->Read(&part_)) {
    }
    return reader_->Finish();
  }

  // The last part that was read.
  const v1::StreamAnswerResponse& last() const { return part_; }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<v1::AnswerService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<v1::StreamAnswerResponse>> reader_;
  v1::StreamAnswerResponse part_;
};

class ServerLifecycleTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(root_);
    std::ofstream(root_ + "/metformin.md") << kMetformin;
    config_.mutable_index()->set_store_path(store_path_);
    config_.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    config_.set_import_root(root_);
    config_.set_shutdown_delay_ms(0);
    config_.set_shutdown_grace_ms(kNever);
  }

  // Answers come from a chat server that takes each request and keeps silent.
  void AskASilentChatServer() {
    chat_ = ChatServer::Start({EventStreamResponse(""), ChatServer::Ending::kHang});
    config::ChatGeneratorConfig& chat = *config_.mutable_answer()->mutable_generator()->mutable_chat();
    chat.set_base_url(chat_->base_url());
    chat.set_model("silent");
    chat.set_timeout_ms(kNever);
    chat.set_first_token_timeout_ms(kNever);
  }

  // Whether the server comes to refuse connections. One that is made just as it stops listening is never served.
  static bool RefusesConnections(const std::string& address) {
    for (int i = 0; i < 10'000; ++i) {
      if (!Client(address).channel()->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(1))) {
        return true;
      }
    }
    return false;
  }

  const std::string root_ = TempFolder();
  const std::string store_path_ = TempFolder();
  config::ServerConfig config_;
  std::unique_ptr<ChatServer> chat_;
};

// Health.

TEST_F(ServerLifecycleTest, IsAliveAndNotReadyUntilTheFirstImport) {
  ServerProcess server(config_);
  Client client(server.address());
  ReadinessWatch readiness(client);
  EXPECT_EQ(readiness.Next(), kNotServing);
  EXPECT_EQ(client.Health("liveness"), kServing);
  EXPECT_EQ(client.Health("readiness"), kNotServing);
  EXPECT_EQ(client.Search().error_code(), StatusCode::NOT_FOUND);
  ASSERT_NO_FATAL_FAILURE(client.Import());
  EXPECT_EQ(readiness.Next(), kServing) << "and nothing in between";
  EXPECT_EQ(client.Health("readiness"), kServing);
  EXPECT_TRUE(client.Search().ok());
}

TEST_F(ServerLifecycleTest, IsAliveAndNotReadyOverACorruptStore) {
  {
    ServerProcess server(config_);
    ASSERT_NO_FATAL_FAILURE(Client(server.address()).Import());
    server.Signal(SIGTERM);
    ASSERT_EQ(server.Wait(), 0) << server.output();
  }
  {
    const auto store = EvidenceStore::Open(store_path_, Database::Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    const storage::Manifest manifest = (*store)->manifests().Manifests("default")->front();
    ASSERT_THAT((*store)->segments().PutPieces(manifest.segments(0).segment(), "lexical", 0, "rot"), IsOk());
  }
  ServerProcess server(config_);
  Client client(server.address());
  EXPECT_EQ(client.Health("liveness"), kServing);
  EXPECT_EQ(client.Health("readiness"), kNotServing);
  EXPECT_EQ(client.Health(""), kNotServing);
  EXPECT_EQ(client.Search().error_code(), StatusCode::DATA_LOSS);
}

TEST_F(ServerLifecycleTest, SaysInTheLogThatAnEarlierGenerationServes) {
  {
    ServerProcess server(config_);
    Client client(server.address());
    ASSERT_NO_FATAL_FAILURE(client.Import());
    std::ofstream(root_ + "/more.md") << absl::StrReplaceAll(kMetformin, {{"metformin-renal", "metformin-more"}});
    ASSERT_NO_FATAL_FAILURE(client.Import());
    server.Signal(SIGTERM);
    ASSERT_EQ(server.Wait(), 0) << server.output();
  }
  {
    const auto store = EvidenceStore::Open(store_path_, Database::Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    const std::vector<storage::Manifest> manifests = *(*store)->manifests().Manifests("default");
    ASSERT_EQ(manifests.size(), 2u);
    ASSERT_THAT((*store)->segments().PutPieces(manifests[0].segments(0).segment(), "lexical", 0, "rot"), IsOk());
  }
  ServerProcess server(config_);
  EXPECT_EQ(Client(server.address()).Health("readiness"), kServing);
  EXPECT_THAT(server.output(),
              HasSubstr("Corpus default: an earlier generation serves, for the active one is damaged"));
}

TEST_F(ServerLifecycleTest, LogsNothingOfARequestThatIsNotUtf8) {
  ServerProcess server(config_);
  EXPECT_EQ(Client(server.address()).Search("\xff").error_code(), StatusCode::INVALID_ARGUMENT);
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait(), 0);
  EXPECT_THAT(server.output(), Not(HasSubstr("libprotobuf")));
}

// The end.

TEST_F(ServerLifecycleTest, EndsOnEitherSignalAfterTheDelay) {
  config_.set_shutdown_delay_ms(50);
  for (const int signal : {SIGTERM, SIGINT}) {
    ServerProcess server(config_);
    ASSERT_NE(server.address(), "") << server.output();
    server.Signal(signal);
    EXPECT_EQ(server.Wait(), 0) << server.output();
  }
}

TEST_F(ServerLifecycleTest, AcceptsDuringTheDelayAndFinishesWhatIsInFlight) {
  AskASilentChatServer();
  config_.set_shutdown_delay_ms(kNever);
  ServerProcess server(config_);
  Client client(server.address());
  ASSERT_NO_FATAL_FAILURE(client.Import());
  ReadinessWatch readiness(client);
  while (readiness.Next() == kNotServing) {
  }
  AnswerInFlight answer(client);

  server.Signal(SIGTERM);
  EXPECT_EQ(readiness.Next(), kNotServing) << "at once";
  EXPECT_EQ(client.Health("readiness"), kNotServing);
  EXPECT_EQ(client.Health("liveness"), kServing);
  EXPECT_TRUE(client.Search().ok()) << "on an old connection";
  EXPECT_TRUE(Client(server.address()).Search().ok()) << "on a new one";

  server.Signal(SIGTERM);
  EXPECT_TRUE(RefusesConnections(server.address())) << "the second signal skips what is left of the delay";
  EXPECT_EQ(readiness.Next(), absl::nullopt) << "who only watches does not hold up the end";

  chat_.reset();
  const grpc::Status finished = answer.Finish();
  EXPECT_TRUE(finished.ok()) << finished.error_message();
  EXPECT_TRUE(answer.last().complete().answer().has_text());
  EXPECT_THAT(answer.last().complete().answer().basis().degraded(), ElementsAre(HasSubstr("answered extractively")));
  EXPECT_EQ(server.Wait(), 0) << server.output();
}

TEST_F(ServerLifecycleTest, CancelsWhatIsNotDoneAfterTheGrace) {
  AskASilentChatServer();
  config_.set_shutdown_grace_ms(50);
  ServerProcess server(config_);
  Client client(server.address());
  ASSERT_NO_FATAL_FAILURE(client.Import());
  AnswerInFlight answer(client);
  server.Signal(SIGTERM);
  EXPECT_THAT(answer.Finish().error_code(), testing::AnyOf(StatusCode::CANCELLED, StatusCode::UNAVAILABLE));
  EXPECT_EQ(server.Wait(), 0) << server.output();
  chat_->WaitForHangUp();
}

TEST_F(ServerLifecycleTest, ServesTheSameAfterARestart) {
  for (int run = 0; run < 2; ++run) {
    ServerProcess server(config_);
    Client client(server.address());
    if (run == 0) ASSERT_NO_FATAL_FAILURE(client.Import());
    EXPECT_TRUE(client.Search().ok());
    server.Signal(SIGTERM);
    EXPECT_EQ(server.Wait(), 0) << server.output();
  }
}

TEST_F(ServerLifecycleTest, ServesTheSameAfterItWasKilled) {
  for (int run = 0; run < 2; ++run) {
    ServerProcess server(config_);
    Client client(server.address());
    if (run == 0) ASSERT_NO_FATAL_FAILURE(client.Import());
    EXPECT_TRUE(client.Search().ok());
    server.Signal(SIGKILL);
    EXPECT_EQ(server.Wait(), 128 + SIGKILL);
  }
}

// Starts that fail.

TEST_F(ServerLifecycleTest, RefusesABadConfigurationWithAllThatIsWrongWithIt) {
  config_.mutable_index()->clear_store_path();
  config_.set_workers(1025);
  ServerProcess server(config_);
  EXPECT_EQ(server.address(), "");
  EXPECT_EQ(server.Wait(), 2);
  EXPECT_THAT(server.output(), HasSubstr("index.store_path"));
  EXPECT_THAT(server.output(), HasSubstr("workers is 1025, wanted 1 to 1024"));
}

TEST_F(ServerLifecycleTest, RefusesToListenOnAnythingButHostAndPort) {
  for (const char* address : {"127.0.0.1", "unix:/tmp/bedside.sock"}) {
    ServerProcess server(config_, address);
    EXPECT_EQ(server.address(), "");
    EXPECT_EQ(server.Wait(), 2);
    EXPECT_THAT(server.output(), HasSubstr(absl::StrCat("listen_address is \"", address, "\", wanted host:port")));
  }
  EXPECT_FALSE(std::filesystem::exists(store_path_));
}

TEST_F(ServerLifecycleTest, LeavesNoStoreBehindWhenThereIsNoModel) {
  config_.mutable_index()->mutable_embedder()->set_model_path("no-such-folder");
  ServerProcess server(config_);
  EXPECT_EQ(server.address(), "");
  EXPECT_NE(server.Wait(), 0);
  EXPECT_THAT(server.output(), HasSubstr("no-such-folder"));
  EXPECT_FALSE(std::filesystem::exists(store_path_));
}

TEST_F(ServerLifecycleTest, PrintsItsHelp) {
  ServerProcess server(std::vector<std::string>{"--help"});
  EXPECT_EQ(server.Wait(), 0);
  EXPECT_THAT(server.output(), HasSubstr("usage: bedside_server --config=FILE"));
  EXPECT_THAT(server.output(), Not(HasSubstr(".cc")));
}

TEST_F(ServerLifecycleTest, RefusesToStartWithoutAConfiguration) {
  ServerProcess none(std::vector<std::string>{});
  EXPECT_EQ(none.Wait(), 2);
  EXPECT_THAT(none.output(), HasSubstr("--config"));
  ServerProcess missing(std::vector<std::string>{"--config=no-such-file.textproto"});
  EXPECT_EQ(missing.Wait(), 2);
  EXPECT_THAT(missing.output(), HasSubstr("no-such-file.textproto"));
}

TEST_F(ServerLifecycleTest, RefusesAStoreThatAnotherServerHas) {
  ServerProcess first(config_);
  ASSERT_NE(first.address(), "");
  ServerProcess second(config_);
  EXPECT_EQ(second.address(), "");
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.output(), HasSubstr(store_path_));
}

TEST_F(ServerLifecycleTest, RefusesAnAddressThatIsTaken) {
  ServerProcess first(config_);
  ASSERT_NE(first.address(), "");
  config::ServerConfig other = config_;
  other.mutable_index()->set_store_path(TempFolder());
  ServerProcess second(other, first.address());
  EXPECT_EQ(second.address(), "");
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.output(), HasSubstr(first.address()));
}

}  // namespace
}  // namespace bedside
