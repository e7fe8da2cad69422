#include "index/interaction/token_codes.h"

#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(TokenCodes, TakeABitAValueInWholeWords) {
  EXPECT_EQ(CodeBytes(384), 48U);
  EXPECT_EQ(CodeBytes(65), 16U);
  const TokenRotation rotation(65);
  EXPECT_EQ(TokenCodesOf(std::vector<float>(3 * size_t{65}, 1.0F), rotation).size(), 48U);
  EXPECT_EQ(TokenCodesOf({}, rotation), "");
}

}  // namespace
}  // namespace bedside
