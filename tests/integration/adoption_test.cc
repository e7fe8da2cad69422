// A generation that a job has built beside the server's store is taken over, over gRPC.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AdoptionTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    std::filesystem::create_directories(workshops_);
    config_.set_workshop_root(workshops_);
  }

  // What the job does, while the server has its store open; `variant` stands for a model.
  void BuildBeside(const std::string& variant, const std::string& workshop = "w") {
    const FakeEmbedder embedder(64, variant);
    auto served = EvidenceStore::Open(store_path_, Database::Access::kReadOnly);
    ASSERT_THAT(served, IsOk());
    auto store = EvidenceStore::Open(absl::StrCat(workshops_, "/", workshop), Database::Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    auto pipeline = IngestPipeline::Create({store->get(), &embedder, tokenizer_.get(), nullptr, served->get()},
                                           config_.index(), config_.pipeline());
    ASSERT_THAT(pipeline, IsOk());
    ASSERT_THAT((*pipeline)->Reindex("default", {}), IsOk());
  }

  grpc::Status Start(const v1::AdoptGenerationRequest& request, google::longrunning::Operation* operation) {
    grpc::ClientContext context;
    return corpora_->AdoptGeneration(&context, request, operation);
  }
  using ServiceFixture::Start;

  static v1::AdoptGenerationRequest Request(const std::string& workshop = "w") {
    v1::AdoptGenerationRequest request;
    request.set_parent("corpora/default");
    request.set_workshop(workshop);
    return request;
  }

  google::longrunning::Operation Adopt(const v1::AdoptGenerationRequest& request = Request()) {
    google::longrunning::Operation operation;
    const grpc::Status status = Start(request, &operation);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return Await(operation);
  }

  static v1::JobReport ReportOf(const google::longrunning::Operation& operation) {
    EXPECT_FALSE(operation.has_error()) << operation.error().message();
    v1::JobReport report;
    operation.response().UnpackTo(&report);
    return report;
  }

  std::string Serving() {
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    grpc::ClientContext context;
    v1::Index index;
    const grpc::Status status = index_->GetIndex(&context, request, &index);
    return status.ok() ? index.active_generation() : status.error_message();
  }

  const std::string workshops_ = TempFolder();
};

TEST_F(AdoptionTest, WhatAJobBuiltServesAsSoonAsItIsTakenOver) {
  Start();
  const std::string before = ImportAll().generation();
  BuildBeside("a");
  EXPECT_EQ(Serving(), before);
  const v1::JobReport report = ReportOf(Adopt());
  EXPECT_EQ(report.not_serving_reason(), "");
  EXPECT_EQ(report.counts().documents_published(), 3);
  EXPECT_NE(report.generation(), before);
  EXPECT_EQ(Serving(), report.generation());
  EXPECT_EQ(Found(Question("Stop metformin eGFR")).front(), "metformin-renal");
  Start();
  EXPECT_EQ(Serving(), report.generation());
}

TEST_F(AdoptionTest, TheGateIsAskedOfWhatAJobBuilt) {
  Start();
  const std::string before = ImportAll().generation();
  BuildBeside("a");
  config_.mutable_pipeline()->mutable_publication_gate()->set_questions_path(bedside::WriteFile(
      TempFolder(), "gold.jsonl", "{\"question\": \"When is it stopped?\", \"relevant\": [\"of-another-corpus\"]}\n"));
  config_.mutable_pipeline()->mutable_publication_gate()->set_min_recall_at_10(1);
  Start();
  const google::longrunning::Operation refused = Adopt();
  EXPECT_EQ(refused.error().code(), static_cast<int>(grpc::StatusCode::FAILED_PRECONDITION));
  EXPECT_THAT(refused.error().message(), HasSubstr("recall at 10"));
  EXPECT_EQ(Serving(), before);
  v1::AdoptGenerationRequest request = Request();
  request.set_skip_gate(true);
  EXPECT_EQ(Serving(), before);
  EXPECT_EQ(ReportOf(Adopt(request)).not_serving_reason(), "");
}

// A change of the model: built beside with the new one, taken over by a server that still asks with the old one, served
// by the server that is started with the new one; and back.
TEST_F(AdoptionTest, ServesTheGenerationOfTheModelThatItIsStartedWith) {
  Start("a");
  const std::string before = ImportAll().generation();
  BuildBeside("b");
  const v1::JobReport report = ReportOf(Adopt());
  EXPECT_THAT(report.not_serving_reason(), HasSubstr("start the server with the model"));
  EXPECT_EQ(Serving(), before);
  EXPECT_THAT(Found(Question("metformin")), testing::Not(IsEmpty()));
  Start("b");
  EXPECT_EQ(Serving(), report.generation());
  EXPECT_EQ(Found(Question("Stop metformin eGFR")).front(), "metformin-renal");
  Start("b");
  EXPECT_EQ(Serving(), report.generation());
  Start("a");
  EXPECT_EQ(Serving(), before);
  Start("c");
  EXPECT_THAT(Serving(), HasSubstr("Configure the model that was used"));
}

TEST_F(AdoptionTest, WhereTheCorpusHasMovedOnTheOperationSaysSo) {
  Start();
  ImportAll();
  BuildBeside("a");
  WriteSource("new.md", "# New\n\nText.\n");
  const std::string moved = ImportAll().generation();
  const google::longrunning::Operation refused = Adopt();
  EXPECT_EQ(refused.error().code(), static_cast<int>(grpc::StatusCode::FAILED_PRECONDITION));
  EXPECT_THAT(refused.error().message(), HasSubstr("Run the job again"));
  EXPECT_EQ(Serving(), moved);
}

TEST_F(AdoptionTest, ReadsNothingOutsideItsRoot) {
  Start();
  ImportAll();
  google::longrunning::Operation operation;
  for (const char* workshop : {"", "..", "/etc", "../../etc"}) {
    EXPECT_EQ(Start(Request(workshop), &operation).error_code(), grpc::StatusCode::INVALID_ARGUMENT) << workshop;
  }
  std::filesystem::create_directory_symlink(store_path_, workshops_ + "/link");
  EXPECT_EQ(Start(Request("link"), &operation).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Adopt(Request("none")).error().code(), static_cast<int>(grpc::StatusCode::NOT_FOUND));
}

TEST_F(AdoptionTest, IsOffWithoutARoot) {
  config_.clear_workshop_root();
  Start();
  ImportAll();
  google::longrunning::Operation operation;
  const grpc::Status status = Start(Request(), &operation);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), HasSubstr("workshop_root"));
}

}  // namespace
}  // namespace bedside
