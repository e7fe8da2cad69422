// A server that publishes again and again while it is asked at half of what it can: no request fails, and none mixes
// two generations. What the searches took, before and meanwhile, is printed, not judged: machines differ.
//
// BEDSIDE_PUBLISH_SECONDS=600 is the long run: it publishes every five seconds, on real data where there is some.
// Without it a few publications follow one another.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tests/e2e/server_process.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/bench_questions.h"
#include "tools/bench/search_load.h"
#include "tools/bench/server_jobs.h"

namespace bedside {
namespace {

constexpr absl::Duration kInterval = absl::Seconds(5);
constexpr int kClients = 8;
constexpr int kGuidelines = 10;
constexpr int kQuestions = 300;
// One publication in so many builds everything anew; the others import guidelines that have changed.
constexpr int kReindexes = 4;

// Zero: as a test.
absl::Duration RunFor() { return absl::Seconds(NumberFromEnvironment("BEDSIDE_PUBLISH_SECONDS", 0)); }

class PublishLoadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* shared = std::getenv("BEDSIDE_SHARED");
    if (RunFor() > absl::ZeroDuration() && shared != nullptr) {
      const std::string data = absl::StrCat(shared, "/data/bioasq-dev");
      WriteFile(root_, "corpus.jsonl", ContentOf(data + "/corpus.jsonl"));
      const auto questions = ReadBenchQuestions(data, kQuestions);
      ASSERT_THAT(questions, IsOk());
      questions_ = questions->one;
    } else {
      for (int i = 0; i < kGuidelines; ++i) questions_.push_back(absl::StrCat("At which eGFR is drug", i, " stopped?"));
    }
    WriteEdition(0);
    Start();
    ASSERT_THAT(ImportThrough(server_->address(), "."), IsOk());
  }

  static std::string ContentOf(const std::string& path) {
    std::ifstream input(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
  }

  void Start() {
    config::ServerConfig config;
    config.mutable_index()->set_store_path(store_path_);
    config.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    // Questions are asked several times; each is embedded.
    config.mutable_index()->mutable_embedder()->set_kept_questions(0);
    config.set_import_root(root_);
    config.set_shutdown_delay_ms(0);
    server_ = std::make_unique<ServerProcess>(config);
    ASSERT_NE(server_->address(), "") << server_->output();
  }

  // Every title names the edition.
  void WriteEdition(int edition) {
    for (int i = 0; i < kGuidelines; ++i) {
      WriteFile(root_, absl::StrCat("editions/guideline-", i, ".md"),
                absl::StrCat("---\nid: guideline-", i, "\ntitle: Xenocillin ", i, ", edition ", edition,
                             "\n---\n\n## Recommendations\n\n- Stop xenocillin", i, " when the eGFR falls below ",
                             20 + i, ", says edition ", edition, ".\n"));
    }
  }

  absl::Status PublishOnce(int number) {
    if (number % kReindexes == 0) return ReindexThrough(server_->address()).status();
    WriteEdition(number);
    return ImportThrough(server_->address(), "editions").status();
  }

  // Until `stop`, and three times at least.
  void Publish(const std::atomic<bool>& stop) {
    for (absl::Time due = absl::Now(); !stop || publications_ < 3; due += kInterval) {
      if (RunFor() > absl::ZeroDuration()) absl::SleepFor(due - absl::Now());
      ASSERT_THAT(PublishOnce(++publications_), IsOk());
    }
  }

  // All guidelines that a search finds are of one edition.
  void Probe(const std::atomic<bool>& stop) {
    const auto stub =
        v1::EvidenceService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
    for (; !stop; ++probes_) {
      v1::SearchRequest request;
      request.set_parent("corpora/default");
      request.set_query("When is xenocillin stopped?");
      request.set_page_size(kGuidelines);
      grpc::ClientContext context;
      v1::SearchResponse response;
      const grpc::Status status = stub->Search(&context, request, &response);
      ASSERT_TRUE(status.ok()) << status.error_message();
      std::set<std::string> editions;
      for (const v1::SearchHit& hit : response.hits()) {
        const std::string& title = hit.document().title();
        if (title.rfind("Xenocillin", 0) == 0) editions.insert(title.substr(title.find("edition")));
      }
      ASSERT_EQ(editions.size(), 1u) << response.view().generation();
      absl::SleepFor(absl::Milliseconds(100));
    }
  }

  absl::StatusOr<SearchLoad> Search(double rate, size_t count) {
    SearchLoadOptions options;
    options.addresses = {server_->address()};
    options.clients = kClients;
    options.rate = rate;
    const int rounds = static_cast<int>(count / questions_.size()) + 1;
    return MeasureSearches(Repeated(questions_, rounds), options);
  }

  const std::string root_ = TempFolder();
  const std::string store_path_ = TempFolder();
  std::vector<std::string> questions_;
  std::unique_ptr<ServerProcess> server_;
  std::atomic<int> publications_{0};
  std::atomic<int> probes_{0};
};

TEST_F(PublishLoadTest, NoSearchFailsAndNoneMixesTwoGenerations) {
  const auto most = Search(0, questions_.size());
  ASSERT_THAT(most, IsOk());
  const double rate = static_cast<double>(most->latency_ms.size()) / most->seconds / 2;
  const auto count = static_cast<size_t>(rate * absl::ToDoubleSeconds(RunFor()));
  const auto steady = Search(rate, count / 5);
  ASSERT_THAT(steady, IsOk());
  std::atomic<bool> stop{false};
  std::thread publisher([this, &stop] { Publish(stop); });
  std::thread probe([this, &stop] { Probe(stop); });
  const auto publishing = Search(rate, count);
  stop = true;
  publisher.join();
  probe.join();
  EXPECT_THAT(publishing, IsOk());
  EXPECT_GT(probes_, 0);
  if (!publishing.ok()) return;
  std::cout << publications_ << " publications beside " << rate << " searches a second\nbefore: " << LoadJson(*steady)
            << "\nmeanwhile: " << LoadJson(*publishing) << std::endl;
}

}  // namespace
}  // namespace bedside
