#include "tools/bench/search_load.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

// Answers to every search alike, and notes what was asked.
class NotingServer : public v1::EvidenceService::Service {
 public:
  NotingServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }

  grpc::Status Search(grpc::ServerContext* context, const v1::SearchRequest* request,
                      v1::SearchResponse* response) override {
    absl::MutexLock lock(&mutex_);
    asked_.push_back(absl::StrCat(request->parent(), " ", request->query(), " ", request->page_size()));
    peers_.push_back(context->peer());
    if (request->query() == "degraded") response->add_degraded("dense");
    if (request->query() == "refused") return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "too many");
    return grpc::Status::OK;
  }

  SearchLoadOptions Options() const {
    SearchLoadOptions options;
    options.addresses = {absl::StrCat("127.0.0.1:", port_)};
    return options;
  }
  std::vector<std::string> asked() {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  std::vector<std::string> peers() {
    absl::MutexLock lock(&mutex_);
    return peers_;
  }

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  absl::Mutex mutex_;
  std::vector<std::string> asked_;
  std::vector<std::string> peers_;
};

TEST(SearchLoadTest, OneClientAsksInOrderAfterTheWarmUp) {
  NotingServer server;
  SearchLoadOptions options = server.Options();
  options.corpus = "c";
  options.page_size = 7;
  options.warm_up = {"w"};
  const auto load = MeasureSearches({"a", "b"}, options);
  ASSERT_THAT(load, IsOk());
  EXPECT_THAT(server.asked(), ElementsAre("corpora/c w 7", "corpora/c a 7", "corpora/c b 7"));
  EXPECT_THAT(load->latency_ms, testing::AllOf(testing::SizeIs(2), Each(Gt(0))));
  EXPECT_GT(load->seconds, 0);
}

// What waits for a client that is busy is late from the moment when it fell due, not when it was asked.
TEST(SearchLoadTest, AQuestionOfARateIsMeasuredFromWhenItFellDue) {
  NotingServer server;
  SearchLoadOptions options = server.Options();
  options.rate = 1e9;
  const auto load = MeasureSearches(std::vector<std::string>(50, "a"), options);
  ASSERT_THAT(load, IsOk());
  EXPECT_TRUE(std::is_sorted(load->latency_ms.begin(), load->latency_ms.end())) << "all are due at the beginning";
}

TEST(SearchLoadTest, ARateLetsNoQuestionBeAskedBeforeItIsDue) {
  NotingServer server;
  SearchLoadOptions options = server.Options();
  options.rate = 200;
  const auto load = MeasureSearches({"a", "b", "c", "d", "e"}, options);
  ASSERT_THAT(load, IsOk());
  EXPECT_GE(load->seconds, 0.02) << "the last is due after four intervals";
}

TEST(SearchLoadTest, SeveralClientsAskEachQuestionOnce) {
  NotingServer server;
  SearchLoadOptions options = server.Options();
  options.clients = 4;
  const auto load = MeasureSearches({"a", "b", "c"}, options);
  ASSERT_THAT(load, IsOk());
  EXPECT_THAT(server.asked(),
              UnorderedElementsAre("corpora/default a 10", "corpora/default b 10", "corpora/default c 10"));
  EXPECT_THAT(load->latency_ms, testing::AllOf(testing::SizeIs(3), Each(Gt(0))));
}

TEST(SearchLoadTest, ClientsDoNotShareAConnection) {
  NotingServer server;
  SearchLoadOptions options = server.Options();
  options.clients = 2;
  // Asked by the clients in turn.
  options.warm_up = {"v", "w"};
  ASSERT_THAT(MeasureSearches({"a"}, options), IsOk());
  EXPECT_NE(server.peers()[0], server.peers()[1]);
}

TEST(SearchLoadTest, ClientsAreSpreadOverTheServers) {
  NotingServer first, second;
  SearchLoadOptions options = first.Options();
  options.addresses.push_back(second.Options().addresses[0]);
  options.clients = 3;
  // Asked by the clients in turn.
  options.warm_up = {"u", "v", "w"};
  ASSERT_THAT(MeasureSearches({"a"}, options), IsOk());
  EXPECT_THAT(first.asked(), testing::IsSupersetOf({"corpora/default u 10", "corpora/default w 10"}));
  EXPECT_THAT(second.asked(), testing::IsSupersetOf({"corpora/default v 10"}));
}

TEST(SearchLoadTest, AnErrorEndsItWithItsCode) {
  NotingServer server;
  EXPECT_THAT(MeasureSearches({"refused", "a"}, server.Options()),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("too many")));
  EXPECT_THAT(server.asked(), ElementsAre("corpora/default refused 10"));
}

TEST(SearchLoadTest, AnErrorOfTheWarmUpEndsIt) {
  NotingServer server;
  SearchLoadOptions options = server.Options();
  options.warm_up = {"refused"};
  EXPECT_THAT(MeasureSearches({"a"}, options), StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST(SearchLoadTest, ADegradedSearchIsNotMeasured) {
  NotingServer server;
  EXPECT_THAT(MeasureSearches({"degraded"}, server.Options()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("dense")));
}

TEST(SearchLoadTest, AServerThatIsNotThereIsUnavailable) {
  SearchLoadOptions options;
  options.addresses = {"127.0.0.1:1"};
  EXPECT_THAT(MeasureSearches({"a"}, options), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(SearchLoadTest, JsonHasRateAndPercentiles) {
  SearchLoad load;
  for (int i = 100; i >= 1; --i) load.latency_ms.push_back(i);
  load.seconds = 2;
  EXPECT_EQ(LoadJson(load), nlohmann::json::parse(R"({"searches": 100, "qps": 50.0, "mean_ms": 50.5, "p50_ms": 50.0,
                                                      "p90_ms": 90.0, "p99_ms": 99.0})"));
}

}  // namespace
}  // namespace bedside
