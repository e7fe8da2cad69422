// Comparing, retiring and gating generations, over gRPC.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/fakes/temp_folder.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class GenerationsTest : public ServiceFixture {
 protected:
  std::string Name(const std::string& generation) { return absl::StrCat("corpora/default/generations/", generation); }

  grpc::Status Compare(const v1::CompareGenerationsRequest& request, v1::CompareGenerationsResponse* response) {
    grpc::ClientContext context;
    return index_->CompareGenerations(&context, request, response);
  }

  grpc::Status Retire(const std::string& name) {
    v1::RetireGenerationRequest request;
    request.set_name(name);
    grpc::ClientContext context;
    google::protobuf::Empty response;
    return index_->RetireGeneration(&context, request, &response);
  }

  std::vector<std::string> Kept() {
    v1::ListGenerationsRequest request;
    request.set_parent("corpora/default");
    grpc::ClientContext context;
    v1::ListGenerationsResponse response;
    EXPECT_TRUE(index_->ListGenerations(&context, request, &response).ok());
    std::vector<std::string> names;
    for (const v1::Generation& generation : response.generations()) names.push_back(generation.name());
    return names;
  }

  // Two generations; the second has one document more and one that is changed.
  void ImportTwice() {
    first_ = ImportAll().generation();
    WriteSource("aspirin.md", "---\nid: aspirin\ntitle: Aspirin\n---\n\nAspirin reduces fever.\n");
    WriteSource("warfarin.md", "---\nid: warfarin-monitoring\ntitle: Warfarin\n---\n\nMeasure it daily.\n");
    second_ = ImportAll().generation();
  }

  std::string first_;
  std::string second_;
};

TEST_F(GenerationsTest, ComparesPageByPage) {
  Start();
  ImportTwice();
  v1::CompareGenerationsRequest request;
  request.set_base(first_);
  request.set_other(second_);
  request.set_page_size(1);
  v1::CompareGenerationsResponse page;
  ASSERT_TRUE(Compare(request, &page).ok());
  EXPECT_EQ(page.base().name(), first_);
  EXPECT_EQ(page.base().state(), v1::GENERATION_STATE_KEPT);
  EXPECT_EQ(page.other().state(), v1::GENERATION_STATE_ACTIVE);
  EXPECT_TRUE(page.same_settings());
  EXPECT_TRUE(page.same_embedder());
  EXPECT_EQ(page.documents_added(), 1);
  EXPECT_EQ(page.documents_changed(), 1);
  EXPECT_EQ(page.documents_removed(), 0);
  EXPECT_EQ(page.documents_unchanged(), 2);
  ASSERT_EQ(page.differences_size(), 1);
  EXPECT_EQ(page.differences(0).document(), "corpora/default/documents/aspirin");
  EXPECT_EQ(page.differences(0).kind(), v1::DOCUMENT_DIFFERENCE_KIND_ADDED);
  request.set_page_token(page.next_page_token());
  ASSERT_TRUE(Compare(request, &page).ok());
  ASSERT_EQ(page.differences_size(), 1);
  EXPECT_EQ(page.differences(0).document(), "corpora/default/documents/warfarin-monitoring");
  EXPECT_EQ(page.differences(0).kind(), v1::DOCUMENT_DIFFERENCE_KIND_CHANGED);
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(GenerationsTest, RefusesToCompareWhatIsNotThereOrOfTwoCorpora) {
  Start();
  ImportTwice();
  v1::CompareGenerationsRequest request;
  v1::CompareGenerationsResponse response;
  request.set_base(first_);
  request.set_other("corpora/another/generations/g00000001");
  request.set_page_size(1001);
  const grpc::Status bad = Compare(request, &response);
  EXPECT_EQ(bad.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(bad.error_message(), AllOf(HasSubstr("other"), HasSubstr("page_size")));
  request.set_page_size(0);
  request.set_other(Name("g99999999"));
  EXPECT_EQ(Compare(request, &response).error_code(), grpc::StatusCode::NOT_FOUND);
  request.set_other(second_);
  request.set_page_token("x");
  EXPECT_EQ(Compare(request, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(GenerationsTest, RetiresWhatDoesNotServe) {
  Start();
  ImportTwice();
  EXPECT_EQ(Retire(second_).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_TRUE(Retire(first_).ok());
  EXPECT_THAT(Kept(), ElementsAre(second_));
  EXPECT_EQ(Retire(first_).error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Retire("g1").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  Start();
  EXPECT_THAT(Kept(), ElementsAre(second_));
  EXPECT_FALSE(Found(Question("Measure warfarin")).empty());
}

// The questions of a site are asked before a generation serves; what served goes on where they are not answered.
TEST_F(GenerationsTest, AGenerationThatFailsTheGateDoesNotServe) {
  const std::string gold =
      bedside::WriteFile(TempFolder(), "gold.jsonl",
                         "{\"question\": \"When is metformin stopped?\", \"relevant\": [\"metformin-renal\"]}\n");
  config_.mutable_pipeline()->mutable_publication_gate()->set_questions_path(gold);
  config_.mutable_pipeline()->mutable_publication_gate()->set_min_recall_at_10(1);
  Start();
  const v1::JobReport report = ImportAll();
  EXPECT_EQ(report.gate().measured().recall_at_10(), 1);
  std::filesystem::remove(root_ + "/metformin.md");
  v1::ImportDocumentsRequest request;
  request.set_parent("corpora/default");
  request.add_sources(".");
  request.set_mode(v1::RECONCILIATION_MODE_FULL);
  google::longrunning::Operation operation;
  grpc::ClientContext context;
  ASSERT_TRUE(corpora_->ImportDocuments(&context, request, &operation).ok());
  operation = Await(operation);
  ASSERT_TRUE(operation.has_error());
  EXPECT_EQ(operation.error().code(), static_cast<int>(grpc::StatusCode::FAILED_PRECONDITION));
  EXPECT_THAT(operation.error().message(), HasSubstr("recall at 10: wanted at least 1.0000, got 0.0000"));
  v1::GateReport values;
  bool found = false;
  for (const google::protobuf::Any& detail : operation.error().details()) found = found || detail.UnpackTo(&values);
  ASSERT_TRUE(found);
  EXPECT_EQ(values.serving().recall_at_10(), 1);
  EXPECT_THAT(values.missed_lines(), ElementsAre(1));
  EXPECT_THAT(Kept(), ElementsAre(report.generation()));
  EXPECT_EQ(Found(Question("Stop metformin eGFR")).front(), "metformin-renal");
  request.set_skip_gate(true);
  grpc::ClientContext again;
  ASSERT_TRUE(corpora_->ImportDocuments(&again, request, &operation).ok());
  EXPECT_FALSE(Await(operation).has_error());
}

}  // namespace
}  // namespace bedside
