#include "index/vector/finite_length.h"

#include <limits>
#include <vector>

#include "gtest/gtest.h"
#include "index/vector/flat_rows.h"

namespace bedside {
namespace {

// Nearly the longest that passes, and a little more.
constexpr float kLong = 4.6e18F;
constexpr float kTooLong = 4.7e18F;

TEST(FiniteLengthTest, WhatIsNoNumberOrTooLongHasNone) {
  for (float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), kTooLong,
                      -std::numeric_limits<float>::max()}) {
    EXPECT_FALSE(HasFiniteLength({0, value})) << value;
  }
}

TEST(FiniteLengthTest, ZeroAndTheLongestHaveOne) {
  for (float value : {0.0F, -1.0F, kLong, -kLong}) EXPECT_TRUE(HasFiniteLength({0, value})) << value;
}

// The product with the mean of the rows is large and positive, that with what is left of the last large and negative.
TEST(FiniteLengthTest, TheLongestVectorsAreRanked) {
  std::vector<float> values(20, kLong);
  values.back() = -kLong;
  const FlatRows rows(values, 1);
  for (float question : {kLong, -kLong}) {
    const auto found = rows.Search({question}, PassageBitmap(20, true), 20);
    ASSERT_EQ(found.size(), 20U);
    EXPECT_EQ(found[question > 0 ? 19 : 0].passage, PassageAt(19));
    for (const ScoredPassage& row : found) EXPECT_TRUE(std::isfinite(row.score));
  }
}

}  // namespace
}  // namespace bedside
