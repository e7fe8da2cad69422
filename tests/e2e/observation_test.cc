// What an operator sees of a running bedside_server from outside: its log as JSON, its metrics, and its part in a
// trace.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "tests/e2e/server_process.h"
#include "tests/e2e/source_import.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kMetformin[] = R"(---
id: metformin-renal
title: Metformin and kidney function
organization: Example Society
publication_date: 2024-05-01
---

## Recommendations

- Stop metformin when the eGFR falls below 30 mL/min/1.73 m2.
)";
constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kSpan[] = "00f067aa0ba902b7";

std::vector<nlohmann::json> LinesOf(const std::string& output) {
  std::vector<nlohmann::json> lines;
  for (absl::string_view line : absl::StrSplit(output, '\n', absl::SkipEmpty())) {
    lines.push_back(nlohmann::json::parse(line, nullptr, false));
    EXPECT_FALSE(lines.back().is_discarded()) << line;
  }
  return lines;
}

// Of the line that says so.
std::string MetricsAddress(const std::string& output) {
  for (const nlohmann::json& line : LinesOf(output)) {
    const std::string message = line["message"];
    absl::string_view address = message;
    if (absl::ConsumePrefix(&address, "metrics on ")) return std::string(address);
  }
  return "";
}

class ObservationTest : public testing::Test {
 protected:
  ObservationTest() {
    const std::string root = TempFolder();
    std::filesystem::create_directories(root);
    std::ofstream(absl::StrCat(root, "/metformin.md")) << kMetformin;
    config_.set_import_root(root);
    config_.mutable_index()->set_store_path(TempFolder());
    config_.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    config_.set_shutdown_delay_ms(0);
    config_.set_metrics_address("127.0.0.1:0");
    config_.set_log_format(config::LOG_FORMAT_JSON);
  }

  config::ServerConfig config_;
};

TEST_F(ObservationTest, EveryLineIsAnObjectAndTheMetricsAreWhereItSays) {
  ServerProcess server(config_);
  ASSERT_NE(server.address(), "") << server.Wait() << server.output();
  ImportSource(grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials()), ".");
  EXPECT_THAT(HttpGet(absl::StrCat("http://", MetricsAddress(server.output()), "/metrics")),
              AllOf(HasSubstr("bedside_ready 1\n"), HasSubstr("bedside_jobs_total{code=\"OK\"} 1\n"),
                    HasSubstr("process_resident_memory_bytes ")));
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait(), 0);
  std::vector<std::string> messages;
  for (const nlohmann::json& line : LinesOf(server.output())) {
    EXPECT_THAT(line["time"].get<std::string>(), AllOf(SizeIs(27), HasSubstr("T"), ::testing::EndsWith("Z")));
    EXPECT_TRUE(line.contains("severity") && line.contains("source"));
    messages.push_back(line["message"]);
  }
  EXPECT_THAT(messages, AllOf(Contains(StartsWith("serving on ")), Contains("ending")));
}

TEST_F(ObservationTest, AStartThatFailsSaysWhyInTheSameForm) {
  config_.mutable_index()->mutable_embedder()->set_model_path("nowhere");
  ServerProcess server(config_);
  EXPECT_EQ(server.address(), "");
  EXPECT_EQ(server.Wait(), 2);
  const std::vector<nlohmann::json> lines = LinesOf(server.output());
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines.back()["severity"], "ERROR");
  EXPECT_THAT(lines.back()["message"].get<std::string>(), HasSubstr("nowhere"));
}

TEST_F(ObservationTest, APortForMetricsThatIsTakenEndsTheStart) {
  const ServerProcess first(config_);
  config_.set_metrics_address(MetricsAddress(first.output()));
  config_.mutable_index()->set_store_path(TempFolder());
  ServerProcess second(config_);
  EXPECT_EQ(second.address(), "");
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.output(), HasSubstr("mend metrics_address, or free the port"));
}

TEST_F(ObservationTest, TheTraceOfACallGoesOnToTheLanguageModel) {
  const auto chat = ChatServer::Start({EventStream({"Stop metformin when the eGFR falls below 30 [1]."})});
  auto& generator = *config_.mutable_answer()->mutable_generator()->mutable_chat();
  generator.set_base_url(chat->base_url());
  generator.set_model("small");
  ServerProcess server(config_);
  ASSERT_NE(server.address(), "") << server.Wait() << server.output();
  const auto channel = grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
  ImportSource(channel, ".");
  grpc::ClientContext context;
  context.AddMetadata("traceparent", absl::StrCat("00-", kTrace, "-", kSpan, "-01"));
  context.AddMetadata("tracestate", "vendor=John-Smith");
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question("At which eGFR should metformin be stopped?");
  v1::AnswerResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(channel)->Answer(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_THAT(chat->requests(), SizeIs(1));
  EXPECT_THAT(chat->requests()[0], AllOf(HasSubstr(absl::StrCat("traceparent: 00-", kTrace, "-")),
                                         Not(HasSubstr(kSpan)), Not(HasSubstr("tracestate")), Not(HasSubstr("Smith"))));
}

}  // namespace
}  // namespace bedside
