#include "tools/bench/open_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::Each;
using ::testing::Field;

// Does with a search what its question says.
class ObedientServer : public v1::EvidenceService::Service {
 public:
  ObedientServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }

  grpc::Status Search(grpc::ServerContext* context, const v1::SearchRequest* request,
                      v1::SearchResponse* /*response*/) override {
    ++searches;
    if (request->query() == "refuse") return grpc::Status(StatusCode::RESOURCE_EXHAUSTED, "busy", RetryIn(70));
    if (request->query() == "fail") return grpc::Status(StatusCode::INTERNAL, "broken");
    while (request->query() == "hang" && !context->IsCancelled()) {
    }
    return grpc::Status::OK;
  }

  std::vector<OfferedSearch> Offer(const std::vector<std::string>& questions, const OpenLoopOptions& options) const {
    const std::vector<std::shared_ptr<grpc::Channel>> channels = {
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", port_), grpc::InsecureChannelCredentials())};
    return OfferSearches(channels, questions, options);
  }

  std::atomic<size_t> searches{0};

 private:
  static std::string RetryIn(int milliseconds) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_nanos(milliseconds * 1'000'000);
    google::rpc::Status status;
    status.add_details()->PackFrom(retry);
    return status.SerializeAsString();
  }

  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

OpenLoopOptions Options(double rate, absl::Duration duration) {
  OpenLoopOptions options;
  options.rate = rate;
  options.duration = duration;
  options.deadline = absl::Seconds(60);
  return options;
}

TEST(OpenLoopTest, OffersAboutAsManyAsTheRateSays) {
  const ObedientServer server;
  const auto searches = server.Offer({"a", "b"}, Options(1000, absl::Milliseconds(400)));
  EXPECT_NEAR(static_cast<double>(searches.size()), 400, 100);
  EXPECT_EQ(server.searches, searches.size());
  EXPECT_THAT(searches, Each(Field(&OfferedSearch::code, StatusCode::OK)));
}

TEST(OpenLoopTest, TheSameSeedGivesTheSameTimes) {
  const ObedientServer server;
  OpenLoopOptions options = Options(100, absl::Milliseconds(100));
  const auto first = server.Offer({"a"}, options), second = server.Offer({"a"}, options);
  ASSERT_EQ(first.size(), second.size());
  for (size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].due, second[i].due);
  options.seed = 2;
  EXPECT_NE(server.Offer({"a"}, options)[0].due, first[0].due);
}

// The next falls due however long the one before takes.
TEST(OpenLoopTest, DoesNotWaitForAnswers) {
  const ObedientServer server;
  OpenLoopOptions options = Options(100, absl::Milliseconds(100));
  options.deadline = absl::Milliseconds(500);
  const auto searches = server.Offer({"hang"}, options);
  EXPECT_GT(searches.size(), 1u);
  EXPECT_THAT(searches, Each(Field(&OfferedSearch::code, StatusCode::DEADLINE_EXCEEDED)));
  EXPECT_EQ(OfferedJson(searches, options.duration)["goodput_qps"], 0);
}

TEST(OpenLoopTest, TellsRefusalsWithTheirAdviceFromFailures) {
  const ObedientServer server;
  const OpenLoopOptions options = Options(200, absl::Milliseconds(100));
  const auto refused = server.Offer({"refuse"}, options);
  const nlohmann::json json = OfferedJson(refused, options.duration);
  EXPECT_EQ(json["refused"], refused.size());
  EXPECT_EQ(json["unadvised"], 0);
  EXPECT_EQ(json["retry_p50_ms"], 70);
  EXPECT_FALSE(json.contains("p99_ms")) << "none was admitted";
  const auto failed = server.Offer({"fail"}, options);
  EXPECT_EQ(OfferedJson(failed, options.duration)["failed"], failed.size());
}

}  // namespace
}  // namespace bedside
