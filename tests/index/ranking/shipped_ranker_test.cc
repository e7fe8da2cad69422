// The ranker that is shipped is one of this version, and prefers what it was made to prefer.
#include <gmock/gmock.h>

#include <memory>
#include <vector>

#include "index/ranking/passage_ranker.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

class ShippedRankerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto loaded = PassageRanker::Load("index/ranking/bge-small-en-v1.5.ranker");
    ASSERT_THAT(loaded, IsOk());
    ranker_ = *std::move(loaded);
  }

  // Of three candidates that are much alike, with these cosines and interactions, one question word held by all.
  std::vector<PassageRanker::Judgement> Judge(const std::vector<double>& cosines,
                                              const std::vector<Interaction>& interactions) {
    CandidateSignals signals;
    signals.vectors = EmbeddingMatrix({1, 0, 0.8F, 0.6F, 0.6F, 0.8F}, 2);
    signals.holds = {true, true, true};
    signals.rarity = {5};
    signals.interactions = interactions;
    std::vector<CandidateScores> scores;
    for (double cosine : cosines) scores.push_back({1, cosine, 5});
    return ranker_->Judge(CandidateFeatures(scores, signals));
  }

  std::unique_ptr<PassageRanker> ranker_;
};

TEST_F(ShippedRankerTest, WasTrainedWithTheModelOfTheSamples) {
  EXPECT_THAT(ranker_->embedder_id(), HasSubstr("onnx-384/cls/bf16/512/"));
}

TEST_F(ShippedRankerTest, PrefersWhatAnswersEveryPartOfTheQuestion) {
  const auto judged = Judge({0.8, 0.8, 0.8}, {{0.5, 0.2}, {0.5, 0.4}, {0.5, 0.3}});
  EXPECT_GT(judged[1].score, judged[2].score);
  EXPECT_GT(judged[2].score, judged[0].score);
}

TEST_F(ShippedRankerTest, RelevanceRisesWithTheCosineAndTheInteraction) {
  const auto judged = Judge({0.85, 0.6, 0.85}, {{0.6, 0.5}, {0.6, 0.5}, {0.3, 0.1}});
  EXPECT_GT(judged[0].relevance, judged[1].relevance);
  EXPECT_GT(judged[0].relevance, judged[2].relevance);
  EXPECT_TRUE(judged[0].bears_on_question);
}

TEST_F(ShippedRankerTest, WhatIsFarFromTheQuestionDoesNotBearOnIt) {
  const auto judged = Judge({0.45, 0.4, 0.42}, {{0.2, 0.05}, {0.2, 0.05}, {0.2, 0.05}});
  for (const PassageRanker::Judgement& judgement : judged) EXPECT_FALSE(judgement.bears_on_question);
}

}  // namespace
}  // namespace bedside
