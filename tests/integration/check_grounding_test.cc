// AnswerService.CheckGrounding through the services.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CheckGroundingTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    Start();
    request_.add_passages()->set_text("Give aspirin 300 mg within 48 hours. It does not increase bleeding.");
  }

  grpc::Status Check() {
    grpc::ClientContext context;
    response_.Clear();
    return answers_->CheckGrounding(&context, request_, &response_);
  }

  std::string PassageName() {
    grpc::ClientContext context;
    v1::SearchResponse response;
    const grpc::Status status = evidence_->Search(&context, Question("warfarin ratio"), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.hits_size() == 0 ? "" : response.hits(0).passage().name();
  }

  v1::CheckGroundingRequest request_;
  v1::CheckGroundingResponse response_;
};

TEST_F(CheckGroundingTest, SaysOfEverySentenceWhetherItIsSupportedAndWhere) {
  request_.set_text(
      "Give aspirin within 48 hours [1]. Give aspirin 160 mg [1]. It increases bleeding. Zebras run [7].");
  ASSERT_TRUE(Check().ok());
  ASSERT_EQ(response_.sentences_size(), 4);
  EXPECT_TRUE(response_.sentences(0).supported());
  EXPECT_EQ(response_.sentences(0).text(), "Give aspirin within 48 hours.");
  ASSERT_EQ(response_.sentences(0).citations_size(), 1);
  EXPECT_EQ(response_.sentences(0).citations(0).evidence_number(), 1);
  EXPECT_EQ(response_.sentences(0).citations(0).span().begin(), 0u);
  EXPECT_EQ(response_.sentences(0).citations(0).span().end(), 36u);
  EXPECT_FALSE(response_.sentences(1).supported());
  EXPECT_EQ(response_.sentences(1).issues(0).kind(), v1::GROUNDING_ISSUE_KIND_NUMBER);
  EXPECT_EQ(response_.sentences(1).issues(0).said(), "160 mg");
  EXPECT_EQ(response_.sentences(2).issues(0).kind(), v1::GROUNDING_ISSUE_KIND_NEGATION) << "checked against all";
  EXPECT_EQ(response_.sentences(3).issues(0).kind(), v1::GROUNDING_ISSUE_KIND_UNKNOWN_CITATION);
  EXPECT_THAT(response_.sentences(3).citations(), IsEmpty());
  EXPECT_EQ(response_.passages_size(), 1);
  EXPECT_FALSE(response_.passages(0).has_document()) << "of no corpus";
}

TEST_F(CheckGroundingTest, OnlyThePassagesThatASentenceCitesCount) {
  request_.add_passages()->set_text("Statins lower cholesterol.");
  request_.set_text("Statins lower cholesterol [1]. Statins lower cholesterol [2].");
  ASSERT_TRUE(Check().ok());
  EXPECT_FALSE(response_.sentences(0).supported());
  EXPECT_TRUE(response_.sentences(1).supported());
}

TEST_F(CheckGroundingTest, ReadsPassagesOfACorpus) {
  ImportAll();
  request_.mutable_passages(0)->set_name(PassageName());
  request_.set_text("Measure the international normalised ratio weekly until warfarin treatment is stable [1].");
  const grpc::Status status = Check();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(response_.sentences(0).supported());
  EXPECT_THAT(response_.passages(0).document().name(), HasSubstr("warfarin-monitoring"));
  EXPECT_EQ(response_.passages(0).document().status(), v1::DOCUMENT_STATUS_CURRENT);
}

TEST_F(CheckGroundingTest, RetractedDocumentSupportsNothing) {
  ImportAll();
  request_.mutable_passages(0)->set_name(PassageName());
  grpc::ClientContext context;
  v1::SetDocumentStatusRequest retraction;
  retraction.set_name("corpora/default/documents/warfarin-monitoring");
  retraction.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  retraction.set_reason("a test");
  v1::Document document;
  ASSERT_TRUE(corpora_->SetDocumentStatus(&context, retraction, &document).ok());
  request_.set_text("Measure the international normalised ratio weekly until warfarin treatment is stable [1].");
  ASSERT_TRUE(Check().ok());
  EXPECT_FALSE(response_.sentences(0).supported());
  ASSERT_EQ(response_.sentences(0).issues_size(), 1);
  EXPECT_EQ(response_.sentences(0).issues(0).kind(), v1::GROUNDING_ISSUE_KIND_SOURCE_RETRACTED);
  EXPECT_EQ(response_.sentences(0).issues(0).evidence_number(), 1);
  EXPECT_EQ(response_.passages(0).document().status(), v1::DOCUMENT_STATUS_RETRACTED);
}

TEST_F(CheckGroundingTest, RefusesMoreSentencesThanItChecks) {
  std::string text;
  for (int i = 0; i < 101; ++i) text += "Aspirin helps.\n";
  request_.set_text(text);
  const grpc::Status status = Check();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("wanted at most 100"));
}

TEST_F(CheckGroundingTest, TextWithoutASentenceHasNone) {
  request_.set_text("[1]");
  ASSERT_TRUE(Check().ok());
  EXPECT_THAT(response_.sentences(), IsEmpty());
}

}  // namespace
}  // namespace bedside
