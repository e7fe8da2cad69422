// Documents of a source set with access labels are, for who does not hold the labels, as if they were not there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "tests/integration/access_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

// Replaces the guideline on warfarin for those who may see it, and has a word and an abbreviation of its own.
constexpr char kTrial[] = R"(---
id: warfarin-trial
title: Unpublished trial of warfarin and zyloxaban
organization: Example Society
country: UK
publication_date: 2025-05-01
status: current
supersedes: warfarin-monitoring
---

## Monitoring

Measure the international normalised ratio daily while warfarin is replaced by zyloxaban. The clinical rating of
bleeding (CRB) is taken weekly.
)";
constexpr char kTrialName[] = "corpora/default/documents/warfarin-trial";

class AccessLabelsTest : public AccessFixture {
 protected:
  void SetUp() override {
    AccessFixture::SetUp();
    config::IndexConfig& index = *config_.mutable_index();
    index.add_trusted_source_sets("default");
    index.add_trusted_source_sets("trials");
    config::SourceSetLabels& labels = *index.add_source_set_labels();
    labels.set_source_set("trials");
    labels.add_labels("research");
    labels.add_labels("anticoagulation");
    Start();
    Upsert("default", "metformin.md", ReadSource("metformin.md"));
    Upsert("default", "metformin-old.md", ReadSource("metformin-old.md"));
    Upsert("default", "warfarin.md", ReadSource("warfarin.md"));
  }

  void AddTrial() { Upsert("trials", "trial.md", kTrial); }
  std::string ReadSource(const std::string& name) {
    std::ifstream file(absl::StrCat(root_, "/", name));
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  void Upsert(const std::string& set, const std::string& name, const std::string& content) {
    v1::UpsertDocumentsRequest request;
    request.set_parent("corpora/default");
    request.set_file_name(name);
    request.set_content(content);
    request.set_source_set(set);
    v1::UpsertDocumentsResponse response;
    const auto context = As(admin_);
    const grpc::Status status = corpora_->UpsertDocuments(context.get(), request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  static std::unique_ptr<grpc::ClientContext> As(const std::string& authorization) {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata("authorization", authorization);
    return context;
  }

  v1::SearchResponse Search(const std::string& caller, const v1::SearchRequest& request) {
    v1::SearchResponse response;
    const grpc::Status status = evidence_->Search(As(caller).get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  std::vector<std::string> Found(const std::string& caller, const v1::SearchRequest& request) {
    std::vector<std::string> found;
    const v1::SearchResponse response = Search(caller, request);
    for (const v1::SearchHit& hit : response.hits()) {
      found.push_back(hit.document().name().substr(hit.document().name().rfind('/') + 1));
    }
    return found;
  }
  grpc::Status Get(const std::string& caller, const std::string& name, v1::Document* document) {
    v1::GetDocumentRequest request;
    request.set_name(name);
    return evidence_->GetDocument(As(caller).get(), request, document);
  }
  v1::ListDocumentsResponse List(const std::string& caller) {
    v1::ListDocumentsRequest request;
    request.set_parent("corpora/default");
    v1::ListDocumentsResponse response;
    EXPECT_TRUE(evidence_->ListDocuments(As(caller).get(), request, &response).ok());
    return response;
  }
  v1::ListSourceSetsResponse Sets(const std::string& caller) {
    v1::ListSourceSetsRequest request;
    request.set_parent("corpora/default");
    v1::ListSourceSetsResponse response;
    EXPECT_TRUE(corpora_->ListSourceSets(As(caller).get(), request, &response).ok());
    return response;
  }
  int64_t InForce(const std::string& caller) {
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    v1::Index index;
    EXPECT_TRUE(index_->GetIndex(As(caller).get(), request, &index).ok());
    return index.documents_in_force();
  }
  v1::Answer Ask(const std::string& caller, const std::string& question) {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(question);
    v1::AnswerResponse response;
    const grpc::Status status = answers_->Answer(As(caller).get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.answer();
  }
  StatusCode Look(const std::string& caller, const std::string& answer) {
    v1::GetAnswerRequest request;
    request.set_name(answer);
    v1::Answer response;
    return answers_->GetAnswer(As(caller).get(), request, &response).error_code();
  }
  StatusCode Praise(const std::string& caller, const std::string& answer) {
    v1::SubmitFeedbackRequest request;
    request.set_parent(answer);
    request.set_feedback_id("f");
    request.set_verdict(v1::FEEDBACK_VERDICT_HELPFUL);
    v1::Feedback response;
    return feedback_->SubmitFeedback(As(caller).get(), request, &response).error_code();
  }

  const std::string admin_ = Bearer(Claims("admin", {"*"}, {"*"}));
  // Holds all labels of the set, and others.
  const std::string trialist_ = Bearer(Claims("reader", {"*"}, {"anticoagulation", "research", "x"}));
  // Hold none, and one of the two.
  const std::string nurse_ = Bearer(Claims("reader"));
  const std::string half_ = Bearer(Claims("reader", {"*"}, {"research"}));
};

TEST_F(AccessLabelsTest, AreForWhoHoldsAllOfThem) {
  AddTrial();
  EXPECT_THAT(Found(trialist_, Question("warfarin ratio")), Contains("warfarin-trial"));
  EXPECT_THAT(Found(admin_, Question("warfarin ratio")), Contains("warfarin-trial"));
  EXPECT_THAT(Found(half_, Question("warfarin ratio")), Not(Contains("warfarin-trial")));
  EXPECT_THAT(Found(nurse_, Question("warfarin ratio")), Not(Contains("warfarin-trial")));
}

TEST_F(AccessLabelsTest, AreNoMatterOfTheFilter) {
  AddTrial();
  v1::SearchRequest request = Question("warfarin ratio");
  request.mutable_filter()->set_include_unreviewed(true);
  request.mutable_filter()->set_include_superseded(true);
  EXPECT_THAT(Found(trialist_, request), Contains("warfarin-trial"));
  EXPECT_THAT(Found(nurse_, request), Not(Contains("warfarin-trial")));
  request.mutable_filter()->add_source_sets("trials");
  EXPECT_THAT(Found(trialist_, request), ElementsAre("warfarin-trial"));
  EXPECT_THAT(Found(nurse_, request), ElementsAre());
}

TEST_F(AccessLabelsTest, WhatIsHiddenSaysNothingOfOtherDocuments) {
  AddTrial();
  v1::Document document;
  ASSERT_TRUE(Get(trialist_, "corpora/default/documents/warfarin-monitoring", &document).ok());
  EXPECT_EQ(document.status(), v1::DOCUMENT_STATUS_SUPERSEDED);
  ASSERT_TRUE(Get(nurse_, "corpora/default/documents/warfarin-monitoring", &document).ok());
  EXPECT_EQ(document.status(), v1::DOCUMENT_STATUS_CURRENT);
  EXPECT_EQ(document.status_reason(), "");
  EXPECT_THAT(Found(nurse_, Question("warfarin ratio")), Contains("warfarin-monitoring"));
}

// Byte for byte, but for the names of generations and the statistics of words.
TEST_F(AccessLabelsTest, AnswersWhoDoesNotHoldThemAsACorpusWithoutTheDocument) {
  const v1::SearchRequest question = Question("warfarin ratio");
  const std::string list = List(nurse_).SerializeAsString();
  const std::string sets = Sets(nurse_).SerializeAsString();
  const int64_t in_force = InForce(nurse_);
  const std::vector<std::string> found = Found(nurse_, question);
  const v1::Answer answer = Ask(nurse_, "How often is the ratio measured under warfarin?");
  v1::Document document;
  const grpc::Status missing = Get(nurse_, kTrialName, &document);
  EXPECT_EQ(missing.error_code(), StatusCode::NOT_FOUND);
  AddTrial();
  EXPECT_EQ(List(nurse_).SerializeAsString(), list);
  EXPECT_EQ(Sets(nurse_).SerializeAsString(), sets);
  EXPECT_EQ(InForce(nurse_), in_force);
  EXPECT_EQ(Found(nurse_, question), found);
  EXPECT_EQ(Ask(nurse_, "How often is the ratio measured under warfarin?").text().SerializeAsString(),
            answer.text().SerializeAsString());
  const grpc::Status hidden = Get(nurse_, kTrialName, &document);
  EXPECT_EQ(hidden.error_code(), missing.error_code());
  EXPECT_EQ(hidden.error_message(), missing.error_message());
  EXPECT_EQ(hidden.error_details(), missing.error_details());
  // The same calls notice it for who may.
  EXPECT_NE(List(trialist_).SerializeAsString(), list);
  EXPECT_EQ(List(trialist_).total_size(), List(nurse_).total_size() + 1);
  EXPECT_NE(Sets(trialist_).SerializeAsString(), sets);
}

TEST_F(AccessLabelsTest, HideThePassagesFromEveryMethodThatReadsOne) {
  AddTrial();
  v1::SearchRequest request = Question("zyloxaban");
  const std::string passage = Search(trialist_, request).hits(0).passage().name();
  ASSERT_THAT(passage, HasSubstr("warfarin-trial"));
  v1::GetPassageRequest get;
  get.set_name(passage);
  v1::Passage shown;
  EXPECT_TRUE(evidence_->GetPassage(As(trialist_).get(), get, &shown).ok());
  EXPECT_EQ(evidence_->GetPassage(As(nurse_).get(), get, &shown).error_code(), StatusCode::NOT_FOUND);
  v1::CheckGroundingRequest check;
  check.set_text("Measure the ratio daily [1].");
  check.add_passages()->set_name(passage);
  v1::CheckGroundingResponse checked;
  EXPECT_TRUE(answers_->CheckGrounding(As(trialist_).get(), check, &checked).ok());
  EXPECT_EQ(answers_->CheckGrounding(As(nurse_).get(), check, &checked).error_code(), StatusCode::NOT_FOUND);
}

TEST_F(AccessLabelsTest, WordsOfTheCorpusAreNotOfferedToWhoDoesNotSeeAllOfIt) {
  AddTrial();
  const v1::SearchRequest misspelt = Question("zyloxabann");
  EXPECT_THAT(Search(trialist_, misspelt).interpretation().DebugString(), HasSubstr("zyloxaban\""));
  EXPECT_THAT(Search(nurse_, misspelt).interpretation().DebugString(), Not(HasSubstr("zyloxaban\"")));
  const v1::SearchRequest abbreviated = Question("CRB weekly");
  EXPECT_THAT(Search(trialist_, abbreviated).interpretation().DebugString(), HasSubstr("clinical rating"));
  EXPECT_THAT(Search(nurse_, abbreviated).interpretation().DebugString(), Not(HasSubstr("clinical rating")));
}

TEST_F(AccessLabelsTest, AnAnswerIsForWhoSeesWhatItsCallerSaw) {
  AddTrial();
  const std::string of_trialist = Ask(trialist_, "How often is the ratio measured under warfarin?").name();
  const std::string of_nurse = Ask(nurse_, "How often is the ratio measured under warfarin?").name();
  const std::string of_admin = Ask(admin_, "How often is the ratio measured under warfarin?").name();
  ASSERT_NE(of_trialist, "");
  for (const std::string& answer : {of_trialist, of_nurse, of_admin}) {
    EXPECT_EQ(Look(admin_, answer), StatusCode::OK);
    EXPECT_EQ(Look(trialist_, answer), StatusCode::OK);
  }
  EXPECT_EQ(Look(nurse_, of_nurse), StatusCode::OK);
  EXPECT_EQ(Look(half_, of_nurse), StatusCode::OK);
  for (const std::string& answer : {of_trialist, of_admin}) {
    EXPECT_EQ(Look(nurse_, answer), StatusCode::NOT_FOUND);
    EXPECT_EQ(Look(half_, answer), StatusCode::NOT_FOUND);
    EXPECT_EQ(Praise(nurse_, answer), StatusCode::NOT_FOUND);
  }
  EXPECT_EQ(Praise(nurse_, of_nurse), StatusCode::OK);
  EXPECT_EQ(Praise(trialist_, of_trialist), StatusCode::OK);
}

TEST_F(AccessLabelsTest, WhatIsHiddenIsNotChangedEither) {
  AddTrial();
  const std::string clerk = Bearer(Claims("admin"));
  v1::DeleteDocumentRequest deletion;
  deletion.set_name(kTrialName);
  google::protobuf::Empty nothing;
  for (const char* request_id : {"", "r"}) {
    deletion.set_request_id(request_id);
    EXPECT_EQ(corpora_->DeleteDocument(As(clerk).get(), deletion, &nothing).error_code(), StatusCode::NOT_FOUND);
  }
  v1::PurgeDocumentRequest purge;
  purge.set_name(kTrialName);
  google::longrunning::Operation operation;
  EXPECT_EQ(corpora_->PurgeDocument(As(clerk).get(), purge, &operation).error_code(), StatusCode::NOT_FOUND);
  v1::SetDocumentStatusRequest status;
  status.set_name(kTrialName);
  status.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  v1::Document document;
  EXPECT_EQ(corpora_->SetDocumentStatus(As(clerk).get(), status, &document).error_code(), StatusCode::NOT_FOUND);
  v1::WithdrawSourceSetRequest withdrawal;
  withdrawal.set_name("corpora/default/sourceSets/trials");
  v1::SourceSet set;
  EXPECT_EQ(corpora_->WithdrawSourceSet(As(clerk).get(), withdrawal, &set).error_code(), StatusCode::NOT_FOUND);
  EXPECT_THAT(Found(trialist_, Question("warfarin ratio")), Contains("warfarin-trial"));
}

TEST_F(AccessLabelsTest, DoNotMatterWithoutAccessControl) {
  AddTrial();
  config_.clear_access();
  Start();
  EXPECT_THAT(ServiceFixture::Found(Question("warfarin ratio")), Contains("warfarin-trial"));
}

}  // namespace
}  // namespace bedside
