#include "services/answer/answer_engine.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/fake_evidence_source.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

EvidencePassage Guideline() {
  EvidenceBuilder builder("guideline", "Management of acute stroke");
  builder.document().set_publisher("Example Society");
  return builder.Heading("Recommendations").Paragraph("Give aspirin within 48 hours of an acute stroke.").Build();
}

EvidencePassage Trial() {
  return EvidenceBuilder("trial", "A trial of aspirin")
      .Label("RESULTS")
      .Paragraph("Early aspirin reduced recurrent stroke in 300 adults.")
      .Build();
}

class AnswerEngineTest : public testing::Test {
 protected:
  AnswerEngineTest() {
    source_.evidence.passages = {Guideline(), Trial()};
    source_.evidence.view.set_generation("corpora/c/generations/7");
    source_.evidence.embedder = "embedder-1";
    observer_.on_evidence = [this](const v1::Basis& basis) { shown_evidence_.push_back(basis); };
    observer_.on_sentence = [this](const v1::AnswerSentence& sentence) { shown_.push_back(sentence.text()); };
  }

  // An engine that asks a chat server which responds with `response`.
  void UseChat(const std::string& response, ChatServer::Ending ending = ChatServer::Ending::kClose) {
    server_ = ChatServer::Start({response, ending});
    auto& chat = *config_.mutable_generator()->mutable_chat();
    chat.set_base_url(server_->base_url());
    chat.set_model("small");
  }

  absl::StatusOr<v1::Answer> Ask() {
    auto engine = AnswerEngine::Create(config_, &source_);
    if (!engine.ok()) return engine.status();
    EvidenceQuestion question;
    question.corpus = "c";
    question.question = "When is aspirin given after acute stroke?";
    question.limit = limit_;
    question.deadline = deadline_;
    return (*engine)->Answer(question, observer_);
  }

  v1::Answer Answer() {
    const auto answer = Ask();
    EXPECT_THAT(answer, IsOk());
    return answer.value_or(v1::Answer());
  }

  static std::vector<std::string> Texts(const v1::Answer& answer) {
    std::vector<std::string> texts;
    for (const v1::AnswerSentence& sentence : answer.text().sentences()) texts.push_back(sentence.text());
    return texts;
  }

  FakeEvidenceSource source_;
  config::AnswerConfig config_;
  size_t limit_ = 0;
  absl::Time deadline_ = absl::InfiniteFuture();
  AnswerObserver observer_;
  std::vector<v1::Basis> shown_evidence_;
  std::vector<std::string> shown_;
  std::unique_ptr<ChatServer> server_;
};

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
  observer_.is_cancelled = [] { return true; };
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kCancelled));
  observer_.is_cancelled = [this] { return !shown_.empty(); };
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(shown_, SizeIs(1));
}

TEST_F(AnswerEngineTest, BadConfigurationIsRefused) {
  config_.set_max_sentences(99);
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("max_sentences")));
}

TEST_F(AnswerEngineTest, GeneratorOutsideThisMachineMustBeAccepted) {
  auto& chat = *config_.mutable_generator()->mutable_chat();
  chat.set_base_url("https://llm.example.org/v1");
  chat.set_model("large");
  EXPECT_THAT(AnswerEngine::Create(config_, &source_), StatusIs(absl::StatusCode::kInvalidArgument));
  chat.set_outside_trust_zone_accepted(true);
  EXPECT_THAT(AnswerEngine::Create(config_, &source_), IsOk());
}

TEST_F(AnswerEngineTest, ModelsAnswerIsCheckedSentenceBySentence) {
  UseChat(EventStream(
      {"Give aspirin within 48 ", "hours [1]. It helps adults [1, ", "2]. I am glad to help. Take care [9]."}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give aspirin within 48 hours.", "It helps adults."));
  EXPECT_EQ(answer.basis().generator(), "small");
  EXPECT_EQ(answer.basis().removed_citations(), 1);
  EXPECT_EQ(answer.basis().removed_sentences(), 2);
  EXPECT_THAT(answer.basis().degraded(), IsEmpty());
  EXPECT_EQ(answer.basis().generator_fault(), v1::GENERATOR_FAULT_UNSPECIFIED);
  EXPECT_EQ(answer.basis().prompt_template(), "bedside-2");
  EXPECT_EQ(shown_, Texts(answer));
}

TEST_F(AnswerEngineTest, ModelsSentenceCitesThePassagesThatItNames) {
  UseChat(EventStream({"It helps adults [1, 2]."}));
  const v1::Answer answer = Answer();
  ASSERT_EQ(answer.text().sentences_size(), 1);
  const auto& citations = answer.text().sentences(0).citations();
  ASSERT_EQ(citations.size(), 2);
  EXPECT_EQ(citations[0].evidence_number(), 1);
  EXPECT_EQ(citations[1].evidence_number(), 2);
  EXPECT_EQ(citations[1].span().end(), Trial().document->text().size());
}

TEST_F(AnswerEngineTest, ModelsSentenceThatItsPassagesDoNotHoldIsRemovedAndCounted) {
  UseChat(EventStream({"Give aspirin within 48 hours [1]. Give aspirin within 24 hours [1]. Warfarin is safer [2]."}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give aspirin within 48 hours."));
  EXPECT_EQ(answer.basis().removed_sentences(), 2);
  EXPECT_EQ(answer.basis().removed_citations(), 0);
  EXPECT_EQ(shown_, Texts(answer));
}

TEST_F(AnswerEngineTest, ListOfSourcesIsNoSentence) {
  UseChat(EventStream({"Give aspirin within 48 hours [1].\n\n### Sources\n[1] Management of acute stroke\n"}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give aspirin within 48 hours."));
  EXPECT_EQ(answer.basis().removed_sentences(), 2);
}

TEST_F(AnswerEngineTest, ModelThatRepeatsItsInstructionsFallsBack) {
  UseChat(
      EventStream({"End every sentence with the numbers of the passages that it rests on: [2] or [1, 3]. "
                   "Write two to six plain sentences [1]."}));
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.basis().generator(), "extractive");
  EXPECT_EQ(answer.basis().removed_sentences(), 2);
  EXPECT_THAT(Texts(answer), ElementsAre(StartsWith("Give aspirin"), StartsWith("Early aspirin")));
}

TEST_F(AnswerEngineTest, ModelSeesPassagesAndQuestion) {
  UseChat(EventStream({"It helps [1]."}));
  Answer();
  EXPECT_THAT(server_->requests(), ElementsAre(AllOf(ContainsRegex("Give.{1,2}aspirin.{1,2}within.{1,2}48.{1,2}hours"),
                                                     ContainsRegex("Example.{1,2}Society"),
                                                     HasSubstr("When is aspirin given after acute stroke?"))));
}

TEST_F(AnswerEngineTest, ModelThatFindsNoAnswerAbstains) {
  for (const char* text : {"NO ANSWER", "NO ANSWER.", " \n**NO ANSWER**", "NO ANSWER [1].", "NO ANSWER. I am sorry.",
                           "NO ANSWER. Aspirin after acute stroke [1].",
                           "No answer. Give aspirin within 48 hours [1]. Early aspirin reduced recurrent stroke [2]. "
                           "Give aspirin early [1]. It helps adults [2]."}) {
    UseChat(EventStream({text}));
    const v1::Answer answer = Answer();
    EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_WEAK_EVIDENCE) << text;
    EXPECT_EQ(answer.basis().generator(), "small");
    EXPECT_THAT(shown_, IsEmpty()) << text;
  }
}

// Each of these is answered extractively, and says why.
TEST_F(AnswerEngineTest, FailedModelFallsBack) {
  const std::vector<std::tuple<std::string, std::string, v1::GeneratorFault>> cases = {
      {"HTTP/1.1 500 X\r\n\r\n", "unavailable (chat server: HTTP 500)", v1::GENERATOR_FAULT_UNREACHABLE},
      {"", "unavailable", v1::GENERATOR_FAULT_UNREACHABLE},
      {EventStream({"Aspirin helps."}), "no sentence cites the evidence", v1::GENERATOR_FAULT_NOT_SUPPORTED},
      {EventStream({"Aspirin helps [7]."}), "no sentence cites the evidence", v1::GENERATOR_FAULT_INVENTED_CITATIONS},
      {EventStream({""}), "no sentence cites the evidence", v1::GENERATOR_FAULT_NOT_SUPPORTED},
      {EventStream({"Aspirin helps [/1]. It is safe (1)."}), "no sentence cites the evidence",
       v1::GENERATOR_FAULT_NOT_SUPPORTED},
      {EventStreamResponse("data: nonsense\n\n"), "internal", v1::GENERATOR_FAULT_NOT_TEXT},
      {EventStreamResponse("data: {\"choices\":[{\"delta\":{\"content\":7}}]}\n\n"), "internal",
       v1::GENERATOR_FAULT_NOT_TEXT},
      {EventStream({}).replace(EventStream({}).find("content"), 0, "\xFF"), "internal", v1::GENERATOR_FAULT_NOT_TEXT},
      {EventStream({"Geben Sie Aspirin nur wenn es keine Blutung gibt und der Arzt das so sieht, am Tag [1]."}),
       "no sentence is in the language", v1::GENERATOR_FAULT_OTHER_LANGUAGE},
      {EventStreamResponse(std::string(10 << 20, 'x')), "resource exhausted", v1::GENERATOR_FAULT_TOO_LONG},
      {"HTTP/1.1 429 X\r\nRetry-After: 5\r\n\r\n", "resource exhausted (chat server: HTTP 429)",
       v1::GENERATOR_FAULT_REFUSED},
      {"HTTP/1.1 307 X\r\nLocation: /v2\r\n\r\n", "failed precondition (chat server: HTTP 307)",
       v1::GENERATOR_FAULT_REFUSED},
      {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"choices\":[]}", "ended before the answer",
       v1::GENERATOR_FAULT_BROKE_OFF},
      {EventStreamResponse(DeltaEvent("Aspirin hel")), "unavailable (chat server: the stream ended before",
       v1::GENERATOR_FAULT_BROKE_OFF},
  };
  for (const auto& [response, reason, fault] : cases) {
    UseChat(response);
    shown_.clear();
    const v1::Answer answer = Answer();
    EXPECT_EQ(answer.basis().generator(), "extractive");
    EXPECT_EQ(answer.basis().generator_fault(), fault) << reason;
    EXPECT_THAT(answer.basis().degraded(),
                ElementsAre(AllOf(StartsWith("generator: "), HasSubstr(reason), HasSubstr("; answered extractively"))));
    EXPECT_THAT(Texts(answer), SizeIs(2));
    EXPECT_EQ(shown_, Texts(answer));
  }
}

TEST_F(AnswerEngineTest, SlowModelFallsBack) {
  UseChat("", ChatServer::Ending::kHang);
  config_.mutable_generator()->mutable_chat()->set_first_token_timeout_ms(30);
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(HasSubstr("deadline exceeded")));
  EXPECT_EQ(answer.basis().generator_fault(), v1::GENERATOR_FAULT_TIMED_OUT);
  EXPECT_THAT(Texts(answer), SizeIs(2));
}

TEST_F(AnswerEngineTest, ModelThatStopsInTheMiddleFallsBack) {
  UseChat(EventStreamResponse(DeltaEvent("Give it early [1]. It is")), ChatServer::Ending::kHang);
  config_.mutable_generator()->mutable_chat()->set_timeout_ms(60);
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(HasSubstr("deadline exceeded (chat server: no whole answer")));
  EXPECT_THAT(Texts(answer), ElementsAre(StartsWith("Give aspirin"), StartsWith("Early aspirin")));
  server_->WaitForHangUp();
}

TEST_F(AnswerEngineTest, ModelGetsNoTimeThatTheFallBackNeeds) {
  UseChat("", ChatServer::Ending::kHang);
  deadline_ = absl::Now() + absl::Milliseconds(100);
  EXPECT_THAT(Answer().basis().degraded(), ElementsAre(HasSubstr("deadline exceeded")));
}

TEST_F(AnswerEngineTest, StreamThatBreaksOffIsReplacedAsAWhole) {
  UseChat(EventStreamResponse(
      DeltaEvent("Give it early [1]. It helps adults [2]. It is cheap [1]. It is safe [2]. And it")));
  const v1::Answer answer = Answer();
  EXPECT_THAT(shown_, ElementsAre("Give it early.", "It helps adults."));
  EXPECT_EQ(answer.basis().generator(), "extractive");
  EXPECT_THAT(Texts(answer), ElementsAre(StartsWith("Give aspirin"), StartsWith("Early aspirin")));
  EXPECT_EQ(answer.basis().removed_sentences(), 0);
}

TEST_F(AnswerEngineTest, AnswerCutOffLosesItsLastSentenceAndSaysSo) {
  UseChat(EventStreamResponse(absl::StrCat(DeltaEvent("Give it early [1]. Adults who [2]"), DeltaEvent("", "length"))));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give it early."));
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(HasSubstr("max_answer_tokens")));
}

TEST_F(AnswerEngineTest, PassagesLeftOutAreNamedAndCannotBeCited) {
  UseChat(EventStream({"Give it early [1]. It helps [2]."}));
  config_.mutable_generator()->mutable_chat()->set_max_prompt_tokens(800);
  source_.evidence.passages[1] = EvidenceBuilder("long", "T").Paragraph(std::string(3000, 'x')).Build();
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(AllOf(HasSubstr("left out"), HasSubstr(": 2"))));
  EXPECT_THAT(answer.basis().left_out_evidence(), ElementsAre(2));
  EXPECT_THAT(Texts(answer), ElementsAre("Give it early."));
  EXPECT_EQ(answer.basis().removed_citations(), 1);
}

TEST_F(AnswerEngineTest, PromptThatCannotFitFallsBack) {
  UseChat(EventStream({"Never asked [1]."}));
  config_.mutable_generator()->mutable_chat()->set_max_prompt_tokens(10);
  const v1::Basis basis = Answer().basis();
  EXPECT_THAT(basis.degraded(), ElementsAre(HasSubstr("no passage fits")));
  EXPECT_EQ(basis.generator_fault(), v1::GENERATOR_FAULT_PROMPT_TOO_LARGE);
  EXPECT_THAT(server_->requests(), IsEmpty());
}

TEST_F(AnswerEngineTest, CancellationWhileTheModelWritesIsNoFallBack) {
  UseChat(EventStreamResponse(DeltaEvent("Give it early [1]. It helps [2]. It is cheap [1]. And")),
          ChatServer::Ending::kHang);
  observer_.is_cancelled = [this] { return !shown_.empty(); };
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kCancelled));
  server_->WaitForHangUp();
}

}  // namespace
}  // namespace bedside
