#include "index/retrieval/second_stage.h"

#include <gmock/gmock.h>

#include "index/engine/local_engine.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/generation/generation_fixture.h"
#include "tests/index/ranking/ranker_models.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SecondStageTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    std::string lines;
    for (int i = 0; i < 12; ++i) lines += "aspirin lowers fever\n";
    Publish({TextDocument("a", lines)});
    engine_ = *LocalEngine::Create(store_.get(), index_, embedder_.id());
    view_ = *engine_->View("c");
    query_.vector = embedder_.EmbedQuery("aspirin")->vector;
    query_.terms = {{"aspirin", 1.0F}, {"aspirin", 1.0F}, {"added", 0.5F}};
  }

  std::unique_ptr<SecondStage> StageOf(const storage::RankerModel& model, uint32_t candidates = 10) {
    config::RankerConfig config;
    config.set_model_path(WriteFile(TempFolder(), "model.ranker", model.SerializeAsString()));
    config.set_candidates(candidates);
    auto stage = SecondStage::Create(engine_.get(), config, embedder_.id());
    EXPECT_THAT(stage, IsOk());
    return *std::move(stage);
  }

  // Of the first `count` passages, in their order; the lexical score rises with the ordinal.
  static std::vector<FusedPassage> Fused(size_t count) {
    std::vector<FusedPassage> fused;
    for (size_t i = 0; i < count; ++i) {
      const float lexical = static_cast<float>(i) / 10;
      fused.push_back({PassageAt(i), 1.0 - static_cast<double>(i) / 10, ListPlace{lexical, count - i}, absl::nullopt});
    }
    return fused;
  }

  static std::vector<size_t> Order(const std::vector<RankedPassage>& ranked) {
    std::vector<size_t> order;
    for (const RankedPassage& passage : ranked) order.push_back(IndexOf(passage.fused.passage));
    return order;
  }

  config::IndexConfig index_;
  std::unique_ptr<LocalEngine> engine_;
  std::shared_ptr<const EvidenceView> view_;
  CandidateQuery query_;
};

TEST_F(SecondStageTest, OrdersTheFirstCandidatesByTheRankerAndLeavesTheOthersBehindThem) {
  const auto ranked = StageOf(RankerBy("lexical"))->Rank(*view_, query_, Fused(12));
  ASSERT_THAT(ranked, IsOk());
  EXPECT_THAT(Order(*ranked), ElementsAre(9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 10, 11));
  EXPECT_TRUE((*ranked)[9].judged.has_value());
  EXPECT_FALSE((*ranked)[10].judged.has_value());
  for (size_t i = 1; i < ranked->size(); ++i) EXPECT_LE((*ranked)[i].score, (*ranked)[i - 1].score);
}

TEST_F(SecondStageTest, EqualScoresRankByOrdinal) {
  const auto ranked = StageOf(RankerBy("lexical", 0))->Rank(*view_, query_, Fused(3));
  ASSERT_THAT(ranked, IsOk());
  EXPECT_THAT(Order(*ranked), ElementsAre(0, 1, 2));
}

TEST_F(SecondStageTest, WithoutARankerTheFusionStands) {
  const auto stage = SecondStage::Create(engine_.get(), {}, embedder_.id());
  ASSERT_THAT(stage, IsOk());
  EXPECT_FALSE((*stage)->has_ranker());
  const auto ranked = (*stage)->Rank(*view_, query_, Fused(3));
  ASSERT_THAT(ranked, IsOk());
  EXPECT_THAT(Order(*ranked), ElementsAre(0, 1, 2));
  EXPECT_EQ((*ranked)[1].score, (*ranked)[1].fused.score);
  EXPECT_FALSE((*ranked)[0].judged.has_value());
}

TEST_F(SecondStageTest, NothingFoundIsNothingRanked) {
  const auto ranked = StageOf(RankerBy("lexical"))->Rank(*view_, query_, {});
  ASSERT_THAT(ranked, IsOk());
  EXPECT_TRUE(ranked->empty());
}

// A passage that only the lexical search found has its closeness computed; a word that was only added does not count.
TEST_F(SecondStageTest, TellsTheRankerWhatTheSearchesDidNot) {
  const auto features = StageOf(RankerBy("lexical"))->Features(*view_, query_, Fused(2));
  ASSERT_THAT(features, IsOk());
  const std::vector<std::string>& names = CandidateFeatures::Names();
  const auto value = [&](const std::string& name) {
    return features->row(0)[static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin())];
  };
  EXPECT_GT(value("dense"), 0.1F);
  EXPECT_EQ(value("question_words"), 1);
  EXPECT_EQ(value("words_held"), 1);
}

TEST_F(SecondStageTest, DoesNotStartWithAConfigurationThatCannotBeUsed) {
  config::RankerConfig config;
  config.set_model_path("/nowhere/model.ranker");
  EXPECT_THAT(SecondStage::Create(engine_.get(), config, embedder_.id()), StatusIs(absl::StatusCode::kNotFound));
  config.set_candidates(5);
  EXPECT_THAT(SecondStage::Create(engine_.get(), config, embedder_.id()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("retrieval.ranker.candidates")));
}

}  // namespace
}  // namespace bedside
