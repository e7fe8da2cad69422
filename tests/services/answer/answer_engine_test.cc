#include "services/answer/answer_engine.h"

#include "tests/services/answer/answer_engine_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST_F(AnswerEngineTest, AnswersExtractivelyByDefault) {
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give aspirin within 48 hours of an acute stroke.",
                                         "Early aspirin reduced recurrent stroke in 300 adults."));
  EXPECT_EQ(answer.basis().generator(), "extractive");
  EXPECT_THAT(answer.basis().degraded(), IsEmpty());
}

TEST_F(AnswerEngineTest, BasisSaysWhatTheAnswerRestsOn) {
  const v1::Basis basis = Answer().basis();
  ASSERT_EQ(basis.evidence_size(), 2);
  EXPECT_THAT(basis.evidence(0).passage().name(), StartsWith("corpora/c/documents/guideline/passages/0-"));
  EXPECT_EQ(basis.evidence(0).document().publisher(), "Example Society");
  EXPECT_EQ(basis.evidence(0).score(), 1);
  EXPECT_EQ(basis.view().generation(), "corpora/c/generations/7");
  EXPECT_EQ(basis.embedder(), "embedder-1");
  EXPECT_TRUE(basis.timings().has_retrieve());
  EXPECT_TRUE(basis.timings().has_generate());
  EXPECT_TRUE(basis.timings().has_total());
}

TEST_F(AnswerEngineTest, BasisNamesWhatWasFoldedIntoItsEvidence) {
  source_.evidence.passages[1].folded = {{"copy", {7, 60}}, {"other%2Fcopy", {0, 53}}};
  const v1::Basis basis = Answer().basis();
  EXPECT_THAT(basis.evidence(0).also_in(), IsEmpty());
  EXPECT_THAT(basis.evidence(1).also_in(),
              ElementsAre("corpora/c/documents/copy/passages/7-60", "corpora/c/documents/other%2Fcopy/passages/0-53"));
}

TEST_F(AnswerEngineTest, EvidenceIsShownOnceThenEverySentence) {
  const v1::Answer answer = Answer();
  ASSERT_THAT(shown_evidence_, SizeIs(1));
  EXPECT_EQ(shown_evidence_[0].evidence_size(), 2);
  EXPECT_EQ(shown_evidence_[0].view().generation(), "corpora/c/generations/7");
  EXPECT_EQ(shown_, Texts(answer));
}

TEST_F(AnswerEngineTest, WorksWithoutAnybodyWatching) {
  observer_ = AnswerObserver();
  EXPECT_THAT(Texts(Answer()), SizeIs(2));
}

TEST_F(AnswerEngineTest, LimitIsTheRequestsOrTheConfigured) {
  config_.set_max_evidence(3);
  Answer();
  EXPECT_EQ(source_.last_question.limit, 3u);
  limit_ = 5;
  Answer();
  EXPECT_EQ(source_.last_question.limit, 5u);
}

TEST_F(AnswerEngineTest, DegradedRetrievalIsNamed) {
  source_.evidence.degraded = {"dense"};
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().degraded(), ElementsAre("dense", HasSubstr("evidence filter")));
  EXPECT_TRUE(answer.has_text());
}

TEST_F(AnswerEngineTest, AbstainsWithoutEvidence) {
  source_.evidence.passages.clear();
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_NO_EVIDENCE);
  EXPECT_THAT(answer.abstention().message(), Not(IsEmpty()));
  EXPECT_THAT(shown_evidence_, SizeIs(1));
  EXPECT_THAT(shown_, IsEmpty());
}

TEST_F(AnswerEngineTest, AsksWhichDrugIsMeantWhateverWasFound) {
  v1::Ambiguity& ambiguity = *source_.evidence.interpretation.add_ambiguities();
  ambiguity.set_word("asprni");
  ambiguity.add_names("aspirin");
  ambiguity.add_names("asparin");
  UseChat(EventStream({"Never asked [1]."}));
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION);
  EXPECT_EQ(answer.abstention().message(),
            "This corpus does not know \"asprni\", which may mean aspirin or asparin. Ask again with the name that you "
            "mean.");
  EXPECT_EQ(answer.basis().interpretation().ambiguities_size(), 1);
  EXPECT_THAT(answer.basis().evidence(), Not(IsEmpty()));
}

TEST_F(AnswerEngineTest, AsksWhetherTheOnlyDrugThatIsSpelledAlikeIsMeant) {
  v1::Ambiguity& ambiguity = *source_.evidence.interpretation.add_ambiguities();
  ambiguity.set_word("prednisolone");
  ambiguity.add_names("prednisone");
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION);
  EXPECT_THAT(answer.abstention().message(), HasSubstr("prednisone, which is spelled alike but may be another drug"));
}

TEST_F(AnswerEngineTest, AnswersTheCorrectedQuestionAndSaysWhatWasAssumed) {
  source_.evidence.counts = {10, {{"aspirin", 5}, {"stroke", 5}}};
  source_.evidence.passages = {
      EvidenceBuilder("other", "Heparin").Paragraph("Heparin is given within 48 hours of an acute stroke.").Build()};
  EXPECT_TRUE(Answer().has_abstention());
  source_.evidence.corrected_question = "When is heparin given after acute stroke?";
  v1::Assumption& assumption = *source_.evidence.interpretation.add_assumptions();
  assumption.set_from("aspirin");
  assumption.set_to("heparin");
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Heparin is given within 48 hours of an acute stroke."));
  EXPECT_EQ(answer.basis().interpretation().assumptions(0).to(), "heparin");
}

TEST_F(AnswerEngineTest, SaysNothingOfAssumptionsWhereThereAreNone) {
  EXPECT_FALSE(Answer().basis().has_interpretation());
}

TEST_F(AnswerEngineTest, AbstainsOnWeakEvidence) {
  source_.evidence.passages = {
      EvidenceBuilder("far", "Gout").Paragraph("Colchicine helps in gout.").Relevance(0.4).Build()};
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_WEAK_EVIDENCE);
  EXPECT_THAT(answer.basis().evidence(), IsEmpty());
}

TEST_F(AnswerEngineTest, AbstainsWhenNothingMayBeShown) {
  EvidenceBuilder hidden("hidden", "T");
  hidden.Paragraph("Give aspirin early.").document().mutable_rights()->set_hidden(true);
  source_.evidence.passages = {hidden.Build()};
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_NO_EVIDENCE);
  EXPECT_THAT(answer.abstention().message(), HasSubstr("do not allow"));
}

TEST_F(AnswerEngineTest, AbstainsWhenNoFindingIsStated) {
  source_.evidence.passages = {
      EvidenceBuilder("b", "T").Label("BACKGROUND").Paragraph("Aspirin may help after acute stroke.").Build()};
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_WEAK_EVIDENCE);
  EXPECT_THAT(answer.basis().evidence(), SizeIs(1));
}

TEST_F(AnswerEngineTest, AbstainsWhenTheSubjectIsNotNamed) {
  source_.evidence.passages = {
      EvidenceBuilder("b", "Heparin").Paragraph("Heparin is given after acute stroke in adults.").Build()};
  source_.evidence.counts = {10, {{"aspirin", 0}}};
  UseChat(EventStream({"Never asked [1]."}));
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_WEAK_EVIDENCE);
  EXPECT_THAT(answer.abstention().message(), HasSubstr("another name"));
  EXPECT_THAT(answer.basis().evidence(), SizeIs(1));
  EXPECT_THAT(server_->requests(), IsEmpty());
}

TEST_F(AnswerEngineTest, TermsOfTheQuestionAreToBeCounted) {
  Answer();
  EXPECT_THAT(source_.last_question.counted_terms, testing::Contains("aspirin"));
}

TEST_F(AnswerEngineTest, ErrorsOfTheEvidenceSourceArePassedOn) {
  source_.status = absl::UnavailableError("nothing loaded");
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kUnavailable, "nothing loaded"));
  EXPECT_THAT(shown_evidence_, IsEmpty());
}

TEST_F(AnswerEngineTest, CancellationStopsTheWork) {
  until_.is_cancelled = [] { return true; };
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kCancelled));
  until_.is_cancelled = [this] { return !shown_.empty(); };
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(shown_, SizeIs(1));
}

TEST_F(AnswerEngineTest, NothingBeginsAfterTheDeadline) {
  time_ = -absl::InfiniteDuration();
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("no time was left to find evidence")));
  EXPECT_THAT(shown_evidence_, IsEmpty());
}

TEST_F(AnswerEngineTest, BadConfigurationIsRefused) {
  config_.set_max_sentences(99);
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("max_sentences")));
}

TEST_F(AnswerEngineTest, GeneratorOutsideThisMachineMustBeAccepted) {
  auto& chat = *config_.mutable_generator()->mutable_chat();
  chat.set_base_url("https://llm.example.org/v1");
  chat.set_model("large");
  EXPECT_THAT(AnswerEngine::Create(config_, &source_, embedder_), StatusIs(absl::StatusCode::kInvalidArgument));
  chat.set_outside_trust_zone_accepted(true);
  EXPECT_THAT(AnswerEngine::Create(config_, &source_, embedder_), IsOk());
}

}  // namespace
}  // namespace bedside
