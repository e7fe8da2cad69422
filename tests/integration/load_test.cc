// A server that has more to do than it can: who is served, and what the others are told.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "proto/grpc/health/v1/health.grpc.pb.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::HasSubstr;

class LoadTest : public ServiceFixture {
 protected:
  // With a corpus, and so many workers.
  void StartWith(uint32_t workers, uint32_t max_queue) {
    config_.set_workers(workers);
    config_.set_max_queue(max_queue);
    Start();
    ImportAll();
  }

  // Upserts that stand before the closed gate of the embedder, or wait for a worker.
  void HoldWithUpserts(int count) {
    embedder_->CloseGate();
    for (int i = 0; i < count; ++i) upserts_.emplace_back([this] { EXPECT_TRUE(Upsert().ok()); });
    embedder_->AwaitArrival();
  }

  void LetUpsertsGo() {
    embedder_->OpenGate();
    for (std::thread& upsert : upserts_) upsert.join();
    upserts_.clear();
  }

  grpc::Status Upsert() {
    v1::UpsertDocumentsRequest request;
    request.set_parent("corpora/default");
    request.set_file_name("new.md");
    request.set_content("---\nid: new\ntitle: New\nstatus: current\n---\n\n## New\n\n- Take it with water.\n");
    grpc::ClientContext context;
    v1::UpsertDocumentsResponse response;
    return corpora_->UpsertDocuments(&context, request, &response);
  }

  grpc::Status Search(grpc::ClientContext* context) {
    v1::SearchResponse response;
    return evidence_->Search(context, Question("metformin"), &response);
  }

  std::vector<std::thread> upserts_;
};

TEST_F(LoadTest, UpsertsThatTakeLongLeaveAWorkerToQuestions) {
  StartWith(/*workers=*/2, /*max_queue=*/10);
  HoldWithUpserts(3);
  for (int i = 0; i < 10; ++i) {
    grpc::ClientContext context;
    EXPECT_TRUE(Search(&context).ok());
  }
  LetUpsertsGo();
}

// The only worker is held, so that one of two questions waits and the other is refused.
TEST_F(LoadTest, ARefusedCallIsToldWhenToComeAgain) {
  StartWith(/*workers=*/1, /*max_queue=*/1);
  HoldWithUpserts(1);
  grpc::ClientContext contexts[2];
  grpc::Status statuses[2];
  const auto search = [&](int mine) {
    statuses[mine] = Search(&contexts[mine]);
    if (statuses[mine].error_code() == StatusCode::RESOURCE_EXHAUSTED) contexts[1 - mine].TryCancel();
  };
  std::thread first(search, 0), second(search, 1);
  first.join();
  second.join();
  LetUpsertsGo();
  const int refused = statuses[0].error_code() == StatusCode::RESOURCE_EXHAUSTED ? 0 : 1;
  EXPECT_EQ(statuses[refused].error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(statuses[1 - refused].error_code(), StatusCode::CANCELLED);
  EXPECT_THAT(statuses[refused].error_message(), HasSubstr("the server is busy: as many calls wait as may"));
  EXPECT_EQ(contexts[refused].GetServerTrailingMetadata().count("grpc-retry-pushback-ms"), 1u);
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(statuses[refused].error_details()));
  int advice = 0;
  for (const google::protobuf::Any& detail : details.details()) advice += detail.Is<google::rpc::RetryInfo>();
  EXPECT_EQ(advice, 1);
}

TEST_F(LoadTest, HealthIsAnsweredWhileEveryWorkerIsHeld) {
  StartWith(/*workers=*/1, /*max_queue=*/1);
  HoldWithUpserts(1);
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckResponse response;
  EXPECT_TRUE(grpc::health::v1::Health::NewStub(channel_)->Check(&context, {}, &response).ok());
  LetUpsertsGo();
}

}  // namespace
}  // namespace bedside
