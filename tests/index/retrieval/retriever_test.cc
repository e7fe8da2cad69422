#include "index/retrieval/retriever.h"

#include <gmock/gmock.h>

#include <map>

#include "index/engine/local_engine.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/generation/generation_fixture.h"
#include "tests/index/ranking/cross_encoder_models.h"
#include "tests/index/ranking/ranker_models.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Ne;
using ::testing::Not;
using ::testing::SizeIs;

class RetrieverTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    storage::Document tagged = TextDocument("h", "heparin is injected");
    tagged.add_tags("heparin");
    Publish({TextDocument("a", "aspirin lowers fever\naspirin thins blood"), tagged});
    engine_ = *LocalEngine::Create(store_.get(), index_, embedder_.id());
    retriever_ = *Retriever::Create(engine_.get(), &embedder_);
  }

  static RetrievalRequest Ask(const std::string& question) {
    RetrievalRequest request;
    request.corpus = "c";
    request.question = question;
    return request;
  }

  // The words of the passages are worth 60 (ordinal 0), 10 and 100 to the model.
  static config::RetrievalConfig CrossEncoded(const std::string& model) {
    config::RetrievalConfig config;
    config.mutable_cross_encoder()->set_model_path(
        CrossEncoderFolder(model, {{"aspirin", 10}, {"fever", 50}, {"heparin", 100}}));
    config.mutable_cross_encoder()->set_precision(config::PRECISION_F32);
    return config;
  }

  static std::vector<size_t> Order(const Ranking& ranking) {
    std::vector<size_t> order;
    for (const RankedPassage& passage : ranking.passages) order.push_back(IndexOf(passage.fused.passage));
    return order;
  }

  // The dense score of each passage, by its ordinal.
  static std::map<size_t, double> NearnessIn(const Ranking& ranking) {
    std::map<size_t, double> nearness;
    for (const RankedPassage& passage : ranking.passages) {
      nearness[IndexOf(passage.fused.passage)] = passage.fused.dense->score;
    }
    return nearness;
  }

  config::IndexConfig index_;
  std::unique_ptr<LocalEngine> engine_;
  std::unique_ptr<Retriever> retriever_;
};

TEST_F(RetrieverTest, RanksByWordsAndMeaningTogetherAndSaysWhereEachStood) {
  const auto ranking = retriever_->Retrieve(Ask("aspirin thins blood"));
  ASSERT_THAT(ranking, IsOk());
  ASSERT_THAT(ranking->passages, SizeIs(3)) << "the dense path finds them all";
  const FusedPassage& best = ranking->passages[0].fused;
  EXPECT_EQ(best.passage, PassageAt(1));
  ASSERT_TRUE(best.lexical.has_value() && best.dense.has_value());
  EXPECT_EQ(best.lexical->rank, 0u);
  EXPECT_EQ(best.dense->rank, 0u);
  EXPECT_NEAR(best.dense->score, 1, 1e-3);
  EXPECT_THAT(best.score, Gt(ranking->passages[1].fused.score));
  EXPECT_THAT(ranking->degraded, IsEmpty());
}

TEST_F(RetrieverTest, NamesTheStagesThatRan) {
  const auto ranking = retriever_->Retrieve(Ask("aspirin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(ranking->stages,
              ElementsAre(v1::RETRIEVAL_STAGE_LEXICAL, v1::RETRIEVAL_STAGE_DENSE, v1::RETRIEVAL_STAGE_PRIORS));
  config::RetrievalConfig config = CrossEncoded(PassageSumModel());
  config.mutable_priors()->set_enabled(false);
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, config);
  EXPECT_THAT(retriever_->Retrieve(Ask("aspirin"))->stages,
              ElementsAre(v1::RETRIEVAL_STAGE_LEXICAL, v1::RETRIEVAL_STAGE_DENSE, v1::RETRIEVAL_STAGE_CROSS_ENCODER));
}

TEST_F(RetrieverTest, AnswersFromTheViewThatItNames) {
  const auto before = engine_->View("c");
  const auto ranking = retriever_->Retrieve(Ask("aspirin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_EQ(ranking->view, *before);
}

TEST_F(RetrieverTest, LooksOnlyInsideTheFilter) {
  RetrievalRequest request = Ask("aspirin heparin");
  request.filter.add_tags("heparin");
  const auto ranking = retriever_->Retrieve(request);
  ASSERT_THAT(ranking, IsOk());
  ASSERT_THAT(ranking->passages, SizeIs(1));
  EXPECT_EQ(ranking->passages[0].fused.passage, PassageAt(2));
  request.filter.set_tags(0, "nothing has it");
  EXPECT_THAT(retriever_->Retrieve(request)->passages, IsEmpty());
}

TEST_F(RetrieverTest, APassageIsAsNearToACompoundQuestionAsToItsNearestPart) {
  const auto ranking = retriever_->Retrieve(Ask("Does aspirin lower fever? How is heparin injected?"));
  ASSERT_THAT(ranking, IsOk());
  ASSERT_THAT(ranking->interpretation.other_texts,
              ElementsAre("Does aspirin lower fever?", "How is heparin injected?"));
  const std::map<size_t, double> nearness = NearnessIn(*ranking);
  EXPECT_EQ(nearness.at(0), NearnessIn(*retriever_->Retrieve(Ask("Does aspirin lower fever?"))).at(0));
  EXPECT_EQ(nearness.at(2), NearnessIn(*retriever_->Retrieve(Ask("How is heparin injected?"))).at(2));
}

TEST_F(RetrieverTest, FindsByAMisspeltWordWhatTheRightOneFindsAndSaysSo) {
  const auto ranking = retriever_->Retrieve(Ask("heaprin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_EQ(ranking->passages[0].fused.passage, PassageAt(2));
  ASSERT_TRUE(ranking->passages[0].fused.lexical.has_value());
  EXPECT_EQ(ranking->interpretation.corrected, "heparin");
  EXPECT_THAT(ranking->interpretation.assumptions, SizeIs(1));
}

TEST_F(RetrieverTest, AssumesNothingOfAQuestionThatIsClear) {
  const auto ranking = retriever_->Retrieve(Ask("heparin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_EQ(ranking->interpretation.corrected, "heparin");
  EXPECT_THAT(ranking->interpretation.assumptions, IsEmpty());
}

TEST_F(RetrieverTest, AssumesNothingThatTheConfigurationForbids) {
  config::RetrievalConfig config;
  config.mutable_query()->set_spelling(false);
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, config);
  const auto ranking = retriever_->Retrieve(Ask("heaprin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_FALSE(ranking->passages[0].fused.lexical.has_value());
}

TEST_F(RetrieverTest, DoesNotStartWithAConfigurationThatCannotBeUsed) {
  config::RetrievalConfig config;
  config.mutable_query()->set_thesaurus_path("/nowhere/desc.xml");
  EXPECT_THAT(Retriever::Create(engine_.get(), &embedder_, config), StatusIs(absl::StatusCode::kNotFound));
  config.Clear();
  config.mutable_cross_encoder();
  EXPECT_THAT(Retriever::Create(engine_.get(), &embedder_, config), StatusIs(absl::StatusCode::kInvalidArgument));
}

// A question of stop words only has no terms, but a meaning.
TEST_F(RetrieverTest, RanksByMeaningWhenNoWordCounts) {
  ASSERT_THAT(analyzer_->Terms("what is the"), IsEmpty());
  const auto ranking = retriever_->Retrieve(Ask("what is the"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(ranking->passages, SizeIs(3));
  EXPECT_FALSE(ranking->passages[0].fused.lexical.has_value());
  EXPECT_THAT(ranking->degraded, IsEmpty());
}

TEST_F(RetrieverTest, RanksByWordsAndSaysSoWhenTheModelFails) {
  embedder_.FailWith(absl::InternalError("the model failed"));
  const auto ranking = retriever_->Retrieve(Ask("heparin"));
  ASSERT_THAT(ranking, IsOk());
  ASSERT_THAT(ranking->passages, SizeIs(1));
  EXPECT_EQ(ranking->passages[0].fused.passage, PassageAt(2));
  EXPECT_FALSE(ranking->passages[0].fused.dense.has_value());
  EXPECT_THAT(ranking->degraded, ElementsAre("dense"));
}

TEST_F(RetrieverTest, RanksWithoutTheRankerAndSaysSoWhenTheModelFails) {
  config::RetrievalConfig config;
  config.mutable_ranker()->set_model_path(
      WriteFile(TempFolder(), "model.ranker", RankerBy("lexical").SerializeAsString()));
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, config);
  EXPECT_TRUE(retriever_->Retrieve(Ask("heparin"))->passages[0].judged.has_value());
  embedder_.FailWith(absl::InternalError("the model failed"));
  const auto ranking = retriever_->Retrieve(Ask("heparin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_FALSE(ranking->passages[0].judged.has_value());
  EXPECT_THAT(ranking->degraded, ElementsAre("dense", "ranker"));
}

TEST_F(RetrieverTest, RanksByTheCrossEncoderWhereThereIsOne) {
  const auto before = retriever_->Retrieve(Ask("aspirin thins blood"));
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, CrossEncoded(PassageSumModel()));
  const auto ranking = retriever_->Retrieve(Ask("aspirin thins blood"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(Order(*ranking), ElementsAre(2, 0, 1));
  EXPECT_THAT(Order(*ranking), Ne(Order(*before)));
  EXPECT_EQ(ranking->passages[0].cross_encoded, 102.0);
  EXPECT_THAT(ranking->degraded, IsEmpty());
}

TEST_F(RetrieverTest, TheCrossEncoderComesAfterTheRankerWhoseRelevanceStays) {
  config::RetrievalConfig config = CrossEncoded(PassageSumModel());
  config.mutable_ranker()->set_model_path(
      WriteFile(TempFolder(), "model.ranker", RankerBy("lexical").SerializeAsString()));
  const auto ranked_only = [&] {
    config::RetrievalConfig without = config;
    without.clear_cross_encoder();
    return *(*Retriever::Create(engine_.get(), &embedder_, without))->Retrieve(Ask("aspirin thins blood"));
  }();
  const auto ranking = (*Retriever::Create(engine_.get(), &embedder_, config))->Retrieve(Ask("aspirin thins blood"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(Order(ranked_only), ElementsAre(1, 0, 2));
  EXPECT_THAT(Order(*ranking), ElementsAre(2, 0, 1));
  ASSERT_TRUE(ranking->passages[2].judged.has_value());
  EXPECT_EQ(ranking->passages[2].judged->relevance, ranked_only.passages[0].judged->relevance);
}

TEST_F(RetrieverTest, RanksAsBeforeAndSaysSoWhenTheCrossEncoderFails) {
  const auto before = retriever_->Retrieve(Ask("aspirin thins blood"));
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, CrossEncoded(NotANumberModel()));
  const auto ranking = retriever_->Retrieve(Ask("aspirin thins blood"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_EQ(Order(*ranking), Order(*before));
  EXPECT_EQ(ranking->passages[0].score, before->passages[0].score);
  EXPECT_FALSE(ranking->passages[0].cross_encoded.has_value());
  EXPECT_THAT(ranking->degraded, ElementsAre("cross_encoder"));
}

// It reads words; the vector of the question is not its matter.
TEST_F(RetrieverTest, RanksByTheCrossEncoderWhatTheWordsFoundWhenTheEmbedderFails) {
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, CrossEncoded(PassageSumModel()));
  embedder_.FailWith(absl::InternalError("the model failed"));
  const auto ranking = retriever_->Retrieve(Ask("thins aspirin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(Order(*ranking), ElementsAre(0, 1));
  EXPECT_THAT(ranking->degraded, ElementsAre("dense"));
}

TEST_F(RetrieverTest, PrefersTheKindsOfEvidenceThatASitePrefersUnlessItPrefersNone) {
  storage::Document report = TextDocument("a", "aspirin lowers fever");
  report.set_kind(v1::DOCUMENT_KIND_CASE_REPORT);
  storage::Document guideline = TextDocument("b", "aspirin lowers fever");
  guideline.set_kind(v1::DOCUMENT_KIND_GUIDELINE);
  guideline.mutable_publication_date()->set_year(2026);
  Publish({report, guideline});
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  RetrievalRequest request = Ask("fever");
  request.now = absl::FromCivil(absl::CivilDay(2026, 7, 1), absl::UTCTimeZone());
  const auto ranking = retriever_->Retrieve(request);
  ASSERT_THAT(ranking, IsOk());
  EXPECT_EQ(ranking->passages[0].fused.passage, PassageAt(1));
  EXPECT_DOUBLE_EQ(ranking->passages[0].prior.age, 0.04);
  config::RetrievalConfig config;
  config.mutable_priors()->set_enabled(false);
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, config);
  EXPECT_EQ(retriever_->Retrieve(request)->passages[0].fused.passage, PassageAt(0)) << "a tie, by ordinal";
}

// Generations of earlier versions have no tokens that a ranker could look at.
TEST_F(RetrieverTest, RanksByTheFusionAndSaysSoWhereTheGenerationKeptNoTokens) {
  const auto before = retriever_->Retrieve(Ask("aspirin thins blood"));
  keeps_tokens_ = false;
  Publish({TextDocument("a", "aspirin thins blood\naspirin lowers fever"), TextDocument("b", "heparin thins blood")});
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  config::RetrievalConfig config;
  config.mutable_ranker()->set_model_path(
      WriteFile(TempFolder(), "model.ranker", RankerBy("lexical").SerializeAsString()));
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, config);
  const auto ranking = retriever_->Retrieve(Ask("aspirin thins blood"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(ranking->degraded, ElementsAre("ranker"));
  EXPECT_FALSE(ranking->passages[0].judged.has_value());
  EXPECT_EQ(ranking->passages[0].score, ranking->passages[0].fused.score);
}

// Of 200 candidates one that is damaged must not cost the search.
TEST_F(RetrieverTest, RanksByTheFusionAndSaysSoWhereTheTokensOfACandidateAreMissing) {
  const auto before = retriever_->Retrieve(Ask("aspirin thins blood"));
  WriteBatch batch;
  batch.Delete(Family::kTokenVectors, KeepTokens("aspirin lowers fever"));
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kBuffered), IsOk());
  config::RetrievalConfig config;
  config.mutable_ranker()->set_model_path(
      WriteFile(TempFolder(), "model.ranker", RankerBy("lexical").SerializeAsString()));
  retriever_ = *Retriever::Create(engine_.get(), &embedder_, config);
  const auto ranking = retriever_->Retrieve(Ask("aspirin thins blood"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(ranking->degraded, ElementsAre("ranker"));
  EXPECT_EQ(Order(*ranking), Order(*before));
  EXPECT_FALSE(ranking->passages[0].judged.has_value());
  EXPECT_THAT(retriever_->Examine(Ask("aspirin thins blood")), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RetrieverTest, ExaminesWhatARankerIsTrainedOn) {
  const auto examined = retriever_->Examine(Ask("aspirin thins blood"));
  ASSERT_THAT(examined, IsOk());
  EXPECT_THAT(examined->documents, ElementsAre(0, 0, 1));
  EXPECT_EQ(examined->features.candidates(), 3U);
  const auto without = retriever_->Examine(Ask("aspirin thins blood"), [](size_t document) { return document == 0; });
  ASSERT_THAT(without, IsOk());
  EXPECT_THAT(without->documents, ElementsAre(1));
  EXPECT_THAT(retriever_->Examine(Ask("aspirin"), [](size_t) { return true; }), StatusIs(absl::StatusCode::kNotFound));
  RetrievalRequest nothing = Ask("aspirin");
  nothing.filter.add_tags("nothing has it");
  EXPECT_THAT(retriever_->Examine(nothing), StatusIs(absl::StatusCode::kNotFound));
  embedder_.FailWith(absl::InternalError("the model failed"));
  EXPECT_THAT(retriever_->Examine(Ask("aspirin")), StatusIs(absl::StatusCode::kInternal));
}

TEST_F(RetrieverTest, FindsNothingWithoutAModelAndWithoutAWordThatCounts) {
  embedder_.FailWith(absl::InternalError("the model failed"));
  const auto ranking = retriever_->Retrieve(Ask("what is the"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(ranking->passages, IsEmpty());
  EXPECT_THAT(ranking->degraded, Not(IsEmpty()));
}

TEST_F(RetrieverTest, KnowsNoOtherCorpus) {
  RetrievalRequest request = Ask("aspirin");
  request.corpus = "other";
  EXPECT_THAT(retriever_->Retrieve(request), StatusIs(absl::StatusCode::kNotFound));
}

// The model failing must not hide that the index was made with another.
TEST_F(RetrieverTest, RefusesACorpusOfAnotherModel) {
  engine_ = *LocalEngine::Create(store_.get(), index_, "another model");
  retriever_ = *Retriever::Create(engine_.get(), &embedder_);
  EXPECT_THAT(retriever_->Retrieve(Ask("aspirin")), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(RetrieverTest, DoesNotBeginAfterTheDeadline) {
  RetrievalRequest request = Ask("aspirin");
  request.until.deadline = absl::InfinitePast();
  EXPECT_THAT(retriever_->Retrieve(request), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST_F(RetrieverTest, StopsWithinOneStageWhenNobodyWaitsAnyMore) {
  RetrievalRequest request = Ask("aspirin");
  int asked = 0, last = 0;
  request.until.is_cancelled = [&] { return asked++ == last; };
  for (last = 0; last < 3; ++last) {
    asked = 0;
    EXPECT_THAT(retriever_->Retrieve(request), StatusIs(absl::StatusCode::kCancelled));
    EXPECT_EQ(asked, last + 1) << "no stage begins after";
  }
}

TEST_F(RetrieverTest, AsksForNoMoreThanItsShareOfEachPath) {
  std::string lines;
  for (size_t i = 0; i < Retriever::kCandidates + 20; ++i) lines += "aspirin\n";
  Publish({TextDocument("many", lines)});
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  const auto ranking = retriever_->Retrieve(Ask("aspirin"));
  ASSERT_THAT(ranking, IsOk());
  EXPECT_THAT(ranking->passages.size(),
              ::testing::AllOf(::testing::Ge(Retriever::kCandidates), ::testing::Le(2 * Retriever::kCandidates)));
}

}  // namespace
}  // namespace bedside
