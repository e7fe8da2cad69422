#include "index/retrieval/cross_encoder_stage.h"

#include <gmock/gmock.h>

#include "index/engine/local_engine.h"
#include "index/retrieval/second_stage.h"
#include "tests/index/generation/generation_fixture.h"
#include "tests/index/ranking/cross_encoder_models.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Forty passages: that of the ordinal i is worth i to the model.
class CrossEncoderStageTest : public GenerationFixture {
 protected:
  static constexpr size_t kPassages = 40;

  void SetUp() override {
    GenerationFixture::SetUp();
    std::string lines;
    for (size_t i = 0; i < kPassages; ++i) {
      words_[absl::StrCat("word", i)] = i;
      absl::StrAppend(&lines, "word", i, "\n");
    }
    Publish({TextDocument("a", lines)});
    engine_ = *LocalEngine::Create(store_.get(), index_, embedder_.id());
    view_ = *engine_->View("c");
  }

  std::unique_ptr<CrossEncoderStage> StageOf(const std::string& model, uint32_t candidates) {
    config::CrossEncoderConfig config;
    config.set_model_path(CrossEncoderFolder(model, words_));
    config.set_candidates(candidates);
    config.set_precision(config::PRECISION_F32);
    auto stage = CrossEncoderStage::Create(engine_.get(), config);
    EXPECT_THAT(stage, IsOk());
    return *std::move(stage);
  }

  // The first `count` passages in their order, by falling scores below 1.
  static std::vector<RankedPassage> Ranked(size_t count) {
    std::vector<FusedPassage> fused;
    for (size_t i = 0; i < count; ++i) {
      fused.push_back({PassageAt(i), 1.0 - static_cast<double>(i) / 100, absl::nullopt, absl::nullopt});
    }
    return SecondStage::ByFusion(std::move(fused));
  }

  static std::vector<size_t> Order(const std::vector<RankedPassage>& ranked) {
    std::vector<size_t> order;
    for (const RankedPassage& passage : ranked) order.push_back(IndexOf(passage.fused.passage));
    return order;
  }

  static size_t Read(const std::vector<RankedPassage>& ranked) {
    return static_cast<size_t>(std::count_if(
        ranked.begin(), ranked.end(), [](const RankedPassage& passage) { return passage.cross_encoded.has_value(); }));
  }

  config::IndexConfig index_;
  std::map<std::string, size_t> words_;
  std::unique_ptr<LocalEngine> engine_;
  std::shared_ptr<const EvidenceView> view_;
};

TEST_F(CrossEncoderStageTest, OrdersTheFirstCandidatesByTheModelAndLeavesTheOthersBehindThem) {
  std::vector<RankedPassage> ranked = Ranked(6);
  ASSERT_THAT(StageOf(PassageSumModel(), 4)->Rank(*view_, "word1", absl::InfiniteFuture(), &ranked), IsOk());
  EXPECT_THAT(Order(ranked), ElementsAre(3, 2, 1, 0, 4, 5));
  EXPECT_EQ(ranked[0].cross_encoded, 3 + 2.0);
  EXPECT_EQ(ranked[0].score, 3 + 2.0);
  EXPECT_EQ(Read(ranked), 4u);
  for (size_t i = 1; i < ranked.size(); ++i) EXPECT_LE(ranked[i].score, ranked[i - 1].score);
}

TEST_F(CrossEncoderStageTest, KeepsWhatTheStagesBeforeSaid) {
  std::vector<RankedPassage> ranked = Ranked(2);
  ranked[1].judged = PassageRanker::Judgement{0.5, 0.25};
  ASSERT_THAT(StageOf(PassageSumModel(), 2)->Rank(*view_, "word1", absl::InfiniteFuture(), &ranked), IsOk());
  EXPECT_THAT(Order(ranked), ElementsAre(1, 0));
  ASSERT_TRUE(ranked[0].judged.has_value());
  EXPECT_EQ(ranked[0].judged->relevance, 0.25);
  EXPECT_EQ(ranked[0].fused.score, 0.99);
}

TEST_F(CrossEncoderStageTest, ReadsThirtyTwoWhenNothingIsSaid) {
  std::vector<RankedPassage> ranked = Ranked(kPassages);
  ASSERT_THAT(StageOf(PassageSumModel(), 0)->Rank(*view_, "word1", absl::InfiniteFuture(), &ranked), IsOk());
  EXPECT_EQ(Read(ranked), 32u);
  EXPECT_EQ(IndexOf(ranked[0].fused.passage), 31u);
  EXPECT_EQ(IndexOf(ranked[32].fused.passage), 32u);
}

// As the embedder does.
TEST_F(CrossEncoderStageTest, ReadsTheTitleBeforeThePassage) {
  words_["title"] = 1000;
  std::vector<RankedPassage> ranked = Ranked(2);
  ASSERT_THAT(StageOf(PassageSumModel(), 2)->Rank(*view_, "word1", absl::InfiniteFuture(), &ranked), IsOk());
  EXPECT_EQ(ranked[0].score, 1000 + 1 + 2.0);
}

TEST_F(CrossEncoderStageTest, NothingFoundIsNothingRanked) {
  std::vector<RankedPassage> ranked;
  EXPECT_THAT(StageOf(PassageSumModel(), 2)->Rank(*view_, "word1", absl::InfiniteFuture(), &ranked), IsOk());
  EXPECT_THAT(ranked, IsEmpty());
}

TEST_F(CrossEncoderStageTest, AfterAFailureTheRankingIsWhatItWas) {
  std::vector<RankedPassage> ranked = Ranked(4);
  EXPECT_THAT(StageOf(NotANumberModel(), 4)->Rank(*view_, "word1", absl::InfiniteFuture(), &ranked),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(Order(ranked), ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(ranked[0].score, 1);
  EXPECT_EQ(Read(ranked), 0u);
}

TEST_F(CrossEncoderStageTest, DoesNotBeginAfterTheDeadline) {
  std::vector<RankedPassage> ranked = Ranked(4);
  EXPECT_THAT(StageOf(PassageSumModel(), 4)->Rank(*view_, "word1", absl::InfinitePast(), &ranked),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(Order(ranked), ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(Read(ranked), 0u);
}

TEST(CrossEncoderDeadlineTest, LeavesHalfOfTheTimeForWhatIsMadeOfTheRanking) {
  const absl::Time now = absl::FromUnixSeconds(1000);
  EXPECT_EQ(CrossEncoderDeadline(now, now + absl::Seconds(10)), now + absl::Seconds(5));
  EXPECT_EQ(CrossEncoderDeadline(now, absl::InfiniteFuture()), absl::InfiniteFuture());
  EXPECT_EQ(CrossEncoderDeadline(now, now), now);
  EXPECT_EQ(CrossEncoderDeadline(now, absl::InfinitePast()), absl::InfinitePast());
}

TEST_F(CrossEncoderStageTest, DoesNotStartWithAConfigurationThatCannotBeUsed) {
  config::CrossEncoderConfig config;
  config.set_model_path("/nowhere");
  EXPECT_THAT(CrossEncoderStage::Create(engine_.get(), config), StatusIs(absl::StatusCode::kNotFound));
  config.set_candidates(101);
  EXPECT_THAT(CrossEncoderStage::Create(engine_.get(), config),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("retrieval.cross_encoder.candidates")));
}

}  // namespace
}  // namespace bedside
