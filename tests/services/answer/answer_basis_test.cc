// What the Basis of an answer says of how the answer came to be.

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/hash/sha256.h"
#include "services/answer/answer_engine.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/fake_evidence_source.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AnswerBasisTest : public testing::Test {
 protected:
  AnswerBasisTest() {
    source_.evidence.passages = {EvidenceBuilder("guideline", "Management of acute stroke")
                                     .Heading("Recommendations")
                                     .Paragraph("Give aspirin within 48 hours of an acute stroke.")
                                     .Build()};
    source_.evidence.embedder = "embedder-1";
  }

  // An engine that asks a chat server which responds with `response`.
  void UseChat(const std::string& response) {
    server_ = ChatServer::Start({response, ChatServer::Ending::kClose});
    auto& chat = *config_.mutable_generator()->mutable_chat();
    chat.set_base_url(server_->base_url());
    chat.set_model("small");
  }

  v1::Basis Basis() {
    const auto engine = AnswerEngine::Create(config_, &source_, nullptr, models_);
    EXPECT_THAT(engine, IsOk());
    EvidenceQuestion question;
    question.corpus = "c";
    question.question = asked_;
    question.limit = limit_;
    question.filter = filter_;
    question.patient = Summarise(patient_);
    question.now = now_;
    const auto answer = (*engine)->Answer(question, {});
    EXPECT_THAT(answer, IsOk());
    return answer.value_or(v1::Answer()).basis();
  }

  FakeEvidenceSource source_;
  config::AnswerConfig config_;
  size_t limit_ = 0;
  std::string asked_ = "When is aspirin given after acute stroke?";
  absl::Time now_ = absl::InfinitePast();
  v1::EvidenceFilter filter_;
  v1::PatientFacts patient_;
  std::vector<v1::ModelIdentity> models_;
  std::unique_ptr<ChatServer> server_;
};

v1::ModelIdentity ModelOf(v1::ModelRole role, const std::string& id) {
  v1::ModelIdentity model;
  model.set_role(role);
  model.set_id(id);
  model.set_sha256("abc");
  return model;
}

std::vector<v1::InputKind> KindsOf(const google::protobuf::RepeatedPtrField<v1::AnswerInput>& inputs) {
  std::vector<v1::InputKind> kinds;
  for (const v1::AnswerInput& input : inputs) kinds.push_back(input.kind());
  return kinds;
}

TEST_F(AnswerBasisTest, BasisNamesInputsUsedAndMissing) {
  v1::Basis basis = Basis();
  EXPECT_THAT(KindsOf(basis.inputs_used()), ElementsAre(v1::INPUT_KIND_QUESTION));
  EXPECT_THAT(KindsOf(basis.inputs_missing()), ElementsAre(v1::INPUT_KIND_FILTER, v1::INPUT_KIND_PATIENT_FACT));
  filter_.add_tags("stroke");
  basis = Basis();
  EXPECT_THAT(KindsOf(basis.inputs_used()), ElementsAre(v1::INPUT_KIND_QUESTION, v1::INPUT_KIND_FILTER));
  EXPECT_THAT(KindsOf(basis.inputs_missing()), ElementsAre(v1::INPUT_KIND_PATIENT_FACT));
}

std::vector<std::string> FactsOf(const google::protobuf::RepeatedPtrField<v1::AnswerInput>& inputs) {
  std::vector<std::string> facts;
  for (const v1::AnswerInput& input : inputs) {
    if (input.kind() == v1::INPUT_KIND_PATIENT_FACT) facts.push_back(input.fact());
  }
  return facts;
}

TEST_F(AnswerBasisTest, BasisNamesFactsOfThePatientWithoutTheirValues) {
  patient_.set_age_years(50);
  const v1::Basis basis = Basis();
  EXPECT_THAT(FactsOf(basis.inputs_used()), ElementsAre("age"));
  EXPECT_THAT(FactsOf(basis.inputs_missing()), ElementsAre("sex", "pregnant", "breastfeeding", "egfr"));
}

TEST_F(AnswerBasisTest, BasisNamesTheStagesAndTheModelsThatRan) {
  models_ = {ModelOf(v1::MODEL_ROLE_EMBEDDER, "embedder-1"), ModelOf(v1::MODEL_ROLE_ADAPTER, "adapter-1"),
             ModelOf(v1::MODEL_ROLE_QUESTION_ADAPTER, "question-adapter-1"),
             ModelOf(v1::MODEL_ROLE_RANKER, "ranker-1")};
  source_.evidence.stages = {v1::RETRIEVAL_STAGE_LEXICAL, v1::RETRIEVAL_STAGE_DENSE, v1::RETRIEVAL_STAGE_PRIORS};
  const v1::Basis basis = Basis();
  EXPECT_THAT(basis.method().stages(),
              ElementsAre(v1::RETRIEVAL_STAGE_LEXICAL, v1::RETRIEVAL_STAGE_DENSE, v1::RETRIEVAL_STAGE_PRIORS));
  EXPECT_EQ(basis.method().writer(), v1::WRITER_EXTRACTIVE);
  ASSERT_THAT(basis.models(), SizeIs(3)) << "the ranker did not run";
  EXPECT_EQ(basis.models(0).id(), "embedder-1");
  EXPECT_EQ(basis.models(1).id(), "adapter-1");
  EXPECT_EQ(basis.models(2).id(), "question-adapter-1");
  EXPECT_EQ(basis.models(0).sha256(), "abc");
}

TEST_F(AnswerBasisTest, BasisHasDigestsOfItsEvidenceAndTheLimitsInForce) {
  limit_ = 5;
  config_.set_max_sentences(3);
  const v1::Basis basis = Basis();
  EXPECT_EQ(basis.evidence(0).text_sha256(), Sha256Hex("Give aspirin within 48 hours of an acute stroke."));
  EXPECT_EQ(basis.limits().max_evidence(), 5);
  EXPECT_EQ(basis.limits().max_sentences(), 3);
  EXPECT_EQ(basis.limits().min_relevance(), 0.7);
  EXPECT_EQ(basis.limits().max_prompt_tokens(), 0);
  EXPECT_EQ(basis.prompt_sha256(), "");
  EXPECT_FALSE(basis.has_tokens());
  EXPECT_FALSE(basis.timings().has_verify());
  EXPECT_TRUE(basis.timings().has_embed());
  EXPECT_NE(basis.energy().source(), v1::ENERGY_SOURCE_UNSPECIFIED);
}

TEST_F(AnswerBasisTest, BasisWarnsOfEvidenceThatIsOld) {
  now_ = absl::FromUnixSeconds(1'800'000'000);  // January 2027
  EvidenceBuilder old("old", "Stroke");
  old.Paragraph("Give aspirin within 48 hours of an acute stroke.")
      .document()
      .mutable_publication_date()
      ->set_year(1999);
  EvidenceBuilder newer("newer", "Stroke in adults");
  newer.Paragraph("Aspirin is given after acute stroke.").document().mutable_publication_date()->set_year(2001);
  source_.evidence.passages = {old.Build(), newer.Build()};
  source_.evidence.age.mutable_generation_time()->set_seconds(1'799'999'999);
  const v1::Basis basis = Basis();
  EXPECT_EQ(basis.age().newest_source().year(), 2001);
  EXPECT_EQ(basis.age().generation_time().seconds(), 1'799'999'999);
  ASSERT_THAT(basis.warnings(), SizeIs(1));
  EXPECT_EQ(basis.warnings(0).kind(), v1::WARNING_KIND_OLD_SOURCES);
}

TEST_F(AnswerBasisTest, BasisWarnsOfAnEmergencyFirstWhateverWasFound) {
  now_ = absl::FromUnixSeconds(1'800'000'000);
  source_.evidence.age.mutable_generation_time()->set_seconds(1);
  asked_ = "My patient is having an acute stroke. When is aspirin given?";
  for (const bool found : {true, false}) {
    if (!found) source_.evidence.passages.clear();
    const v1::Basis basis = Basis();
    ASSERT_GE(basis.warnings_size(), 2);
    EXPECT_EQ(basis.warnings(0).kind(), v1::WARNING_KIND_TIME_CRITICAL);
    EXPECT_EQ(basis.warnings(1).kind(), v1::WARNING_KIND_OLD_GENERATION);
    EXPECT_EQ(basis.method().writer(), found ? v1::WRITER_EXTRACTIVE : v1::WRITER_UNSPECIFIED);
  }
}

void ExpectEmergencyFirst(const v1::Basis& basis) {
  ASSERT_GE(basis.warnings_size(), 1);
  EXPECT_EQ(basis.warnings(0).kind(), v1::WARNING_KIND_TIME_CRITICAL);
}

TEST_F(AnswerBasisTest, WhatIsLeftOutOfTheSearchMayTellOfAnEmergency) {
  asked_ = "My husband isn't responding, please help: When is aspirin given after a stroke?";
  source_.evidence.corrected_question = "When is aspirin given after a stroke?";
  ExpectEmergencyFirst(Basis());
}

TEST_F(AnswerBasisTest, AnEmergencyThatIsSpelledWrongIsOneAsItIsCorrected) {
  asked_ = "My husband is not breething. When is aspirin given after a stroke?";
  source_.evidence.corrected_question = "My husband is not breathing. When is aspirin given after a stroke?";
  ExpectEmergencyFirst(Basis());
}

TEST_F(AnswerBasisTest, BasisOfAModelsAnswerNamesItItsPromptAndItsTokens) {
  config_.mutable_generator()->mutable_prompt()->set_secret_file(
      WriteFile(TempFolder(), "prompt.secret", "0123456789abcdef0123456789abcdef"));
  UseChat(EventStream({"Give aspirin within 48 hours of an acute stroke [1]."}));
  const v1::Basis basis = Basis();
  EXPECT_EQ(basis.method().writer(), v1::WRITER_LANGUAGE_MODEL);
  ASSERT_THAT(basis.models(), SizeIs(1));
  EXPECT_EQ(basis.models(0).role(), v1::MODEL_ROLE_GENERATOR);
  EXPECT_EQ(basis.models(0).id(), "small");
  EXPECT_EQ(basis.models(0).sha256(), "") << "its file is not here";
  EXPECT_THAT(basis.prompt_sha256(), SizeIs(64));
  EXPECT_GT(basis.tokens().prompt(), 100);
  EXPECT_EQ(basis.tokens().answer(), 18) << "52 bytes";
  EXPECT_TRUE(basis.tokens().estimated());
  EXPECT_EQ(basis.limits().max_answer_tokens(), 512);
  EXPECT_EQ(basis.limits().generator_timeout().seconds(), 30);
  EXPECT_TRUE(basis.timings().has_verify());
  UseChat(EventStream({"Give aspirin within 48 hours of an acute stroke [1]."}));
  EXPECT_EQ(Basis().prompt_sha256(), basis.prompt_sha256()) << "the same request and secret give the same bytes";
}

TEST_F(AnswerBasisTest, BasisTellsWhatAModelWasAskedThatFailed) {
  UseChat(EventStream({"Nothing is cited."}));
  const v1::Basis basis = Basis();
  EXPECT_EQ(basis.method().writer(), v1::WRITER_EXTRACTIVE);
  EXPECT_THAT(basis.prompt_sha256(), SizeIs(64));
  EXPECT_THAT(basis.models(), IsEmpty());
}

TEST_F(AnswerBasisTest, NobodyWritesAnAbstention) {
  source_.evidence.passages.clear();
  EXPECT_EQ(Basis().method().writer(), v1::WRITER_UNSPECIFIED);
}

}  // namespace
}  // namespace bedside
