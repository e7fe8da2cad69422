// Questions with random deadlines, several at a time, from a client that does not keep to them itself: the server ends
// every one. How late it was at most is printed, not judged: machines differ.
//
// BEDSIDE_DEADLINES=2000 is the long run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "proto/bedside/v1/answer_service.pb.h"
#include "tests/e2e/raw_http2.h"
#include "tests/e2e/server_process.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/server_jobs.h"

namespace bedside {
namespace {

constexpr int kCalls = 80;
constexpr int kClients = 8;
constexpr int kLongestMilliseconds = 80;

class DeadlineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    WriteFile(
        root_, "metformin.md",
        "---\nid: metformin\ntitle: Metformin\n---\n\n## Dose\n\n- Stop metformin when the eGFR falls below 30.\n");
    config::ServerConfig config;
    config.mutable_index()->set_store_path(TempFolder());
    config.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    config.mutable_index()->mutable_embedder()->set_kept_questions(0);
    config.set_import_root(root_);
    config.set_shutdown_delay_ms(0);
    server_ = std::make_unique<ServerProcess>(config);
    ASSERT_NE(server_->address(), "") << server_->output();
    ASSERT_THAT(ImportThrough(server_->address(), "."), IsOk());
  }

  static std::string Question(uint32_t stream, int milliseconds) {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question("When is metformin stopped?");
    Headers headers = HeadersOfCall("/bedside.v1.AnswerService/Answer");
    headers.emplace_back("grpc-timeout", absl::StrCat(milliseconds, "m"));
    return Http2Frame(FrameType::kHeaders, kEndHeaders, stream, EncodeHeaders(headers)) +
           Http2Frame(FrameType::kData, kEndStream, stream, GrpcMessage(request.SerializeAsString()));
  }

  // Asks so many questions, one after the other.
  void Ask(int calls, unsigned seed) {
    std::minstd_rand random(seed);
    RawConnection connection(server_->address());
    ASSERT_TRUE(connection.Send(Http2Preface()));
    for (int i = 0; i < calls; ++i) {
      const int milliseconds = std::uniform_int_distribution<int>(1, kLongestMilliseconds)(random);
      const absl::Time deadline = absl::Now() + absl::Milliseconds(milliseconds);
      ASSERT_TRUE(connection.Send(Question(static_cast<uint32_t>(2 * i + 1), milliseconds)));
      ASSERT_TRUE(connection.AwaitEndOfStream());
      absl::MutexLock lock(&mutex_);
      late_ms_.push_back(absl::ToDoubleMilliseconds(absl::Now() - deadline));
    }
  }

  const std::string root_ = TempFolder();
  std::unique_ptr<ServerProcess> server_;
  absl::Mutex mutex_;
  // After its deadline; negative: before.
  std::vector<double> late_ms_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(DeadlineTest, EveryCallEnds) {
  const int calls = NumberFromEnvironment("BEDSIDE_DEADLINES", kCalls);
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([this, calls, i] { Ask(calls / kClients, static_cast<unsigned>(i + 1)); });
  }
  for (std::thread& client : clients) client.join();
  server_->Signal(SIGTERM);
  EXPECT_EQ(server_->Wait(), 0) << server_->output();
  absl::MutexLock lock(&mutex_);
  EXPECT_EQ(late_ms_.size(), static_cast<size_t>(calls / kClients * kClients));
  std::cout << late_ms_.size() << " calls, at most " << *std::max_element(late_ms_.begin(), late_ms_.end())
            << " ms after their deadline" << std::endl;
}

}  // namespace
}  // namespace bedside
