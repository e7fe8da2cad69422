#include "index/interaction/question_tokens.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "index/interaction/level_tables.h"

namespace bedside {
namespace {

std::vector<float> RandomValues(unsigned seed, size_t count) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> values(count);
  for (float& value : values) value = normal(random);
  return values;
}

int LevelOf(const QuestionTokens& question, size_t token, size_t value) {
  return (question.levels(token)[value / 2] >> (value % 2 * 4)) & 15;
}

// To half a step between levels, in units of the length of the vector and of a code.
TEST(QuestionTokens, HoldRotatedValuesAtSixteenLevels) {
  constexpr size_t kDimension = 100;
  const TokenRotation rotation(kDimension);
  const std::vector<float> values = RandomValues(1, 2 * kDimension);
  const QuestionTokens question(values, rotation);
  ASSERT_EQ(question.tokens(), 2U);
  for (size_t token = 0; token < 2; ++token) {
    const std::vector<float> rotated =
        rotation.Apply(absl::MakeConstSpan(values).subspan(token * kDimension, kDimension));
    double squares = 0;
    for (float value : rotated) squares += static_cast<double>(value) * value;
    const double half_step = question.scale(token);
    for (size_t i = 0; i < kDimension; ++i) {
      const double held = half_step * (2 * LevelOf(question, token, i) - LevelTables::kTopLevel);
      EXPECT_NEAR(held, rotated[i] / std::sqrt(squares * kDimension), 1.001 * half_step) << token << ", " << i;
    }
  }
}

TEST(QuestionTokens, LevelsBehindTheDimensionAreZero) {
  const QuestionTokens question(RandomValues(2, 65), TokenRotation(65));
  ASSERT_EQ(question.levels(0).size(), 64U);
  for (size_t i = 65; i < 128; ++i) EXPECT_EQ(LevelOf(question, 0, i), 0) << i;
}

TEST(QuestionTokens, AreNoMoreThanTheFirstTokens) {
  constexpr size_t kDimension = 64;
  const TokenRotation rotation(kDimension);
  const std::vector<float> values = RandomValues(3, (QuestionTokens::kMostTokens + 10) * kDimension);
  const QuestionTokens question(values, rotation);
  ASSERT_EQ(question.tokens(), QuestionTokens::kMostTokens);
  const size_t last = QuestionTokens::kMostTokens - 1;
  const QuestionTokens alone(absl::MakeConstSpan(values).subspan(last * kDimension, kDimension), rotation);
  EXPECT_EQ(question.levels(last), alone.levels(0));
}

TEST(QuestionTokens, ATokenWithoutDirectionCountsForNothing) {
  for (float value : {0.0F, INFINITY, -INFINITY, NAN}) {
    const QuestionTokens question(std::vector<float>(64, value), TokenRotation(64));
    ASSERT_EQ(question.tokens(), 1U);
    EXPECT_EQ(question.scale(0), 0) << value;
  }
}

TEST(QuestionTokens, OfNoTokenAreEmpty) {
  EXPECT_TRUE(QuestionTokens().empty());
  EXPECT_TRUE(QuestionTokens({}, TokenRotation(8)).empty());
}

}  // namespace
}  // namespace bedside
