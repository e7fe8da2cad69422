// What the engine does with what a language model writes.
#include "absl/strings/str_cat.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/services/answer/answer_engine_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

using AnswerEngineModelTest = AnswerEngineTest;

TEST_F(AnswerEngineModelTest, ModelsAnswerIsCheckedSentenceBySentence) {
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

// Of the citations that a model gave, those remain that carry the sentence, cut to what does.
TEST_F(AnswerEngineModelTest, ModelsSentenceCitesTheSentencesThatCarryIt) {
  source_.evidence.passages[1] = EvidenceBuilder("trial", "A trial of aspirin")
                                     .Paragraph("Adults were asked. Early aspirin reduced recurrent stroke in adults.")
                                     .Build();
  UseChat(
      EventStream({"Early aspirin reduced stroke in adults [1, 2]. "
                   "Give aspirin within 48 hours, for early aspirin reduced recurrent stroke [1, 2]."}));
  const v1::Answer answer = Answer();
  ASSERT_EQ(answer.text().sentences_size(), 2);
  ASSERT_EQ(answer.text().sentences(0).citations_size(), 1);
  const v1::Citation& citation = answer.text().sentences(0).citations(0);
  EXPECT_EQ(citation.evidence_number(), 2);
  EXPECT_EQ(citation.span().begin(), 19u) << "behind the sentence before it";
  EXPECT_EQ(citation.span().end(), source_.evidence.passages[1].document->text().size());
  ASSERT_EQ(answer.text().sentences(1).citations_size(), 2);
  EXPECT_EQ(answer.text().sentences(1).citations(0).evidence_number(), 1);
  EXPECT_EQ(answer.text().sentences(1).citations(1).evidence_number(), 2);
}

TEST_F(AnswerEngineModelTest, SaysWhySentencesWereRemoved) {
  UseChat(
      EventStream({"Give aspirin within 24 hours [1]. Give warfarin within 48 hours [1]. Give aspirin within 9 days "
                   "[1]. Give aspirin within 48 hours [1]."}));
  const v1::Answer answer = Answer();
  ASSERT_EQ(answer.basis().grounding_issues_size(), 2);
  EXPECT_EQ(answer.basis().grounding_issues(0).kind(), v1::GROUNDING_ISSUE_KIND_NUMBER);
  EXPECT_EQ(answer.basis().grounding_issues(0).sentences(), 2);
  EXPECT_EQ(answer.basis().grounding_issues(1).kind(), v1::GROUNDING_ISSUE_KIND_NAME);
  EXPECT_EQ(answer.basis().grounding_issues(1).sentences(), 1);
}

TEST_F(AnswerEngineModelTest, UnsupportedSentenceStaysAndIsMarkedWhereThatIsWanted) {
  config_.set_unsupported_sentences(config::UNSUPPORTED_SENTENCES_MARK);
  UseChat(EventStream({"Give aspirin within 48 hours [1]. Give warfarin within 48 hours [1]. Zebras run [2]."}));
  const v1::Answer answer = Answer();
  ASSERT_EQ(answer.text().sentences_size(), 3);
  EXPECT_EQ(answer.text().sentences(0).issues_size(), 0);
  ASSERT_EQ(answer.text().sentences(1).issues_size(), 1);
  EXPECT_EQ(answer.text().sentences(1).issues(0).kind(), v1::GROUNDING_ISSUE_KIND_NAME);
  EXPECT_EQ(answer.text().sentences(1).issues(0).said(), "warfarin");
  ASSERT_EQ(answer.text().sentences(2).issues_size(), 1);
  EXPECT_EQ(answer.text().sentences(2).issues(0).kind(), v1::GROUNDING_ISSUE_KIND_NOT_STATED);
  ASSERT_EQ(answer.text().sentences(2).citations_size(), 1);
  EXPECT_EQ(answer.text().sentences(2).citations(0).evidence_number(), 2);
  EXPECT_EQ(answer.text().sentences(2).citations(0).span().end(), Trial().document->text().size()) << "all of it";
  EXPECT_EQ(answer.basis().removed_sentences(), 0);
}

TEST_F(AnswerEngineModelTest, ParaphraseIsKeptByItsMeaning) {
  UseChat(EventStream({"Early aspirin has reduced recurrent stroke in 300 elderly adults [2]."}));
  const FakeEmbedder embedder;
  embedder_ = &embedder;
  EXPECT_THAT(Texts(Answer()), ElementsAre("Early aspirin has reduced recurrent stroke in 300 elderly adults."));
  EXPECT_GT(embedder.passages_embedded(), 0u);
}

TEST_F(AnswerEngineModelTest, SaysThatSentencesWereJudgedByWordsAloneWhereTheEmbedderFails) {
  UseChat(EventStream({"Give aspirin within 48 hours [1]. Early aspirin has reduced stroke in elderly adults [2]."}));
  FakeEmbedder embedder;
  embedder.FailWith(absl::InternalError("no memory"));
  embedder_ = &embedder;
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give aspirin within 48 hours."));
  EXPECT_THAT(answer.basis().degraded(), ElementsAre("grounding: internal (no memory); judged by words alone"));
}

TEST_F(AnswerEngineModelTest, ModelsSentenceThatItsPassagesDoNotHoldIsRemovedAndCounted) {
  UseChat(EventStream({"Give aspirin within 48 hours [1]. Give aspirin within 24 hours [1]. Warfarin is safer [2]."}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give aspirin within 48 hours."));
  EXPECT_EQ(answer.basis().removed_sentences(), 2);
  EXPECT_EQ(answer.basis().removed_citations(), 0);
  EXPECT_EQ(shown_, Texts(answer));
}

TEST_F(AnswerEngineModelTest, ListOfSourcesIsNoSentence) {
  UseChat(EventStream({"Give aspirin within 48 hours [1].\n\n### Sources\n[1] Management of acute stroke\n"}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give aspirin within 48 hours."));
  EXPECT_EQ(answer.basis().removed_sentences(), 2);
}

TEST_F(AnswerEngineModelTest, ModelThatRepeatsItsInstructionsFallsBack) {
  UseChat(
      EventStream({"End every sentence with the numbers of the passages that it rests on: [2] or [1, 3]. "
                   "Write two to six plain sentences [1]."}));
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.basis().generator(), "extractive");
  EXPECT_EQ(answer.basis().removed_sentences(), 2);
  EXPECT_THAT(Texts(answer), ElementsAre(StartsWith("Give aspirin"), StartsWith("Early aspirin")));
}

TEST_F(AnswerEngineModelTest, ModelSeesPassagesAndQuestion) {
  UseChat(EventStream({"It helps [1]."}));
  Answer();
  EXPECT_THAT(server_->requests(), ElementsAre(AllOf(ContainsRegex("Give.{1,2}aspirin.{1,2}within.{1,2}48.{1,2}hours"),
                                                     ContainsRegex("Example.{1,2}Society"),
                                                     HasSubstr("When is aspirin given after acute stroke?"))));
}

TEST_F(AnswerEngineModelTest, ModelThatFindsNoAnswerAbstains) {
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
TEST_F(AnswerEngineModelTest, FailedModelFallsBack) {
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

TEST_F(AnswerEngineModelTest, SlowModelFallsBack) {
  UseChat("", ChatServer::Ending::kHang);
  config_.mutable_generator()->mutable_chat()->set_first_token_timeout_ms(30);
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(HasSubstr("deadline exceeded")));
  EXPECT_EQ(answer.basis().generator_fault(), v1::GENERATOR_FAULT_TIMED_OUT);
  EXPECT_THAT(Texts(answer), SizeIs(2));
}

TEST_F(AnswerEngineModelTest, ModelThatStopsInTheMiddleFallsBack) {
  UseChat(EventStreamResponse(DeltaEvent("Give it early [1]. It is")), ChatServer::Ending::kHang);
  config_.mutable_generator()->mutable_chat()->set_timeout_ms(60);
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(HasSubstr("deadline exceeded (chat server: no whole answer")));
  EXPECT_THAT(Texts(answer), ElementsAre(StartsWith("Give aspirin"), StartsWith("Early aspirin")));
  server_->WaitForHangUp();
}

TEST_F(AnswerEngineModelTest, ModelGetsNoTimeThatTheFallBackNeeds) {
  UseChat("", ChatServer::Ending::kHang);
  time_ = absl::Milliseconds(190);
  EXPECT_THAT(Answer().basis().degraded(), ElementsAre(HasSubstr("deadline exceeded")));
}

TEST_F(AnswerEngineModelTest, StreamThatBreaksOffIsReplacedAsAWhole) {
  UseChat(EventStreamResponse(
      DeltaEvent("Give it early [1]. It helps adults [2]. It is cheap [1]. It is safe [2]. And it")));
  const v1::Answer answer = Answer();
  EXPECT_THAT(shown_, ElementsAre("Give it early.", "It helps adults."));
  EXPECT_EQ(answer.basis().generator(), "extractive");
  EXPECT_THAT(Texts(answer), ElementsAre(StartsWith("Give aspirin"), StartsWith("Early aspirin")));
  EXPECT_EQ(answer.basis().removed_sentences(), 0);
}

TEST_F(AnswerEngineModelTest, AnswerCutOffLosesItsLastSentenceAndSaysSo) {
  UseChat(EventStreamResponse(absl::StrCat(DeltaEvent("Give it early [1]. Adults who [2]"), DeltaEvent("", "length"))));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Texts(answer), ElementsAre("Give it early."));
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(HasSubstr("max_answer_tokens")));
}

TEST_F(AnswerEngineModelTest, PassagesLeftOutAreNamedAndCannotBeCited) {
  UseChat(EventStream({"Give it early [1]. It helps [2]."}));
  config_.mutable_generator()->mutable_chat()->set_max_prompt_tokens(800);
  source_.evidence.passages[1] = EvidenceBuilder("long", "T").Paragraph(std::string(3000, 'x')).Build();
  const v1::Answer answer = Answer();
  EXPECT_THAT(answer.basis().degraded(), ElementsAre(AllOf(HasSubstr("left out"), HasSubstr(": 2"))));
  EXPECT_THAT(answer.basis().left_out_evidence(), ElementsAre(2));
  EXPECT_THAT(Texts(answer), ElementsAre("Give it early."));
  EXPECT_EQ(answer.basis().removed_citations(), 1);
}

TEST_F(AnswerEngineModelTest, PromptThatCannotFitFallsBack) {
  UseChat(EventStream({"Never asked [1]."}));
  config_.mutable_generator()->mutable_chat()->set_max_prompt_tokens(10);
  const v1::Basis basis = Answer().basis();
  EXPECT_THAT(basis.degraded(), ElementsAre(HasSubstr("no passage fits")));
  EXPECT_EQ(basis.generator_fault(), v1::GENERATOR_FAULT_PROMPT_TOO_LARGE);
  EXPECT_THAT(server_->requests(), IsEmpty());
}

TEST_F(AnswerEngineModelTest, CancellationWhileTheModelWritesIsNoFallBack) {
  UseChat(EventStreamResponse(DeltaEvent("Give it early [1]. It helps [2]. It is cheap [1]. And")),
          ChatServer::Ending::kHang);
  until_.is_cancelled = [this] { return !shown_.empty(); };
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kCancelled));
  server_->WaitForHangUp();
}

}  // namespace
}  // namespace bedside
