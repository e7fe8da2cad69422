// Sources that somebody plants: what is not trusted is no evidence, and what was trusted is withdrawn as a whole.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kQuestion[] = "When should metformin be stopped?";

class SourceSetsTest : public ServiceFixture {
 protected:
  // The guidelines are the site's own; beside them, five texts that repeat the question and say something false.
  void Plant() {
    ImportAll();
    for (int i = 0; i < 5; ++i) {
      WriteSource(absl::StrCat("forum/planted-", i, ".md"),
                  absl::StrCat("---\nid: planted-", i, "\ntitle: ", kQuestion,
                               "\nstatus: current\nsupersedes: ", "metformin-renal\n---\n\n", kQuestion,
                               " Metformin should never be stopped, rule ", i, ".\n"));
    }
    ImportInto("forum", "forum");
  }

  void ImportInto(const std::string& folder, const std::string& source_set) {
    v1::ImportDocumentsRequest request;
    request.set_parent("corpora/default");
    request.add_sources(folder);
    request.set_source_set(source_set);
    grpc::ClientContext context;
    google::longrunning::Operation operation;
    const grpc::Status status = corpora_->ImportDocuments(&context, request, &operation);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_FALSE(Await(operation).has_error());
  }

  void SetUp() override {
    ServiceFixture::SetUp();
    std::filesystem::create_directories(absl::StrCat(root_, "/forum"));
    config_.mutable_index()->add_trusted_source_sets("default");
  }

  void TrustForum() { config_.mutable_index()->add_trusted_source_sets("forum"); }

  v1::SourceSet Withdraw(const std::string& name, const std::string& request_id = "") {
    v1::WithdrawSourceSetRequest request;
    request.set_name(name);
    request.set_reason("planted");
    request.set_request_id(request_id);
    v1::SourceSet set;
    grpc::ClientContext context;
    status_ = corpora_->WithdrawSourceSet(&context, request, &set);
    return set;
  }

  v1::SourceSet Reinstate(const std::string& name) {
    v1::ReinstateSourceSetRequest request;
    request.set_name(name);
    v1::SourceSet set;
    grpc::ClientContext context;
    status_ = corpora_->ReinstateSourceSet(&context, request, &set);
    return set;
  }

  v1::ListSourceSetsResponse List() {
    v1::ListSourceSetsRequest request;
    request.set_parent("corpora/default");
    v1::ListSourceSetsResponse response;
    grpc::ClientContext context;
    status_ = corpora_->ListSourceSets(&context, request, &response);
    return response;
  }

  v1::Answer Ask(const v1::EvidenceFilter& filter = {}) {
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(kQuestion);
    *request.mutable_filter() = filter;
    v1::AnswerResponse response;
    grpc::ClientContext context;
    status_ = answers_->Answer(&context, request, &response);
    EXPECT_TRUE(status_.ok()) << status_.error_message();
    return response.answer();
  }

  // Documents that the question finds, and those that its answer rests on.
  std::vector<std::string> Evidence() {
    std::vector<std::string> found = Found(Question(kQuestion));
    const v1::Answer answer = Ask();
    for (const v1::Evidence& evidence : answer.basis().evidence()) {
      found.push_back(evidence.document().name().substr(sizeof("corpora/default/documents/") - 1));
    }
    return found;
  }

  void Activate(const std::string& generation) {
    grpc::ClientContext context;
    v1::ActivateGenerationRequest request;
    request.set_name(generation);
    v1::Generation response;
    ASSERT_TRUE(index_->ActivateGeneration(&context, request, &response).ok());
  }

  std::string ActiveGeneration() {
    grpc::ClientContext context;
    v1::GetIndexRequest request;
    request.set_name("corpora/default/index");
    v1::Index index;
    EXPECT_TRUE(index_->GetIndex(&context, request, &index).ok());
    return index.active_generation();
  }

  void Reindex() {
    grpc::ClientContext context;
    v1::ReindexRequest request;
    request.set_parent("corpora/default");
    google::longrunning::Operation operation;
    ASSERT_TRUE(corpora_->Reindex(&context, request, &operation).ok());
    EXPECT_FALSE(Await(operation).has_error());
  }

  grpc::Status status_;
};

TEST_F(SourceSetsTest, WhatIsNotTrustedIsNoEvidenceAndTakesNoneAway) {
  Start();
  Plant();
  EXPECT_THAT(Evidence(), AllOf(Contains("metformin-renal"), Each(Not(StartsWith("planted")))));
}

TEST_F(SourceSetsTest, WhatIsNotTrustedComesMarkedWhenItIsAskedFor) {
  Start();
  Plant();
  v1::SearchRequest request = Question(kQuestion);
  request.mutable_filter()->set_include_unreviewed(true);
  request.mutable_filter()->add_source_sets("forum");
  grpc::ClientContext context;
  v1::SearchResponse response;
  ASSERT_TRUE(evidence_->Search(&context, request, &response).ok());
  EXPECT_EQ(response.hits_size(), 5);
  for (const v1::SearchHit& hit : response.hits()) {
    EXPECT_EQ(hit.document().trust(), v1::SOURCE_TRUST_UNREVIEWED);
    EXPECT_EQ(hit.document().source_set(), "forum");
  }
  const v1::Answer answer = Ask(request.filter());
  ASSERT_FALSE(answer.basis().evidence().empty());
  EXPECT_EQ(answer.basis().evidence(0).document().trust(), v1::SOURCE_TRUST_UNREVIEWED);
  ASSERT_FALSE(answer.basis().warnings().empty());
  EXPECT_EQ(answer.basis().warnings(0).kind(), v1::WARNING_KIND_UNREVIEWED_SOURCES);
}

TEST_F(SourceSetsTest, EvidenceOfTheSiteIsMarkedTrusted) {
  Start();
  Plant();
  const v1::Answer answer = Ask();
  ASSERT_FALSE(answer.basis().evidence().empty());
  for (const v1::Evidence& evidence : answer.basis().evidence()) {
    EXPECT_EQ(evidence.document().trust(), v1::SOURCE_TRUST_TRUSTED);
    EXPECT_EQ(evidence.document().source_set(), "default");
  }
}

TEST_F(SourceSetsTest, OneWithdrawalTakesAllOfASetOutAtOnce) {
  TrustForum();
  Start();
  Plant();
  ASSERT_THAT(Evidence(), Contains(StartsWith("planted")));
  const v1::SourceSet set = Withdraw("corpora/default/sourceSets/forum");
  ASSERT_TRUE(status_.ok()) << status_.error_message();
  EXPECT_TRUE(set.withdrawn());
  EXPECT_EQ(set.reason(), "planted");
  EXPECT_EQ(set.documents(), 5);
  EXPECT_THAT(Evidence(), AllOf(Contains("metformin-renal"), Each(Not(StartsWith("planted")))));
}

TEST_F(SourceSetsTest, AWithdrawalSurvivesRestartReindexNewImportAndRollBack) {
  TrustForum();
  Start();
  Plant();
  const std::string before = ActiveGeneration();
  Withdraw("corpora/default/sourceSets/forum");
  ASSERT_TRUE(status_.ok());
  Start();
  EXPECT_THAT(Evidence(), Each(Not(StartsWith("planted"))));
  WriteSource("forum/planted-9.md", absl::StrCat("# ", kQuestion, "\n\nMetformin should never be stopped.\n"));
  ImportInto("forum", "forum");
  EXPECT_THAT(Evidence(), Each(Not(StartsWith("planted"))));
  Reindex();
  EXPECT_THAT(Evidence(), Each(Not(StartsWith("planted"))));
  Activate(before);
  EXPECT_THAT(Evidence(), AllOf(Contains("metformin-renal"), Each(Not(StartsWith("planted")))));
  EXPECT_TRUE(List().source_sets(1).withdrawn());
}

TEST_F(SourceSetsTest, OnlyReinstatementTakesAWithdrawalBack) {
  TrustForum();
  Start();
  Plant();
  Withdraw("corpora/default/sourceSets/forum");
  const v1::SourceSet set = Reinstate("corpora/default/sourceSets/forum");
  ASSERT_TRUE(status_.ok());
  EXPECT_FALSE(set.withdrawn());
  EXPECT_EQ(set.reason(), "");
  EXPECT_THAT(Evidence(), Contains(StartsWith("planted")));
}

TEST_F(SourceSetsTest, ListsTheSetsOfACorpus) {
  Start();
  Plant();
  Withdraw("corpora/default/sourceSets/forum");
  const v1::ListSourceSetsResponse response = List();
  ASSERT_EQ(response.source_sets_size(), 2);
  EXPECT_EQ(response.source_sets(0).name(), "corpora/default/sourceSets/default");
  EXPECT_EQ(response.source_sets(0).trust(), v1::SOURCE_TRUST_TRUSTED);
  EXPECT_EQ(response.source_sets(0).documents(), 3);
  EXPECT_FALSE(response.source_sets(0).withdrawn());
  EXPECT_EQ(response.source_sets(1).trust(), v1::SOURCE_TRUST_UNREVIEWED);
  EXPECT_TRUE(response.source_sets(1).withdrawn());
  EXPECT_GT(response.source_sets(1).withdrawal_date().year(), 0);
}

TEST_F(SourceSetsTest, AWithdrawalOfWhichOnlyTheRecordIsLeftCanBeTakenBack) {
  Start();
  ImportAll();
  const std::string before = ActiveGeneration();
  Plant();
  Withdraw("corpora/default/sourceSets/forum");
  Activate(before);
  EXPECT_TRUE(List().source_sets(1).withdrawn());
  EXPECT_FALSE(Reinstate("corpora/default/sourceSets/forum").withdrawn());
  EXPECT_TRUE(status_.ok());
  EXPECT_EQ(List().source_sets_size(), 1);
}

TEST_F(SourceSetsTest, ASetThatIsNotThereCannotBeWithdrawn) {
  Start();
  ImportAll();
  Withdraw("corpora/default/sourceSets/forumm");
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(status_.error_message(), HasSubstr("ListSourceSets"));
  Reinstate("corpora/default/sourceSets/forumm");
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::NOT_FOUND);
  Withdraw("corpora/absent/sourceSets/default");
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::NOT_FOUND);
  Withdraw("corpora/default/sourceSets/No Set");
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(Evidence(), Not(IsEmpty()));
}

TEST_F(SourceSetsTest, ARequestIdBelongsToOneChange) {
  Start();
  Plant();
  Withdraw("corpora/default/sourceSets/forum", "id-1");
  Withdraw("corpora/default/sourceSets/forum", "id-1");
  EXPECT_TRUE(status_.ok());
  Withdraw("corpora/default/sourceSets/default", "id-1");
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_FALSE(List().source_sets(0).withdrawn());
}

TEST_F(SourceSetsTest, AnImportIntoNoNameIsRefused) {
  Start();
  v1::ImportDocumentsRequest request;
  request.set_parent("corpora/default");
  request.add_sources(".");
  request.set_source_set("No Set");
  grpc::ClientContext context;
  google::longrunning::Operation operation;
  const grpc::Status status = corpora_->ImportDocuments(&context, request, &operation);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace bedside
