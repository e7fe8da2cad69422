#include "index/retrieval/hit_explanation.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "index/engine/local_engine.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/generation/generation_fixture.h"
#include "tests/index/ranking/cross_encoder_models.h"
#include "tests/index/ranking/ranker_models.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

double SumOf(const v1::HitExplanation& explanation) {
  const v1::PriorExplanation& prior = explanation.prior();
  return explanation.lexical().weight() * explanation.lexical().standardised() +
         explanation.dense().weight() * explanation.dense().standardised() + explanation.second_stage() + prior.kind() +
         prior.age() + prior.grade() + prior.jurisdiction() + prior.status();
}

double SumOfTerms(const v1::HitExplanation& explanation) {
  double sum = 0;
  for (const v1::TermExplanation& term : explanation.terms()) sum += term.score();
  return sum;
}

class HitExplanationTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    storage::Document guideline = TextDocument("a", "aspirin lowers fever\naspirin thins blood\nheparin is injected");
    guideline.set_kind(v1::DOCUMENT_KIND_GUIDELINE);
    guideline.mutable_publication_date()->set_year(2019);
    guideline.set_evidence_system("GRADE");
    guideline.set_stated_status(v1::DOCUMENT_STATUS_CORRECTED);
    guideline.set_jurisdiction("UK");
    storage::Document report = TextDocument("b", "a case of fever\nnothing of this kind was seen");
    report.set_kind(v1::DOCUMENT_KIND_CASE_REPORT);
    Publish({guideline, report, TextDocument("c", "deep vein thrombosis (DVT) is common")});
    engine_ = *LocalEngine::Create(store_.get(), {}, embedder_.id());
    config_of_retrieval_.mutable_priors()->add_jurisdictions("uk");
  }

  Ranking Ask(const std::string& question) {
    retriever_ = *Retriever::Create(engine_.get(), &embedder_, config_of_retrieval_);
    RetrievalRequest request;
    request.corpus = "c";
    request.question = question;
    request.now = absl::FromCivil(absl::CivilDay(2026, 7, 1), absl::UTCTimeZone());
    auto ranking = retriever_->Retrieve(request);
    EXPECT_THAT(ranking, IsOk());
    return *std::move(ranking);
  }

  // Of the passage with this ordinal.
  static const RankedPassage& Passage(const Ranking& ranking, size_t ordinal) {
    for (const RankedPassage& passage : ranking.passages) {
      if (passage.fused.passage == PassageAt(ordinal)) return passage;
    }
    ADD_FAILURE() << "not found: " << ordinal;
    return ranking.passages.front();
  }

  v1::HitExplanation ExplainHit(const Ranking& ranking, const RankedPassage& passage) {
    auto explanations = ExplainHits(*engine_, ranking, {passage});
    EXPECT_THAT(explanations, IsOk());
    return explanations->at(0);
  }

  void UseRanker() {
    config_of_retrieval_.mutable_ranker()->set_model_path(
        WriteFile(TempFolder(), "model.ranker", RankerBy("lexical").SerializeAsString()));
  }

  config::RetrievalConfig config_of_retrieval_;
  std::unique_ptr<LocalEngine> engine_;
  std::unique_ptr<Retriever> retriever_;
};

TEST_F(HitExplanationTest, ThePartsAddUpToTheScoreOfEveryHit) {
  for (const char* question : {"aspirin fever", "aspirin fever aspirin", "heparin", "what is the", "dvt", "asprin"}) {
    const Ranking ranking = Ask(question);
    ASSERT_THAT(ranking.passages, SizeIs(6));
    for (const RankedPassage& passage : ranking.passages) {
      const v1::HitExplanation explanation = ExplainHit(ranking, passage);
      EXPECT_NEAR(SumOf(explanation), passage.score, 1e-12) << question;
      EXPECT_NEAR(SumOfTerms(explanation), explanation.lexical().score(), 1e-5) << question;
      EXPECT_FALSE(explanation.has_second_stage());
    }
  }
}

TEST_F(HitExplanationTest, WhatARankerChangedIsOneOfTheParts) {
  UseRanker();
  const Ranking ranking = Ask("aspirin fever");
  ASSERT_TRUE(ranking.passages[0].judged.has_value());
  for (const RankedPassage& passage : ranking.passages) {
    const v1::HitExplanation explanation = ExplainHit(ranking, passage);
    EXPECT_NEAR(SumOf(explanation), passage.score, 1e-12);
    EXPECT_TRUE(explanation.has_second_stage());
  }
}

// The last model that judged a passage, what is moved below it, and the priors of that model's scale.
TEST_F(HitExplanationTest, RankerCrossEncoderAndPriorsTogetherAddUp) {
  UseRanker();
  config::CrossEncoderConfig& cross_encoder = *config_of_retrieval_.mutable_cross_encoder();
  cross_encoder.set_model_path(CrossEncoderFolder(PassageSumModel(), {{"blood", 30}, {"fever", 50}, {"case", 40}}));
  cross_encoder.set_precision(config::PRECISION_F32);
  cross_encoder.set_candidates(3);
  const Ranking ranking = Ask("aspirin fever");
  ASSERT_THAT(ranking.degraded, IsEmpty());
  ASSERT_THAT(ranking.passages, SizeIs(6));
  for (size_t i = 0; i < 6; ++i) {
    const RankedPassage& passage = ranking.passages[i];
    EXPECT_TRUE(passage.judged.has_value());
    EXPECT_EQ(passage.cross_encoded.has_value(), i < 3) << "what was not read stays behind";
    EXPECT_EQ(passage.prior.Sum() != 0, i < 3);
    const v1::HitExplanation explanation = ExplainHit(ranking, passage);
    EXPECT_NEAR(SumOf(explanation), passage.score, 1e-12);
    EXPECT_EQ(explanation.has_prior(), i < 3);
    if (i < 3) {
      EXPECT_NEAR(explanation.second_stage(), *passage.cross_encoded - passage.fused.score, 1e-12);
    }
    if (i > 0) {
      EXPECT_LE(passage.score, ranking.passages[i - 1].score);
    }
  }
}

TEST_F(HitExplanationTest, EachPartOfThePriorIsNamed) {
  const Ranking ranking = Ask("aspirin fever");
  const v1::PriorExplanation prior = ExplainHit(ranking, Passage(ranking, 0)).prior();
  EXPECT_DOUBLE_EQ(prior.kind(), 0.04);
  EXPECT_LT(prior.age(), 0);
  EXPECT_DOUBLE_EQ(prior.grade(), 0.02);
  EXPECT_DOUBLE_EQ(prior.jurisdiction(), 0.05);
  EXPECT_DOUBLE_EQ(prior.status(), -0.025);
  EXPECT_FALSE(ExplainHit(ranking, Passage(ranking, 5)).has_prior()) << "nothing is known of it";
  config_of_retrieval_.mutable_priors()->set_enabled(false);
  const Ranking without = Ask("aspirin fever");
  EXPECT_FALSE(ExplainHit(without, Passage(without, 0)).has_prior());
}

// 0 times what speaks against a document is -0, which a message keeps.
TEST_F(HitExplanationTest, APartThatIsSwitchedOffIsNotNamed) {
  config_of_retrieval_.mutable_priors()->set_kind_weight(0);
  const Ranking ranking = Ask("case of fever");
  EXPECT_FALSE(ExplainHit(ranking, Passage(ranking, 3)).has_prior()) << "a case report without a date";
}

TEST_F(HitExplanationTest, TermsSayWhetherTheyWereAskedOrAdded) {
  const Ranking ranking = Ask("Is DVT common?");
  const v1::HitExplanation explanation = ExplainHit(ranking, Passage(ranking, 5));
  std::vector<std::string> terms;
  for (const v1::TermExplanation& term : explanation.terms()) {
    terms.push_back(absl::StrCat(term.term(), term.added() ? " added " : " asked ", term.weight()));
  }
  EXPECT_THAT(terms,
              ElementsAre("dvt asked 1", "common asked 1", "deep added 0.5", "vein added 0.5", "thrombosi added 0.5"));
}

TEST_F(HitExplanationTest, ACorrectedWordIsAddedThoughItCountsAsOneThatWasAsked) {
  const Ranking ranking = Ask("heaprin");
  const v1::HitExplanation explanation = ExplainHit(ranking, Passage(ranking, 2));
  ASSERT_THAT(explanation.terms(), SizeIs(1));
  EXPECT_EQ(explanation.terms(0).term(), "heparin");
  EXPECT_TRUE(explanation.terms(0).added());
  EXPECT_EQ(explanation.terms(0).weight(), 1);
}

TEST_F(HitExplanationTest, WhatASearchDidNotFindHasNoScoreThere) {
  const Ranking ranking = Ask("aspirin");
  const v1::HitExplanation explanation = ExplainHit(ranking, Passage(ranking, 5));
  EXPECT_THAT(explanation.terms(), IsEmpty());
  EXPECT_FALSE(explanation.lexical().has_score());
  EXPECT_LT(explanation.lexical().standardised(), 0);
  EXPECT_TRUE(explanation.dense().has_score());
}

TEST_F(HitExplanationTest, WithoutTheModelTheWordsAddUpAlone) {
  embedder_.FailWith(absl::InternalError("the model failed"));
  const Ranking ranking = Ask("aspirin fever");
  ASSERT_THAT(ranking.degraded, SizeIs(1));
  for (const RankedPassage& passage : ranking.passages) {
    const v1::HitExplanation explanation = ExplainHit(ranking, passage);
    EXPECT_NEAR(SumOf(explanation), passage.score, 1e-12);
    EXPECT_FALSE(explanation.dense().has_score());
    EXPECT_EQ(explanation.dense().standardised(), 0);
  }
}

}  // namespace
}  // namespace bedside
