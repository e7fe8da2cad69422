#include "index/ranking/passage_ranker.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/ranking/ranker_models.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

absl::StatusOr<std::unique_ptr<PassageRanker>> Load(const storage::RankerModel& model) {
  return PassageRanker::Load(WriteFile(TempFolder(), "model.ranker", model.SerializeAsString()));
}

TEST(PassageRankerTest, JudgesEveryCandidateByBothNets) {
  const auto ranker = Load(RankerBy("lexical"));
  ASSERT_THAT(ranker, IsOk());
  CandidateSignals signals;
  signals.vectors = EmbeddingMatrix({1, 0, 0, 1}, 2);
  signals.interactions.resize(2);
  const std::vector<CandidateScores> scores = {{1, 0.9, 0}, {0, 0.8, 2}};
  const auto judged = (*ranker)->Judge(CandidateFeatures(scores, signals));
  ASSERT_EQ(judged.size(), 2U);
  EXPECT_DOUBLE_EQ(judged[0].score, 0);
  EXPECT_DOUBLE_EQ(judged[1].score, 2);
  EXPECT_DOUBLE_EQ(judged[0].relevance, 0.5) << "log-odds of 0";
  EXPECT_NEAR(judged[1].relevance, 0.8808, 1e-4) << "log-odds of 2";
}

TEST(PassageRankerTest, FromItsThresholdOnACandidateBearsOnTheQuestion) {
  storage::RankerModel model = RankerBy("lexical");
  model.set_relevance_threshold(0.5);
  const auto ranker = Load(model);
  ASSERT_THAT(ranker, IsOk());
  CandidateSignals signals;
  signals.vectors = EmbeddingMatrix({1, 0, 0, 1}, 2);
  signals.interactions.resize(2);
  const std::vector<CandidateScores> scores = {{1, 0.9, 0}, {0, 0.8, -1}};
  const auto judged = (*ranker)->Judge(CandidateFeatures(scores, signals));
  EXPECT_TRUE(judged[0].bears_on_question);
  EXPECT_FALSE(judged[1].bears_on_question);
}

TEST(PassageRankerTest, AThresholdThatIsNoProbabilityIsRefused) {
  for (double threshold : {-0.1, 1.1, std::nan("")}) {
    storage::RankerModel model = RankerBy("lexical");
    model.set_relevance_threshold(threshold);
    EXPECT_THAT(Load(model), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("relevance_threshold")));
  }
}

TEST(PassageRankerTest, AMissingFileIsNotFoundAndNamed) {
  EXPECT_THAT(PassageRanker::Load("/nowhere/model.ranker"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/model.ranker")));
}

TEST(PassageRankerTest, OtherBytesAreRefused) {
  const std::string path = WriteFile(TempFolder(), "model.ranker", "not a model");
  EXPECT_THAT(PassageRanker::Load(path),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr(path), HasSubstr("not a RankerModel"))));
}

TEST(PassageRankerTest, AModelForOtherFeaturesIsRefused) {
  storage::RankerModel model = RankerBy("lexical");
  model.set_features(0, "another");
  EXPECT_THAT(Load(model), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("features")));
}

TEST(PassageRankerTest, ANetThatDoesNotFitIsNamed) {
  storage::RankerModel model = RankerBy("lexical");
  model.mutable_relevance()->add_mean(0);
  EXPECT_THAT(Load(model), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("relevance.mean")));
}

}  // namespace
}  // namespace bedside
