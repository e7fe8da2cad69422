#include "index/interaction/token_rotation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

std::vector<float> RandomVector(unsigned seed, size_t dimension) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> vector(dimension);
  for (float& value : vector) value = normal(random);
  return vector;
}

double Product(const std::vector<float>& a, const std::vector<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

class TokenRotationTest : public testing::TestWithParam<size_t> {};

TEST_P(TokenRotationTest, KeepsInnerProducts) {
  const TokenRotation rotation(GetParam());
  const std::vector<float> a = RandomVector(1, GetParam()), b = RandomVector(2, GetParam());
  const double tolerance = 1e-5 * static_cast<double>(GetParam());
  EXPECT_NEAR(Product(rotation.Apply(a), rotation.Apply(b)), Product(a, b), tolerance);
  EXPECT_NEAR(Product(rotation.Apply(a), rotation.Apply(a)), Product(a, a), tolerance);
}

INSTANTIATE_TEST_SUITE_P(Dimensions, TokenRotationTest, testing::Values(1, 7, 8, 48, 384, 768, 1024));

TEST(TokenRotation, SpreadsOneValueOverAllOfADimensionOf384) {
  std::vector<float> axis(384);
  axis[17] = 1;
  float largest = 0;
  for (float value : TokenRotation(384).Apply(axis)) largest = std::max(largest, std::abs(value));
  EXPECT_LT(largest, 0.3F);
}

// Stored codes are read by later versions: this must not change.
TEST(TokenRotation, IsThatOfStoredCodes) {
  const std::vector<float> rotated = TokenRotation(8).Apply(std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8});
  std::vector<int> rounded;
  for (float value : rotated) rounded.push_back(static_cast<int>(std::lround(value * 100)));
  EXPECT_EQ(rounded, (std::vector<int>{800, -300, 100, 700, 350, -250, 450, -650}));
}

}  // namespace
}  // namespace bedside
