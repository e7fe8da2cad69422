// What a client of a server sees on the main paths, and when a part fails. Bad input: bad_input_test.cc.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/fakes/temp_folder.h"
#include "tests/index/ranking/cross_encoder_models.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ServiceTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    Start();
  }

  grpc::Status Search(const v1::SearchRequest& request, v1::SearchResponse* response) {
    grpc::ClientContext context;
    return evidence_->Search(&context, request, response);
  }
  grpc::Status Search(const v1::SearchRequest& request) {
    v1::SearchResponse response;
    return Search(request, &response);
  }
  grpc::Status SetStatus(const std::string& document, v1::DocumentStatus status, v1::Document* response) {
    grpc::ClientContext context;
    v1::SetDocumentStatusRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_status(status);
    request.set_reason("a test");
    return corpora_->SetDocumentStatus(&context, request, response);
  }
  grpc::Status Delete(const std::string& document, const std::string& request_id = "") {
    grpc::ClientContext context;
    v1::DeleteDocumentRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_request_id(request_id);
    google::protobuf::Empty response;
    return corpora_->DeleteDocument(&context, request, &response);
  }
  grpc::Status GetDocument(const std::string& name, v1::Document* document) {
    grpc::ClientContext context;
    v1::GetDocumentRequest request;
    request.set_name(name);
    return evidence_->GetDocument(&context, request, document);
  }
  std::vector<v1::Generation> Generations() {
    grpc::ClientContext context;
    v1::ListGenerationsRequest request;
    request.set_parent("corpora/default");
    v1::ListGenerationsResponse response;
    const grpc::Status status = index_->ListGenerations(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return {response.generations().begin(), response.generations().end()};
  }
  grpc::Status Ask(const std::string& question, v1::AnswerResponse* response) {
    grpc::ClientContext context;
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(question);
    return answers_->Answer(&context, request, response);
  }
};

TEST_F(ServiceTest, FindsWhatWasImported) {
  EXPECT_EQ(ImportAll().counts().documents_published(), 3);
  EXPECT_THAT(Found(Question("metformin eGFR below 30")), Contains("metformin-renal"));
  EXPECT_EQ(Found(Question("international normalised ratio of warfarin")).front(), "warfarin-monitoring");
}

TEST_F(ServiceTest, ShowsScoresByStageAndTheViewThatAnswered) {
  ImportAll();
  v1::SearchResponse response;
  ASSERT_TRUE(Search(Question("metformin eGFR"), &response).ok());
  ASSERT_GT(response.hits_size(), 0);
  const v1::SearchHit& best = response.hits(0);
  EXPECT_EQ(best.stages().lexical_rank(), 1);
  EXPECT_TRUE(best.stages().has_dense_score());
  EXPECT_DOUBLE_EQ(best.score(), best.stages().fused_score() + best.stages().prior());
  EXPECT_THAT(best.passage().text(), HasSubstr("metformin"));
  EXPECT_THAT(response.view().generation(), HasSubstr("corpora/default/generations/"));
  EXPECT_THAT(response.degraded(), IsEmpty());
}

TEST_F(ServiceTest, RanksByTheCrossEncoderThatIsConfigured) {
  ImportAll();
  const v1::SearchRequest request = Question("metformin eGFR");
  ASSERT_NE(Found(request).front(), "warfarin-monitoring");
  config::CrossEncoderConfig& cross_encoder = *config_.mutable_retrieval()->mutable_cross_encoder();
  cross_encoder.set_model_path(CrossEncoderFolder(PassageSumModel(), {{"warfarin", 100}}));
  Start();
  v1::SearchResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  EXPECT_THAT(response.hits(0).document().name(), HasSubstr("warfarin-monitoring"));
  EXPECT_GE(response.hits(0).stages().cross_encoder_score(), 100);
  EXPECT_DOUBLE_EQ(response.hits(0).score(),
                   response.hits(0).stages().cross_encoder_score() + response.hits(0).stages().prior());
  EXPECT_THAT(response.degraded(), IsEmpty());
}

TEST_F(ServiceTest, SaysWhenTheCrossEncoderDidNotRank) {
  ImportAll();
  const v1::SearchRequest request = Question("metformin eGFR");
  const std::vector<std::string> before = Found(request);
  config_.mutable_retrieval()->mutable_cross_encoder()->set_model_path(
      CrossEncoderFolder(NotANumberModel(), {{"warfarin", 100}}));
  Start();
  v1::SearchResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  EXPECT_THAT(response.degraded(), ElementsAre("cross_encoder"));
  EXPECT_FALSE(response.hits(0).stages().has_cross_encoder_score());
  EXPECT_EQ(Found(request), before);
}

TEST_F(ServiceTest, ExplainsEachHitWhereThatIsWantedAndRanksThemTheSame) {
  ImportAll();
  v1::SearchRequest request = Question("metformin eGFR");
  v1::SearchResponse plain;
  ASSERT_TRUE(Search(request, &plain).ok());
  request.set_explain(true);
  v1::SearchResponse explained;
  ASSERT_TRUE(Search(request, &explained).ok());
  ASSERT_EQ(explained.hits_size(), plain.hits_size());
  for (int i = 0; i < plain.hits_size(); ++i) {
    EXPECT_FALSE(plain.hits(i).has_explanation());
    const v1::HitExplanation& why = explained.hits(i).explanation();
    const v1::PriorExplanation& prior = why.prior();
    const double sum = why.lexical().weight() * why.lexical().standardised() +
                       why.dense().weight() * why.dense().standardised() + why.second_stage() + prior.kind() +
                       prior.age() + prior.grade() + prior.jurisdiction() + prior.status();
    EXPECT_NEAR(sum, explained.hits(i).score(), 1e-12);
    EXPECT_EQ(explained.hits(i).passage().name(), plain.hits(i).passage().name());
    EXPECT_EQ(explained.hits(i).score(), plain.hits(i).score());
  }
}

TEST_F(ServiceTest, EncodesARepeatedQuestionOnce) {
  ImportAll();
  const v1::SearchRequest request = Question("metformin dose");
  const std::vector<std::string> first = Found(request);
  const size_t encoded = embedder_->questions_embedded();
  EXPECT_EQ(encoded, 1u);
  EXPECT_EQ(Found(request), first);
  EXPECT_EQ(embedder_->questions_embedded(), encoded);
  Found(Question("metformin dose in renal failure"));
  EXPECT_EQ(embedder_->questions_embedded(), encoded + 1);
}

TEST_F(ServiceTest, KeepsNoQuestionWhereTheConfigurationSaysSo) {
  config_.mutable_index()->mutable_embedder()->set_kept_questions(0);
  Start();
  ImportAll();
  Found(Question("metformin dose"));
  Found(Question("metformin dose"));
  EXPECT_EQ(embedder_->questions_embedded(), 2u);
}

TEST_F(ServiceTest, OffersSupersededDocumentsOnlyWhenAskedFor) {
  ImportAll();
  v1::SearchRequest request = Question("metformin creatinine");
  EXPECT_THAT(Found(request), Not(Contains("metformin-old")));
  request.mutable_filter()->set_include_superseded(true);
  v1::SearchResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  ASSERT_THAT(Found(request), Contains("metformin-old"));
  for (const v1::SearchHit& hit : response.hits()) {
    if (hit.document().name() != "corpora/default/documents/metformin-old") continue;
    EXPECT_EQ(hit.document().status(), v1::DOCUMENT_STATUS_SUPERSEDED);
    EXPECT_THAT(hit.document().status_reason(), HasSubstr("metformin-renal"));
  }
}

TEST_F(ServiceTest, FiltersInsideTheSearch) {
  ImportAll();
  v1::SearchRequest request = Question("metformin");
  request.mutable_filter()->add_jurisdictions("us");
  EXPECT_THAT(Found(request), Not(Contains("metformin-renal")));
  EXPECT_THAT(Found(request), Contains("warfarin-monitoring")) << "what is left is ranked";
}

TEST_F(ServiceTest, FindsNothingBehindAFilterThatMatchesNothing) {
  ImportAll();
  v1::SearchRequest request = Question("metformin");
  request.mutable_filter()->add_jurisdictions("nowhere");
  EXPECT_THAT(Found(request), IsEmpty());
}

TEST_F(ServiceTest, PagesThroughTheRankingWithoutGapOrRepetition) {
  ImportAll();
  const std::vector<std::string> all = Found(Question("metformin warfarin"));
  v1::SearchRequest request = Question("metformin warfarin");
  request.set_page_size(1);
  std::vector<std::string> paged;
  do {
    v1::SearchResponse response;
    ASSERT_TRUE(Search(request, &response).ok());
    ASSERT_EQ(response.hits_size(), 1);
    const std::string& name = response.hits(0).document().name();
    paged.push_back(name.substr(name.rfind('/') + 1));
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(paged, all);
}

TEST_F(ServiceTest, TheNextPageMayBeExplainedThoughTheFirstWasNot) {
  ImportAll();
  v1::SearchRequest request = Question("metformin warfarin");
  request.set_page_size(1);
  v1::SearchResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  request.set_page_token(response.next_page_token());
  request.set_explain(true);
  ASSERT_TRUE(Search(request, &response).ok());
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_TRUE(response.hits(0).has_explanation());
}

TEST_F(ServiceTest, EndsAPagingThatTheIndexHasOvertaken) {
  ImportAll();
  v1::SearchRequest request = Question("metformin warfarin");
  request.set_page_size(1);
  v1::SearchResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  request.set_page_token(response.next_page_token());
  ASSERT_TRUE(Delete("warfarin-monitoring").ok());
  EXPECT_EQ(Search(request).error_code(), StatusCode::ABORTED);
}

TEST_F(ServiceTest, TakesARetractionOutAtOnceAndKeepsItOutAfterARestart) {
  ImportAll();
  v1::Document document;
  ASSERT_TRUE(SetStatus("warfarin-monitoring", v1::DOCUMENT_STATUS_RETRACTED, &document).ok());
  EXPECT_EQ(document.status(), v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_THAT(Found(Question("warfarin ratio")), Not(Contains("warfarin-monitoring")));
  Start();
  EXPECT_THAT(Found(Question("warfarin ratio")), Not(Contains("warfarin-monitoring")));
  ASSERT_TRUE(GetDocument("corpora/default/documents/warfarin-monitoring", &document).ok()) << "it is still shown";
  EXPECT_EQ(document.status(), v1::DOCUMENT_STATUS_RETRACTED);
}

TEST_F(ServiceTest, TakesBackWhatTheOperatorSaid) {
  ImportAll();
  v1::Document document;
  ASSERT_TRUE(SetStatus("warfarin-monitoring", v1::DOCUMENT_STATUS_WITHDRAWN, &document).ok());
  ASSERT_TRUE(SetStatus("warfarin-monitoring", v1::DOCUMENT_STATUS_CURRENT, &document).ok());
  EXPECT_EQ(document.status(), v1::DOCUMENT_STATUS_CURRENT);
  EXPECT_THAT(Found(Question("warfarin ratio")), Contains("warfarin-monitoring"));
}

TEST_F(ServiceTest, DoesNotLetTheOperatorUndoASupersession) {
  ImportAll();
  v1::Document document;
  ASSERT_TRUE(SetStatus("metformin-old", v1::DOCUMENT_STATUS_CURRENT, &document).ok());
  EXPECT_EQ(document.status(), v1::DOCUMENT_STATUS_SUPERSEDED);
}

TEST_F(ServiceTest, DeletesForGoodAlsoAgainstANewImportAndARollBack) {
  const std::string first = ImportAll().generation();
  ASSERT_TRUE(Delete("warfarin-monitoring").ok());
  v1::Document document;
  EXPECT_EQ(GetDocument("corpora/default/documents/warfarin-monitoring", &document).error_code(),
            StatusCode::NOT_FOUND);
  EXPECT_EQ(Delete("warfarin-monitoring").error_code(), StatusCode::NOT_FOUND);
  WriteSource("other.md", "# Other\n\nSomething else about warfarin.\n");
  EXPECT_NE(ImportAll().generation(), first);
  EXPECT_THAT(Found(Question("warfarin ratio")), Not(Contains("warfarin-monitoring")));
  grpc::ClientContext context;
  v1::ActivateGenerationRequest request;
  request.set_name(first);
  v1::Generation generation;
  ASSERT_TRUE(index_->ActivateGeneration(&context, request, &generation).ok());
  EXPECT_EQ(generation.state(), v1::GENERATION_STATE_ACTIVE);
  EXPECT_THAT(Found(Question("warfarin ratio")), Not(Contains("warfarin-monitoring")));
}

TEST_F(ServiceTest, AnswersARepeatedDeletionAsBefore) {
  ImportAll();
  EXPECT_TRUE(Delete("warfarin-monitoring", "request-1").ok());
  EXPECT_TRUE(Delete("warfarin-monitoring", "request-1").ok());
}

TEST_F(ServiceTest, ShowsDocumentsAndPassages) {
  ImportAll();
  v1::SearchResponse response;
  ASSERT_TRUE(Search(Question("warfarin ratio"), &response).ok());
  const v1::Passage& hit = response.hits(0).passage();
  grpc::ClientContext context;
  v1::GetPassageRequest request;
  request.set_name(hit.name());
  v1::Passage passage;
  ASSERT_TRUE(evidence_->GetPassage(&context, request, &passage).ok());
  EXPECT_EQ(passage.SerializeAsString(), hit.SerializeAsString());
  v1::Document document;
  ASSERT_TRUE(GetDocument(response.hits(0).document().name(), &document).ok());
  EXPECT_EQ(document.text().substr(hit.span().begin(), hit.span().end() - hit.span().begin()), hit.text());
  EXPECT_GT(document.sections_size(), 0);
}

TEST_F(ServiceTest, ListsDocumentsByIdInPages) {
  ImportAll();
  v1::ListDocumentsRequest request;
  request.set_parent("corpora/default");
  request.set_page_size(2);
  std::vector<std::string> titles;
  do {
    grpc::ClientContext context;
    v1::ListDocumentsResponse response;
    ASSERT_TRUE(evidence_->ListDocuments(&context, request, &response).ok());
    EXPECT_EQ(response.total_size(), 3);
    for (const v1::Document& document : response.documents()) titles.push_back(document.title());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(titles, ElementsAre("Metformin and kidney function, first edition", "Metformin and kidney function",
                                  "Monitoring of warfarin"));
}

TEST_F(ServiceTest, AnswersWithCitationsIntoTheEvidence) {
  ImportAll();
  v1::AnswerResponse response;
  ASSERT_TRUE(Ask("At which eGFR should metformin be stopped?", &response).ok());
  ASSERT_TRUE(response.answer().has_text()) << response.answer().DebugString();
  EXPECT_THAT(response.answer().text().sentences(0).text(), HasSubstr("below 30"));
  for (const v1::AnswerSentence& sentence : response.answer().text().sentences()) {
    ASSERT_GT(sentence.citations_size(), 0);
    for (const v1::Citation& citation : sentence.citations()) {
      ASSERT_LE(citation.evidence_number(), response.answer().basis().evidence_size());
      const v1::Span& outer = response.answer().basis().evidence(citation.evidence_number() - 1).passage().span();
      EXPECT_LE(outer.begin(), citation.span().begin());
      EXPECT_GE(outer.end(), citation.span().end());
    }
  }
  EXPECT_EQ(response.answer().basis().generator(), "extractive");
  EXPECT_NE(response.request_id(), "");
}

TEST_F(ServiceTest, AbstainsWithAReasonWhenNothingIsFound) {
  ImportAll();
  grpc::ClientContext context;
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question("At which eGFR should metformin be stopped?");
  request.mutable_filter()->add_jurisdictions("nowhere");
  v1::AnswerResponse response;
  ASSERT_TRUE(answers_->Answer(&context, request, &response).ok());
  EXPECT_EQ(response.answer().abstention().reason(), v1::ABSTENTION_REASON_NO_EVIDENCE);
  EXPECT_NE(response.answer().abstention().message(), "");
}

TEST_F(ServiceTest, StreamsEvidenceThenSentencesThenTheWhole) {
  ImportAll();
  grpc::ClientContext context;
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question("At which eGFR should metformin be stopped?");
  const auto stream = answers_->StreamAnswer(&context, request);
  std::vector<v1::StreamAnswerResponse::PartCase> parts;
  v1::StreamAnswerResponse part;
  while (stream->Read(&part)) parts.push_back(part.part_case());
  ASSERT_TRUE(stream->Finish().ok());
  ASSERT_GE(parts.size(), 3u);
  EXPECT_EQ(parts.front(), v1::StreamAnswerResponse::kEvidence);
  EXPECT_EQ(parts[1], v1::StreamAnswerResponse::kSentence);
  EXPECT_EQ(parts.back(), v1::StreamAnswerResponse::kComplete);
}

TEST_F(ServiceTest, SearchesLexicallyWhenTheModelFailsAndSaysSo) {
  ImportAll();
  embedder_->FailWith(absl::InternalError("the model failed"));
  v1::SearchResponse response;
  ASSERT_TRUE(Search(Question("warfarin ratio"), &response).ok());
  EXPECT_THAT(response.degraded(), ElementsAre("dense"));
  EXPECT_GT(response.hits_size(), 0);
}

TEST_F(ServiceTest, ListsGenerationsAndSwitchesBack) {
  const std::string first = ImportAll().generation();
  WriteSource("new.md", "# New\n\nText.\n");
  const std::string second = ImportAll().generation();
  grpc::ClientContext context;
  v1::ListGenerationsRequest request;
  request.set_parent("corpora/default");
  v1::ListGenerationsResponse response;
  ASSERT_TRUE(index_->ListGenerations(&context, request, &response).ok());
  ASSERT_EQ(response.generations_size(), 2);
  EXPECT_EQ(response.generations(0).name(), second);
  EXPECT_EQ(response.generations(0).state(), v1::GENERATION_STATE_ACTIVE);
  EXPECT_EQ(response.generations(1).name(), first);
  EXPECT_EQ(response.generations(1).state(), v1::GENERATION_STATE_KEPT);
  EXPECT_EQ(response.generations(0).vector_index(), "flat");
  EXPECT_EQ(response.generations(0).dimension(), 64);
}

TEST_F(ServiceTest, ReindexesWithAnotherModelAfterRefusingToMixTwo) {
  ImportAll();
  Start("b");
  EXPECT_EQ(Search(Question("metformin")).error_code(), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(Generations().at(0).state(), v1::GENERATION_STATE_ACTIVE) << "it is to serve, though it cannot";
  grpc::ClientContext context;
  v1::ReindexRequest request;
  request.set_parent("corpora/default");
  google::longrunning::Operation operation;
  ASSERT_TRUE(corpora_->Reindex(&context, request, &operation).ok());
  EXPECT_FALSE(Await(operation).has_error());
  EXPECT_THAT(Found(Question("metformin eGFR")), Contains("metformin-renal"));
}

// Bad input.

TEST_F(ServiceTest, RefusesAQuestionOfAMegabyte) {
  const grpc::Status status = Search(Question(std::string(1 << 20, 'x')));
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("8192"));
  v1::AnswerResponse response;
  EXPECT_EQ(Ask(std::string(1 << 20, 'x'), &response).error_code(), StatusCode::INVALID_ARGUMENT);
}

TEST_F(ServiceTest, EndsAnImportOfAMissingSourceWithAnError) {
  grpc::ClientContext context;
  v1::ImportDocumentsRequest request;
  request.set_parent("corpora/default");
  request.add_sources("no-such-file.md");
  google::longrunning::Operation operation;
  ASSERT_TRUE(corpora_->ImportDocuments(&context, request, &operation).ok());
  operation = Await(operation);
  EXPECT_EQ(operation.error().code(), static_cast<int>(StatusCode::INVALID_ARGUMENT));
  EXPECT_THAT(operation.error().message(), HasSubstr("name nothing: no-such-file.md"));
  EXPECT_THAT(operation.error().message(), Not(HasSubstr(root_))) << "where the root lies is not the caller's business";
}

TEST_F(ServiceTest, DoesNotFollowLinksOutOfTheImportRoot) {
  const std::string outside = TempFolder();
  WriteFile(outside, "secret.md", "# Secret\n\nNobody may read this.\n");
  std::filesystem::create_directory_symlink(outside, root_ + "/folder");
  const v1::JobReport report = ImportAll();
  EXPECT_EQ(report.counts().documents_published(), 3);
  ASSERT_EQ(report.problems_size(), 1);
  EXPECT_THAT(report.problems(0).source(), HasSubstr("/folder"));
}

TEST_F(ServiceTest, LeavesNoStoreBehindWhenItStartsWithoutAModel) {
  config_.mutable_index()->set_store_path(TempFolder());
  const auto started = ServiceAssembly::Create(
      config_, [](const config::EmbedderConfig&) { return absl::NotFoundError("no model there"); });
  EXPECT_EQ(started.status().message(), "no model there");
  EXPECT_FALSE(std::filesystem::exists(config_.index().store_path()));
}

TEST_F(ServiceTest, NoticesACorruptIndexWhenItStartsAndServesNothingFromIt) {
  ImportAll();
  Stop();
  {
    const auto store = EvidenceStore::Open(store_path_, Database::Access::kReadWrite);
    const storage::Manifest manifest = (*store)->manifests().Manifests("default")->front();
    ASSERT_TRUE((*store)->segments().PutPieces(manifest.segments(0).segment(), "lexical", 0, "rot").ok());
  }
  Start();
  const grpc::Status status = Search(Question("metformin"));
  EXPECT_EQ(status.error_code(), StatusCode::DATA_LOSS);
  EXPECT_THAT(status.error_message(), HasSubstr("SHA-256"));
}

TEST_F(ServiceTest, RefusesACallThatComesTooLate) {
  ImportAll();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() - std::chrono::seconds(1));
  v1::SearchResponse response;
  EXPECT_EQ(evidence_->Search(&context, Question("metformin"), &response).error_code(), StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace bedside
