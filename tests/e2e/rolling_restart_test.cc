// Two replicas that are restarted in turn, again and again, while they are asked at half of what they can: a client
// that shares its calls out and tries again, as docs/operations.md has it, sees no failure. What its calls took is
// printed, not judged: machines differ.
//
// BEDSIDE_RESTARTS=50 is the long run.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "tests/e2e/server_process.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/open_loop.h"
#include "tools/bench/search_load.h"
#include "tools/bench/server_jobs.h"

namespace bedside {
namespace {

constexpr int kRestarts = 4;
constexpr size_t kReplicas = 2;
constexpr int kCapacityQuestions = 200;

// As docs/operations.md has it.
constexpr char kServiceConfig[] = R"({
  "loadBalancingConfig": [{"round_robin": {}}],
  "healthCheckConfig": {"serviceName": "readiness"},
  "methodConfig": [{
    "name": [{}],
    "retryPolicy": {
      "maxAttempts": 5, "initialBackoff": "0.1s", "maxBackoff": "2s", "backoffMultiplier": 2,
      "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"]
    }
  }]
})";

class RollingRestartTest : public ::testing::Test {
 protected:
  void SetUp() override {
    WriteFile(
        root_, "metformin.md",
        "---\nid: metformin\ntitle: Metformin\n---\n\n## Dose\n\n- Stop metformin when the eGFR falls below 30.\n");
    config_.mutable_index()->set_store_path(TempFolder());
    config_.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    config_.mutable_index()->mutable_embedder()->set_kept_questions(0);
    // In which the client hears that a replica is not ready, and asks the other.
    config_.set_shutdown_delay_ms(2000);
    config::ServerConfig writer = config_;
    writer.set_import_root(root_);
    writer_ = std::make_unique<ServerProcess>(writer);
    ASSERT_NE(writer_->address(), "") << writer_->output();
    ASSERT_THAT(ImportThrough(writer_->address(), "."), IsOk());
    config_.mutable_follow()->set_writer(writer_->address());
    for (auto& replica : replicas_) replica = StartReplica("127.0.0.1:0");
  }

  std::unique_ptr<ServerProcess> StartReplica(const std::string& address) {
    auto replica = std::make_unique<ServerProcess>(config_, address);
    EXPECT_NE(replica->address(), "") << replica->Wait() << replica->output();
    return replica;
  }

  // One that knows both replicas, and looks soon whether one is back.
  std::shared_ptr<grpc::Channel> ClientOfBoth() const {
    grpc::ChannelArguments arguments;
    arguments.SetServiceConfigJSON(kServiceConfig);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
    return grpc::CreateCustomChannel(absl::StrCat("ipv4:", replicas_[0]->address(), ",", replicas_[1]->address()),
                                     grpc::InsecureChannelCredentials(), arguments);
  }

  double Capacity() const {
    SearchLoadOptions options;
    options.addresses = {replicas_[0]->address()};
    options.clients = 8;
    const auto load = MeasureSearches(std::vector<std::string>(kCapacityQuestions, kQuestion), options);
    EXPECT_THAT(load, IsOk());
    return load.ok() ? kCapacityQuestions / load->seconds : 1;
  }

  // In turn, each in its old place. Between two the client may find the one that is back.
  void RestartAll(int count) {
    for (int i = 0; i < count; ++i) {
      std::unique_ptr<ServerProcess>& replica = replicas_[static_cast<size_t>(i) % kReplicas];
      const std::string address = replica->address();
      replica->Signal(SIGTERM);
      ASSERT_EQ(replica->Wait(), 0) << replica->output();
      replica = StartReplica(address);
      absl::SleepFor(absl::Seconds(2));
    }
  }

  static constexpr char kQuestion[] = "When is metformin stopped?";

  const std::string root_ = TempFolder();
  config::ServerConfig config_;
  std::unique_ptr<ServerProcess> writer_;
  std::array<std::unique_ptr<ServerProcess>, kReplicas> replicas_;
};

TEST_F(RollingRestartTest, AClientThatTriesAgainSeesNoFailure) {
  const int restarts = NumberFromEnvironment("BEDSIDE_RESTARTS", kRestarts);
  OpenLoopOptions options;
  options.rate = Capacity() / 2;
  options.duration = absl::Seconds(1);
  options.deadline = absl::Seconds(20);
  absl::Notification done;
  std::vector<OfferedSearch> searches;
  std::thread client([&] {
    const std::vector<std::shared_ptr<grpc::Channel>> channels = {ClientOfBoth()};
    const std::vector<std::string> questions = {kQuestion};
    while (!done.HasBeenNotified()) {
      for (const OfferedSearch& search : OfferSearches(channels, questions, options)) searches.push_back(search);
      ++options.seed;
    }
  });
  RestartAll(restarts);
  done.Notify();
  client.join();
  for (const OfferedSearch& search : searches) EXPECT_EQ(search.code, grpc::StatusCode::OK);
  std::cout << restarts << " restarts beside " << options.rate
            << " searches a second: " << OfferedJson(searches, absl::Seconds(static_cast<int64_t>(options.seed)))
            << std::endl;
}

}  // namespace
}  // namespace bedside
