// Long-running jobs as google.longrunning describes them, from the first look to the last.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "google/rpc/error_details.pb.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using google::longrunning::Operation;
using google::protobuf::Empty;
using grpc::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class OperationsTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    Start();
    first_ = ImportAll().generation();
  }

  // An import of one more document, which stands before the model until the gate is opened.
  Operation StartHeldImport() {
    WriteSource("heparin.md", "---\nid: heparin\ntitle: Heparin\n---\n\nHeparin is monitored by the APTT.\n");
    embedder_->CloseGate();
    Operation operation = StartImport();
    embedder_->AwaitArrival();
    return operation;
  }

  Operation Get(const std::string& name) {
    grpc::ClientContext context;
    google::longrunning::GetOperationRequest request;
    request.set_name(name);
    Operation operation;
    const grpc::Status status = operations_->GetOperation(&context, request, &operation);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return operation;
  }

  grpc::Status Cancel(const std::string& name) {
    grpc::ClientContext context;
    google::longrunning::CancelOperationRequest request;
    request.set_name(name);
    Empty response;
    return operations_->CancelOperation(&context, request, &response);
  }

  grpc::Status Delete(const std::string& name) {
    grpc::ClientContext context;
    google::longrunning::DeleteOperationRequest request;
    request.set_name(name);
    Empty response;
    return operations_->DeleteOperation(&context, request, &response);
  }

  // Names, in pages of one.
  std::vector<std::string> List() {
    google::longrunning::ListOperationsRequest request;
    request.set_page_size(1);
    std::vector<std::string> names;
    do {
      grpc::ClientContext context;
      google::longrunning::ListOperationsResponse response;
      EXPECT_TRUE(operations_->ListOperations(&context, request, &response).ok());
      EXPECT_EQ(response.operations_size(), 1);
      for (const Operation& operation : response.operations()) names.push_back(operation.name());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }

  std::string ActiveGeneration() {
    grpc::ClientContext context;
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    v1::Index index;
    EXPECT_TRUE(index_->GetIndex(&context, request, &index).ok());
    return index.active_generation();
  }

  std::string first_;
};

TEST_F(OperationsTest, ShowAJobWhileItRuns) {
  const Operation started = StartHeldImport();
  EXPECT_FALSE(started.done());
  v1::JobProgress progress;
  ASSERT_TRUE(started.metadata().UnpackTo(&progress)) << "from the first look";
  EXPECT_EQ(progress.corpus(), "corpora/default");
  ASSERT_TRUE(Get(started.name()).metadata().UnpackTo(&progress));
  EXPECT_EQ(progress.corpus(), "corpora/default");
  EXPECT_EQ(progress.documents_read(), 4);
  EXPECT_GT(progress.start_time().seconds(), 0);
  EXPECT_EQ(ActiveGeneration(), first_);

  embedder_->OpenGate();
  const Operation done = Await(started);
  v1::JobReport report;
  ASSERT_TRUE(done.response().UnpackTo(&report));
  EXPECT_EQ(ActiveGeneration(), report.generation()) << "it serves by the time that it is done";
  ASSERT_TRUE(done.metadata().UnpackTo(&progress));
  EXPECT_EQ(progress.stage(), v1::JOB_STAGE_DONE);
}

TEST_F(OperationsTest, AreWaitedForNoLongerThanTheCallerSays) {
  const Operation started = StartHeldImport();
  for (const int64_t seconds : {int64_t{0}, int64_t{-5}}) {
    grpc::ClientContext context;
    google::longrunning::WaitOperationRequest request;
    request.set_name(started.name());
    request.mutable_timeout()->set_seconds(seconds);
    Operation waited;
    const grpc::Status status = operations_->WaitOperation(&context, request, &waited);
    EXPECT_TRUE(status.ok()) << "the end of waiting is no error: " << status.error_message();
    EXPECT_FALSE(waited.done());
    EXPECT_EQ(waited.name(), started.name());
  }
}

TEST_F(OperationsTest, DoNotHoldUpOtherCallsWhileTheyAreWaitedFor) {
  constexpr size_t kWaiting = 8;
  ASSERT_GT(kWaiting, config_.workers());
  const Operation started = StartHeldImport();
  google::longrunning::WaitOperationRequest request;
  request.set_name(started.name());
  std::vector<grpc::ClientContext> contexts(kWaiting);
  std::vector<Operation> waited(kWaiting);
  absl::BlockingCounter replied(kWaiting);
  for (size_t i = 0; i < kWaiting; ++i) {
    operations_->async()->WaitOperation(&contexts[i], &request, &waited[i], [&replied](const grpc::Status& status) {
      EXPECT_TRUE(status.ok()) << status.error_message();
      replied.DecrementCount();
    });
  }
  // Were a worker held by each, nothing below would be answered before the waiting is over.
  for (size_t i = 0; i < kWaiting; ++i) {
    EXPECT_THAT(Found(Question("warfarin ratio")), Contains("warfarin-monitoring"));
  }
  EXPECT_FALSE(Get(started.name()).done());
  embedder_->OpenGate();
  replied.Wait();
  for (const Operation& operation : waited) EXPECT_TRUE(operation.has_response());
}

TEST_F(OperationsTest, KeepGenerationsFromBeingActivatedWhileTheyRun) {
  const auto activate = [this] {
    grpc::ClientContext context;
    v1::ActivateGenerationRequest request;
    request.set_name(first_);
    v1::Generation generation;
    return index_->ActivateGeneration(&context, request, &generation);
  };
  const Operation started = StartHeldImport();
  const grpc::Status refused = activate();
  EXPECT_EQ(refused.error_code(), StatusCode::ABORTED);
  EXPECT_THAT(refused.error_message(), HasSubstr(started.name()));
  embedder_->OpenGate();
  Await(started);
  EXPECT_NE(ActiveGeneration(), first_);
  EXPECT_TRUE(activate().ok());
  EXPECT_EQ(ActiveGeneration(), first_);
}

TEST_F(OperationsTest, RunOneAtATimeACorpus) {
  const Operation started = StartHeldImport();
  grpc::ClientContext context;
  v1::ReindexRequest request;
  request.set_parent("corpora/default");
  Operation second;
  const grpc::Status status = corpora_->Reindex(&context, request, &second);
  EXPECT_EQ(status.error_code(), StatusCode::ABORTED);
  EXPECT_THAT(status.error_message(), HasSubstr(started.name()));
  EXPECT_EQ(Delete(started.name()).error_code(), StatusCode::FAILED_PRECONDITION);
}

TEST_F(OperationsTest, LeaveTheOldGenerationWhenTheyAreCancelled) {
  const Operation started = StartHeldImport();
  ASSERT_TRUE(Cancel(started.name()).ok());
  embedder_->OpenGate();
  const Operation cancelled = Await(started);
  EXPECT_EQ(cancelled.error().code(), static_cast<int>(StatusCode::CANCELLED));
  google::rpc::ErrorInfo info;
  ASSERT_EQ(cancelled.error().details_size(), 1);
  ASSERT_TRUE(cancelled.error().details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "CANCELLED");
  EXPECT_EQ(ActiveGeneration(), first_);
  EXPECT_THAT(Found(Question("heparin aptt")), Not(Contains("heparin")));

  EXPECT_NE(ImportAll().generation(), first_) << "and do not stand in the way of the next";
  EXPECT_THAT(Found(Question("heparin aptt")), Contains("heparin"));
}

TEST_F(OperationsTest, AreListedOldestFirstUntilTheyAreDeleted) {
  const Operation second = Await(StartImport());
  const std::vector<std::string> both = List();
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both.back(), second.name());
  EXPECT_TRUE(Cancel(both.front()).ok()) << "too late, and no error";
  EXPECT_TRUE(Get(both.front()).has_response());
  EXPECT_TRUE(Delete(both.front()).ok());
  EXPECT_THAT(List(), ElementsAre(second.name()));
  EXPECT_EQ(Delete(both.front()).error_code(), StatusCode::NOT_FOUND);
}

TEST_F(OperationsTest, ReportTheGenerationThatServesWhenNothingHasChanged) {
  EXPECT_EQ(ImportAll().generation(), first_);
}

}  // namespace
}  // namespace bedside
