#include "index/interaction/late_interaction.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "index/interaction/token_codes.h"

namespace bedside {
namespace {

constexpr size_t kDimension = 384;

using Vectors = std::vector<std::vector<float>>;

std::vector<float> Joined(const Vectors& vectors) {
  std::vector<float> joined;
  for (const std::vector<float>& vector : vectors) joined.insert(joined.end(), vector.begin(), vector.end());
  return joined;
}

double Cosine(const std::vector<float>& a, const std::vector<float>& b) {
  const auto product = [](const auto& x, const auto& y) {
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
  };
  return product(a, b) / std::sqrt(product(a, a) * product(b, b));
}

// Token vectors that lie in one cone, as those of encoders do.
Vectors TokensInACone(unsigned seed, size_t count, size_t dimension = kDimension) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  Vectors vectors(count, std::vector<float>(dimension));
  for (std::vector<float>& vector : vectors) {
    for (size_t i = 0; i < dimension; ++i) vector[i] = normal(random) + (i % 5 == 0 ? 1.5F : 0.0F);
  }
  return vectors;
}

// What With() estimates, from the vectors themselves.
Interaction Exact(const Vectors& question, const Vectors& passage) {
  std::vector<double> closest;
  for (const auto& token : question) {
    double best = -1;
    for (const auto& other : passage) best = std::max(best, Cosine(token, other));
    closest.push_back(best);
  }
  Interaction interaction;
  interaction.mean = std::accumulate(closest.begin(), closest.end(), 0.0) / static_cast<double>(closest.size());
  std::sort(closest.begin(), closest.end());
  const size_t weakest = std::min(LateInteraction::kWeakest, closest.size());
  for (size_t i = 0; i < weakest; ++i) interaction.weakest += closest[i] / static_cast<double>(weakest);
  return interaction;
}

Interaction Estimated(const Vectors& question, const Vectors& passage, size_t dimension = kDimension) {
  const TokenRotation rotation(dimension);
  const QuestionTokens tokens(Joined(question), rotation);
  return LateInteraction(tokens).With(TokenCodesOf(Joined(passage), rotation));
}

TEST(LateInteraction, RanksPassagesAsTheVectorsDo) {
  const Vectors question = TokensInACone(1, 12);
  // Each passage holds more of the question's tokens than the one before it.
  double before = 0;
  for (size_t held = 0; held <= question.size(); held += 3) {
    Vectors passage = TokensInACone(100 + static_cast<unsigned>(held), 60);
    std::copy(question.begin(), question.begin() + static_cast<std::ptrdiff_t>(held), passage.begin());
    const double estimated = Estimated(question, passage).mean;
    EXPECT_GT(estimated, before + 0.03) << held;
    before = estimated;
  }
}

TEST(LateInteraction, EstimatesTheCosineOfATokenWithASignedCode) {
  const Vectors question = TokensInACone(2, 1), passage = TokensInACone(3, 1);
  std::vector<float> signs = TokenRotation(kDimension).Apply(passage[0]);
  for (float& value : signs) value = value > 0 ? 1.0F : -1.0F;
  const double expected = Cosine(TokenRotation(kDimension).Apply(question[0]), signs);
  EXPECT_NEAR(Estimated(question, passage).mean, expected, 0.01);
}

// A sign holds sqrt(2 / pi) of the cosine with its own vector.
TEST(LateInteraction, ATokenIsClosestToItself) {
  const Vectors passage = TokensInACone(4, 50);
  for (size_t token = 0; token < passage.size(); ++token) {
    EXPECT_NEAR(Estimated({passage[token]}, passage).mean, std::sqrt(2 / M_PI), 0.05) << token;
  }
}

TEST(LateInteraction, TheWeakestAreTheTokensThatThePassageLacks) {
  const Vectors question = TokensInACone(5, 10);
  Vectors lacking = TokensInACone(6, 40);
  std::copy(question.begin(), question.begin() + 7, lacking.begin());
  Vectors whole = lacking;
  std::copy(question.begin() + 7, question.end(), whole.begin() + 7);
  EXPECT_GT(Estimated(question, whole).weakest - Estimated(question, lacking).weakest, 0.3);
  EXPECT_LT(Exact(question, lacking).weakest, Exact(question, whole).weakest);
}

TEST(LateInteraction, DoesNotDependOnTheLengthOfAVector) {
  Vectors question = TokensInACone(7, 5);
  const Vectors passage = TokensInACone(8, 20);
  const Interaction before = Estimated(question, passage);
  for (std::vector<float>& token : question) {
    for (float& value : token) value *= 1024;
  }
  EXPECT_DOUBLE_EQ(Estimated(question, passage).mean, before.mean);
}

TEST(LateInteraction, TakesDimensionsThatFillNoWord) {
  for (size_t dimension : {1, 7, 65, 100, 450, 520}) {
    const Vectors tokens = TokensInACone(9, 40, dimension);
    for (const size_t token : {0, 31, 32, 39}) {
      const double own = Estimated({tokens[token]}, tokens, dimension).mean;
      EXPECT_GT(own, 0.5) << dimension << ", " << token;
      EXPECT_LT(own, 1.07) << dimension << ", " << token;
    }
  }
}

TEST(LateInteraction, WithoutTokensThereIsNoInteraction) {
  const Vectors tokens = TokensInACone(10, 4);
  const TokenRotation rotation(kDimension);
  const std::string codes = TokenCodesOf(Joined(tokens), rotation);
  const QuestionTokens none, of_no_text({}, rotation), some(Joined(tokens), rotation);
  EXPECT_EQ(LateInteraction(none).With(codes).mean, 0);
  EXPECT_EQ(LateInteraction(of_no_text).With(codes).weakest, 0);
  EXPECT_EQ(LateInteraction(some).With("").mean, 0);
}

TEST(LateInteraction, ATokenOfZerosIsCloseToNothing) {
  const Interaction interaction = Estimated({std::vector<float>(kDimension)}, TokensInACone(11, 4));
  EXPECT_EQ(interaction.mean, 0);
}

// What a model may give that overflows: no feature of a ranker may become NaN by it.
TEST(LateInteraction, ATokenThatIsNotFiniteIsCloseToNothing) {
  for (float value : {INFINITY, -INFINITY, NAN}) {
    const Vectors question(1, std::vector<float>(1, value));
    const Interaction interaction = Estimated(question, TokensInACone(13, 4, 1), 1);
    EXPECT_EQ(interaction.mean, 0) << value;
    EXPECT_EQ(interaction.weakest, 0) << value;
  }
}

}  // namespace
}  // namespace bedside
