// Answers by a language model that is one: a llama.cpp server with a small model, as a site runs one.
//
// BEDSIDE_LLAMA_SERVER names the program, BEDSIDE_LLAMA_MODEL a model in GGUF. Skipped without them. What a model
// writes is its own affair, so nothing is expected of that but what Bedside promises of any generator.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "services/generation/chat_generator.h"
#include "tests/e2e/sample_server.h"
#include "tests/e2e/source_import.h"
#include "tests/fakes/free_port.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/outbound_prompt_peer.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/eval/child_process.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kKey[] = "k-llama";
constexpr int kContextTokens = 4096;
constexpr absl::Duration kPatience = absl::Minutes(2);

bool Comes(const std::function<bool()>& event, absl::Duration patience = kPatience) {
  for (const absl::Time end = absl::Now() + patience; absl::Now() < end; absl::SleepFor(absl::Milliseconds(50))) {
    if (event()) return true;
  }
  return false;
}

class LlamaCppTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const char* program = std::getenv("BEDSIDE_LLAMA_SERVER");
    const char* model = std::getenv("BEDSIDE_LLAMA_MODEL");
    if (program == nullptr || model == nullptr) return;
    port_ = FreePort();
    const int log = open("/dev/null", O_WRONLY | O_CLOEXEC);
    auto llama = ChildProcess::Start(
        {program, "--model", model, "--host", "127.0.0.1", "--port", absl::StrCat(port_), "--api-key", kKey,
         "--ctx-size", absl::StrCat(kContextTokens), "--parallel", "1", "--slots"},
        log);
    close(log);
    ASSERT_THAT(llama, IsOk());
    llama_ = llama->release();
    ASSERT_TRUE(Comes([] { return Get("/health").status == 200; })) << "llama.cpp does not come up";
  }

  static void TearDownTestSuite() {
    delete llama_;
    llama_ = nullptr;
  }

  void SetUp() override {
    if (llama_ == nullptr) GTEST_SKIP() << "BEDSIDE_LLAMA_SERVER and BEDSIDE_LLAMA_MODEL name no server and no model";
  }

  static HttpReply Get(const std::string& path) {
    HttpCall call;
    call.url = absl::StrCat("http://127.0.0.1:", port_, path);
    call.headers = {absl::StrCat("Authorization: Bearer ", kKey)};
    call.timeout_ms = 1000;
    return SendHttp(call);
  }

  static bool IsWriting() {
    const nlohmann::json slots = nlohmann::json::parse(Get("/slots").body, nullptr, /*allow_exceptions=*/false);
    EXPECT_TRUE(slots.is_array() && !slots.empty()) << "llama.cpp does not tell what it does";
    return slots.is_array() && !slots.empty() && slots.front().value("is_processing", false);
  }

  static std::string BaseUrl() { return absl::StrCat("http://127.0.0.1:", port_, "/v1"); }

  ChatSettings Settings() {
    ChatSettings settings;
    settings.endpoint = *ParseChatEndpoint(BaseUrl());
    settings.model = "small";
    settings.api_key = kKey;
    settings.timeout = kPatience;
    settings.first_token_timeout = kPatience;
    settings.max_answer_tokens = 48;
    return settings;
  }

  absl::StatusOr<GeneratedText> Generate(const ChatSettings& settings, const std::string& question) {
    const GenerationObserver observer = {[this](absl::string_view delta) { deltas_.emplace_back(delta); },
                                         [this] { return is_cancelled_(); }};
    return ChatGenerator(settings).Generate(OutboundPromptPeer::Make("Answer in short sentences.", question),
                                            absl::InfiniteFuture(), observer);
  }

  static ChildProcess* llama_;
  static int port_;
  std::vector<std::string> deltas_;
  std::function<bool()> is_cancelled_ = [] { return false; };
};

ChildProcess* LlamaCppTest::llama_ = nullptr;
int LlamaCppTest::port_ = 0;

TEST_F(LlamaCppTest, StreamsWhatTheModelWrites) {
  const auto text = Generate(Settings(), "What is aspirin?");
  ASSERT_THAT(text, IsOk());
  EXPECT_THAT(text->text, Not(IsEmpty()));
  EXPECT_GT(deltas_.size(), 1u);
  EXPECT_EQ(absl::StrJoin(deltas_, ""), text->text);
}

TEST_F(LlamaCppTest, SaysThatTheTokenLimitCutTheText) {
  ChatSettings settings = Settings();
  settings.max_answer_tokens = 3;
  const auto text = Generate(settings, "List all drugs that you know.");
  ASSERT_THAT(text, IsOk());
  EXPECT_TRUE(text->cut_off);
}

TEST_F(LlamaCppTest, CancellationEndsTheWriting) {
  ChatSettings settings = Settings();
  settings.max_answer_tokens = 4000;
  bool was_writing = false;
  is_cancelled_ = [&] {
    if (deltas_.size() <= 3) return false;
    was_writing = was_writing || IsWriting();
    return true;
  };
  EXPECT_EQ(Generate(settings, "Count to ten thousand.").status().code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(was_writing);
  EXPECT_TRUE(Comes([] { return !IsWriting(); }, absl::Seconds(10))) << "the server goes on for nobody";
}

TEST_F(LlamaCppTest, WrongKeyIsSaid) {
  ChatSettings settings = Settings();
  settings.api_key = "another";
  EXPECT_EQ(Generate(settings, "What is aspirin?").status().code(), absl::StatusCode::kUnauthenticated);
}

TEST_F(LlamaCppTest, PromptBeyondItsContextIsRefusedAndSaid) {
  std::string question = "What is this? ";
  for (int i = 0; i < kContextTokens; ++i) absl::StrAppend(&question, "word", i, " ");
  EXPECT_EQ(Generate(Settings(), question).status().code(), absl::StatusCode::kFailedPrecondition);
}

// Each sentence that is returned cites what is in the request. What cites nothing gives way to an extractive answer.
TEST_F(LlamaCppTest, AnswersOfTheServiceHoldWhateverTheModelWrites) {
  config::ServerConfig config = SampleConfig();
  const std::string key_file = TempFolder();
  std::ofstream(key_file) << kKey;
  config::ChatGeneratorConfig& chat = *config.mutable_answer()->mutable_generator()->mutable_chat();
  chat.set_base_url(BaseUrl());
  chat.set_model("small");
  chat.set_api_key_file(key_file);
  chat.set_timeout_ms(120'000);
  chat.set_first_token_timeout_ms(120'000);
  chat.set_max_answer_tokens(96);
  ServerProcess server(config);
  const auto channel = grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
  ImportSource(channel, ".");
  grpc::ClientContext context;
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question("At which eGFR should metformin be stopped?");
  v1::AnswerResponse response;
  const grpc::Status status = v1::AnswerService::NewStub(channel)->Answer(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::Answer& answer = response.answer();
  // Either the model wrote it, or what it wrote is named.
  EXPECT_TRUE(answer.basis().generator() == "small" || !answer.basis().degraded().empty());
  ASSERT_TRUE(answer.has_text()) << answer.ShortDebugString();
  EXPECT_GT(answer.text().sentences_size(), 0);
  for (const v1::AnswerSentence& sentence : answer.text().sentences()) {
    EXPECT_GT(sentence.citations_size(), 0) << sentence.text();
    for (const v1::Citation& citation : sentence.citations()) {
      EXPECT_GE(citation.evidence_number(), 1);
      EXPECT_LE(citation.evidence_number(), answer.basis().evidence_size());
    }
  }
}

}  // namespace
}  // namespace bedside
