#include "index/ranking/candidate_features.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace bedside {
namespace {

using ::testing::SizeIs;

// Three candidates of a question of two words, the second of them rarer.
class CandidateFeaturesTest : public testing::Test {
 protected:
  CandidateFeaturesTest() {
    signals_.vectors = EmbeddingMatrix({1, 0, 0.6F, 0.8F, 0, 1}, 2);
    signals_.holds = {true, true, true, false, false, false};
    signals_.rarity = {1, 3};
    signals_.interactions = {{0.5, 0.1}, {0.7, 0.4}, {0.3, 0.2}};
  }

  double Value(const std::string& name, size_t candidate) const {
    const std::vector<std::string>& names = CandidateFeatures::Names();
    const auto column = std::find(names.begin(), names.end(), name);
    EXPECT_NE(column, names.end()) << name;
    return CandidateFeatures(scores_, signals_).row(candidate)[static_cast<size_t>(column - names.begin())];
  }

  std::vector<CandidateScores> scores_ = {{2, 0.9, 4}, {1, 0.8, 6}, {0, 0.7, 0}};
  CandidateSignals signals_;
};

TEST_F(CandidateFeaturesTest, NamesAreDistinctAndOneAColumn) {
  const std::vector<std::string>& names = CandidateFeatures::Names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_THAT(CandidateFeatures(scores_, signals_).row(2), SizeIs(names.size()));
}

TEST_F(CandidateFeaturesTest, ScoresStandAsTheyAreStandardisedAndByRank) {
  EXPECT_FLOAT_EQ(Value("dense", 1), 0.8F);
  EXPECT_NEAR(Value("dense_standardised", 0), std::sqrt(1.5), 1e-5);
  EXPECT_NEAR(Value("dense_standardised", 1), 0, 1e-5);
  EXPECT_FLOAT_EQ(Value("lexical_rank", 1), 0);
  EXPECT_FLOAT_EQ(Value("lexical_rank", 0), std::log1p(1.0F));
  EXPECT_FLOAT_EQ(Value("fused_rank", 2), std::log1p(2.0F));
}

TEST_F(CandidateFeaturesTest, WordsCountByTheirRarity) {
  EXPECT_FLOAT_EQ(Value("rarity_held", 0), 1);
  EXPECT_FLOAT_EQ(Value("rarity_held", 1), 0.25F);
  EXPECT_FLOAT_EQ(Value("rarity_held", 2), 0);
  EXPECT_FLOAT_EQ(Value("rarest_missed", 0), 0);
  EXPECT_FLOAT_EQ(Value("rarest_missed", 1), 3);
  EXPECT_FLOAT_EQ(Value("rarest_held", 1), 1);
  EXPECT_FLOAT_EQ(Value("words_held", 1), 0.5F);
}

TEST_F(CandidateFeaturesTest, TokensMeetThoseOfTheQuestion) {
  EXPECT_FLOAT_EQ(Value("interaction", 1), 0.7F);
  EXPECT_NEAR(Value("interaction_standardised", 1), std::sqrt(1.5), 1e-5);
  EXPECT_FLOAT_EQ(Value("interaction_weakest", 2), 0.2F);
}

TEST_F(CandidateFeaturesTest, NeighboursAreTheOthersThatRankHigh) {
  EXPECT_FLOAT_EQ(Value("nearest", 0), 0.6F);
  EXPECT_FLOAT_EQ(Value("nearest", 2), 0.8F);
  EXPECT_FLOAT_EQ(Value("near_first", 1), 0.7F);
}

TEST_F(CandidateFeaturesTest, WhatIsOfTheQuestionIsTheSameForAll) {
  for (size_t candidate = 0; candidate < 3; ++candidate) {
    EXPECT_FLOAT_EQ(Value("question_words", candidate), 2);
    EXPECT_FLOAT_EQ(Value("question_rarest", candidate), 3);
    EXPECT_FLOAT_EQ(Value("question_lead", candidate), 2);
    EXPECT_FLOAT_EQ(Value("question_best_dense", candidate), 0.9F);
    EXPECT_FLOAT_EQ(Value("question_best_interaction", candidate), 0.7F);
  }
}

// A question of stop words only, and a corpus of one passage.
TEST_F(CandidateFeaturesTest, ASingleCandidateAndAQuestionWithoutWordsGiveFiniteNumbers) {
  scores_ = {{0, 0.5, 0}};
  signals_.vectors = EmbeddingMatrix({1, 0}, 2);
  signals_.holds.clear();
  signals_.rarity.clear();
  signals_.interactions = {{}};
  const CandidateFeatures features(scores_, signals_);
  ASSERT_EQ(features.candidates(), 1U);
  for (float value : features.row(0)) EXPECT_TRUE(std::isfinite(value));
}

}  // namespace
}  // namespace bedside
