#include "index/ranking/spread.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace bedside {
namespace {

TEST(Spread, IsOfAllThatThereIs) {
  const Spread spread = SpreadOf(std::vector<double>{1, 2, 6});
  EXPECT_DOUBLE_EQ(spread.mean, 3);
  EXPECT_DOUBLE_EQ(spread.deviation, std::sqrt(14.0 / 3));
}

TEST(Spread, NumbersThatAreEqualDoNotDeviate) {
  EXPECT_EQ(SpreadOf(std::vector<double>{0.5}).deviation, 0);
  EXPECT_EQ(SpreadOf(std::vector<double>{7, 7, 7}).deviation, 0);
}

}  // namespace
}  // namespace bedside
