// When there is no answer, and which reason is given: where several hold, the first of them.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/answer/answer_engine.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/fake_evidence_source.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

EvidencePassage Guideline() {
  return EvidenceBuilder("guideline", "Management of acute stroke")
      .Paragraph("Give aspirin within 48 hours of an acute stroke.")
      .Build();
}

// Bears on the question and names its subject, but states nothing that can be quoted.
EvidencePassage Background() {
  return EvidenceBuilder("b", "T").Label("BACKGROUND").Paragraph("Aspirin may help after acute stroke.").Build();
}

class AnswerDecisionTest : public testing::Test {
 protected:
  AnswerDecisionTest() { source_.evidence.passages = {Guideline()}; }

  // An engine that asks a chat server which responds with `response`.
  void UseChat(const std::string& response) {
    server_ = ChatServer::Start({response, ChatServer::Ending::kClose});
    auto& chat = *config_.mutable_generator()->mutable_chat();
    chat.set_base_url(server_->base_url());
    chat.set_model("small");
  }

  v1::Answer Answer() {
    const auto engine = AnswerEngine::Create(config_, &source_);
    EXPECT_THAT(engine, IsOk());
    EvidenceQuestion question;
    question.corpus = "c";
    question.question = asked_;
    const auto answer = (*engine)->Answer(question, {});
    EXPECT_THAT(answer, IsOk());
    return answer.value_or(v1::Answer());
  }

  FakeEvidenceSource source_;
  config::AnswerConfig config_;
  std::string asked_ = "When is aspirin given after acute stroke?";
  std::unique_ptr<ChatServer> server_;
};

TEST_F(AnswerDecisionTest, AbstainsFromAQuestionInAnotherLanguageWhateverWasFound) {
  asked_ = "Quand donne-t-on aspirin dans un stroke ?";
  source_.evidence.corrected_question = "When is aspirin given after acute stroke?";
  source_.evidence.interpretation.add_ambiguities()->set_word("quand");
  UseChat(EventStream({"Never asked [1]."}));
  const v1::Answer answer = Answer();
  EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_UNSUPPORTED_LANGUAGE);
  EXPECT_THAT(answer.abstention().message(), HasSubstr("Ask it in English"));
  EXPECT_THAT(server_->requests(), IsEmpty());
  EXPECT_THAT(answer.basis().evidence(), SizeIs(1));
}

TEST_F(AnswerDecisionTest, QuestionFromOutsideMedicineIsOutOfScope) {
  asked_ = "Which flour is best for sourdough bread?";
  const EvidencePassage far = EvidenceBuilder("f", "T").Paragraph("Give aspirin early.").Relevance(0.5).Build();
  for (const std::vector<EvidencePassage>& found : {std::vector<EvidencePassage>{far}, {}}) {
    source_.evidence.passages = found;
    const v1::Answer answer = Answer();
    EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_OUT_OF_SCOPE);
    EXPECT_THAT(answer.abstention().message(), HasSubstr("generic name"));
  }
}

TEST_F(AnswerDecisionTest, PassageThatBearsOnTheQuestionButNotByItsSubjectIsOutOfScope) {
  asked_ = "Which flour is best for sourdough bread?";
  EvidencePassage judged = EvidenceBuilder("f", "T").Paragraph("Give aspirin early.").Relevance(0.5).Build();
  judged.bears_on_question = true;
  source_.evidence.passages = {judged};
  EXPECT_EQ(Answer().abstention().reason(), v1::ABSTENTION_REASON_OUT_OF_SCOPE);
}

TEST_F(AnswerDecisionTest, QuestionOfMedicineIsInScopeWhateverIsFound) {
  source_.evidence.passages.clear();
  for (const char* question : {"Which flour is best in coeliac disease?", "Is opdivomab better than stelara?"}) {
    asked_ = question;
    EXPECT_EQ(Answer().abstention().reason(), v1::ABSTENTION_REASON_NO_EVIDENCE) << question;
  }
}

TEST_F(AnswerDecisionTest, SingleWordMayBeANameThatIsNotKnown) {
  source_.evidence.passages.clear();
  asked_ = "What is Glybera?";
  EXPECT_EQ(Answer().abstention().reason(), v1::ABSTENTION_REASON_NO_EVIDENCE);
}

TEST_F(AnswerDecisionTest, QuestionThatTheCorpusIsNearToIsInScope) {
  asked_ = "Which flour is best for sourdough bread?";
  source_.evidence.passages = {EvidenceBuilder("f", "T").Paragraph("Give aspirin early.").Relevance(0.75).Build()};
  EXPECT_EQ(Answer().abstention().reason(), v1::ABSTENTION_REASON_WEAK_EVIDENCE);
}

TEST_F(AnswerDecisionTest, QuestionThatCanBeAnsweredIsNeverOutOfScope) {
  asked_ = "Which flour is best for sourdough bread?";
  EvidencePassage judged = EvidenceBuilder("f", "Sourdough bread")
                               .Paragraph("Flour of rye is best for sourdough bread.")
                               .Relevance(0.5)
                               .Build();
  judged.bears_on_question = true;
  source_.evidence.passages = {judged};
  EXPECT_TRUE(Answer().has_text());
}

TEST_F(AnswerDecisionTest, FailedModelAndNothingToQuoteIsSaid) {
  source_.evidence.passages = {Background()};
  for (const std::string& response : {std::string("HTTP/1.1 503 X\r\n\r\n"), std::string()}) {
    UseChat(response);
    const v1::Answer answer = Answer();
    EXPECT_EQ(answer.abstention().reason(), v1::ABSTENTION_REASON_GENERATOR_UNAVAILABLE);
    EXPECT_THAT(answer.abstention().message(), HasSubstr("ask again later"));
    EXPECT_THAT(answer.basis().degraded(), ElementsAre(HasSubstr("unavailable")));
  }
}

TEST_F(AnswerDecisionTest, FailedModelIsNoReasonWhereThereIsSomethingToQuote) {
  UseChat("HTTP/1.1 503 X\r\n\r\n");
  EXPECT_TRUE(Answer().has_text());
}

TEST_F(AnswerDecisionTest, ModelThatWroteNothingOfUseIsNotUnavailable) {
  source_.evidence.passages = {Background()};
  UseChat(EventStream({"Aspirin helps [7]."}));
  EXPECT_EQ(Answer().abstention().reason(), v1::ABSTENTION_REASON_WEAK_EVIDENCE);
}

}  // namespace
}  // namespace bedside
