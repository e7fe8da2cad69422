// What an answer keeps, whoever writes it: the extractive generator, a chat server, or a GeneratorBackend.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/answer/answer_engine.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/fake_evidence_source.h"
#include "tests/fakes/generator_backend_server.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

enum class Writer { kExtractive, kChat, kGrpc };

const std::vector<std::string> kWritten = {"Give aspirin within ", "48 hours [1]. Early aspirin reduced ",
                                           "stroke [2]."};

class AnswerContractTest : public testing::TestWithParam<Writer> {
 protected:
  AnswerContractTest() {
    source_.evidence.passages = {
        EvidenceBuilder("guideline", "Acute stroke").Paragraph("Give aspirin within 48 hours of a stroke.").Build(),
        EvidenceBuilder("trial", "A trial").Paragraph("Early aspirin reduced recurrent stroke in adults.").Build()};
    if (GetParam() == Writer::kChat) {
      chat_ = ChatServer::Start({EventStream(kWritten), ChatServer::Ending::kClose});
      config_.mutable_generator()->mutable_chat()->set_base_url(chat_->base_url());
      config_.mutable_generator()->mutable_chat()->set_model("small");
    } else if (GetParam() == Writer::kGrpc) {
      backend_ = GeneratorBackendServer::Start({kWritten});
      config_.mutable_generator()->mutable_grpc()->set_target(backend_->target());
      config_.mutable_generator()->mutable_grpc()->set_model("small");
    }
    observer_.on_evidence = [this](const v1::Basis& basis) { shown_before_ += basis.evidence_size(); };
    observer_.on_sentence = [this](const v1::AnswerSentence& sentence) { shown_.push_back(sentence.text()); };
  }

  absl::StatusOr<v1::Answer> Ask() {
    const auto engine = AnswerEngine::Create(config_, &source_);
    if (!engine.ok()) return engine.status();
    EvidenceQuestion question;
    question.corpus = "c";
    question.question = "When is aspirin given after stroke?";
    question.until = until_;
    return (*engine)->Answer(question, observer_);
  }

  FakeEvidenceSource source_;
  config::AnswerConfig config_;
  AnswerObserver observer_;
  WorkLimit until_;
  std::unique_ptr<ChatServer> chat_;
  std::unique_ptr<GeneratorBackendServer> backend_;
  int shown_before_ = 0;
  std::vector<std::string> shown_;
};

INSTANTIATE_TEST_SUITE_P(Writers, AnswerContractTest,
                         testing::Values(Writer::kExtractive, Writer::kChat, Writer::kGrpc));

TEST_P(AnswerContractTest, NamesWhoWroteItAndNoFault) {
  const auto answer = Ask();
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->basis().generator(), GetParam() == Writer::kExtractive ? "extractive" : "small");
  EXPECT_EQ(answer->basis().generator_fault(), v1::GENERATOR_FAULT_UNSPECIFIED);
  EXPECT_THAT(answer->basis().degraded(), IsEmpty());
}

TEST_P(AnswerContractTest, EverySentenceCitesEvidenceOfThisRequest) {
  const auto answer = Ask();
  ASSERT_THAT(answer, IsOk());
  ASSERT_EQ(answer->text().sentences_size(), 2);
  for (const v1::AnswerSentence& sentence : answer->text().sentences()) {
    ASSERT_THAT(sentence.citations(), Not(IsEmpty()));
    for (const v1::Citation& citation : sentence.citations()) {
      ASSERT_GE(citation.evidence_number(), 1);
      ASSERT_LE(citation.evidence_number(), answer->basis().evidence_size());
      const size_t bytes =
          source_.evidence.passages[static_cast<size_t>(citation.evidence_number()) - 1].document->text().size();
      EXPECT_LT(citation.span().begin(), citation.span().end());
      EXPECT_LE(citation.span().end(), bytes);
    }
  }
}

TEST_P(AnswerContractTest, ShowsEvidenceAndThenWhatItReturns) {
  const auto answer = Ask();
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(shown_before_, 2);
  std::vector<std::string> returned;
  for (const v1::AnswerSentence& sentence : answer->text().sentences()) returned.push_back(sentence.text());
  EXPECT_EQ(shown_, returned);
}

TEST_P(AnswerContractTest, SameRequestGivesTheSameAnswer) {
  const auto first = Ask();
  const auto second = Ask();
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->text().SerializeAsString(), second->text().SerializeAsString());
}

TEST_P(AnswerContractTest, WithoutEvidenceNobodyIsAsked) {
  source_.evidence.passages.clear();
  const auto answer = Ask();
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->abstention().reason(), v1::ABSTENTION_REASON_NO_EVIDENCE);
  if (chat_ != nullptr) EXPECT_THAT(chat_->requests(), IsEmpty());
  if (backend_ != nullptr) EXPECT_THAT(backend_->requests(), IsEmpty());
}

TEST_P(AnswerContractTest, CancellationStopsIt) {
  until_.is_cancelled = [this] { return !shown_.empty(); };
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace bedside
