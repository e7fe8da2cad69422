// An answer engine over evidence that a test sets, asked one question about it.
#ifndef BEDSIDE_TESTS_SERVICES_ANSWER_ANSWER_ENGINE_FIXTURE_H_
#define BEDSIDE_TESTS_SERVICES_ANSWER_ANSWER_ENGINE_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/answer/answer_engine.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/fake_evidence_source.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {

inline EvidencePassage Guideline() {
  EvidenceBuilder builder("guideline", "Management of acute stroke");
  builder.document().set_publisher("Example Society");
  return builder.Heading("Recommendations").Paragraph("Give aspirin within 48 hours of an acute stroke.").Build();
}

inline EvidencePassage Trial() {
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
    auto engine = AnswerEngine::Create(config_, &source_, embedder_);
    if (!engine.ok()) return engine.status();
    EvidenceQuestion question;
    question.corpus = "c";
    question.question = asked_;
    question.limit = limit_;
    question.patient = record_.has_value() ? Summarise(patient_, *record_) : Summarise(patient_);
    question.until = until_;
    question.until.deadline = absl::Now() + time_;
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
  const Embedder* embedder_ = nullptr;
  config::AnswerConfig config_;
  size_t limit_ = 0;
  std::string asked_ = "When is aspirin given after acute stroke?";
  v1::PatientFacts patient_;
  absl::optional<PatientReading> record_;
  WorkLimit until_;
  // From when the engine is there.
  absl::Duration time_ = absl::InfiniteDuration();
  AnswerObserver observer_;
  std::vector<v1::Basis> shown_evidence_;
  std::vector<std::string> shown_;
  std::unique_ptr<ChatServer> server_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_SERVICES_ANSWER_ANSWER_ENGINE_FIXTURE_H_
