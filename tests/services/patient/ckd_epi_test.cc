#include "services/patient/ckd_epi.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::Optional;

// By hand from the equation as it was published.
TEST(CkdEpiTest, GivesTheEquationsOwnValues) {
  EXPECT_THAT(CkdEpi2021(0.9, 40, v1::SEX_MALE), Optional(111));
  EXPECT_THAT(CkdEpi2021(0.7, 40, v1::SEX_FEMALE), Optional(112));
  EXPECT_THAT(CkdEpi2021(1.9, 68, v1::SEX_MALE), Optional(38));
  EXPECT_THAT(CkdEpi2021(1.9, 68, v1::SEX_FEMALE), Optional(28));
  EXPECT_THAT(CkdEpi2021(0.5, 80, v1::SEX_FEMALE), Optional(95));
}

TEST(CkdEpiTest, IsForAdultsOfKnownSex) {
  EXPECT_EQ(CkdEpi2021(1, 17.9, v1::SEX_MALE), absl::nullopt);
  EXPECT_EQ(CkdEpi2021(1, 40, v1::SEX_UNSPECIFIED), absl::nullopt);
  EXPECT_TRUE(CkdEpi2021(1, 18, v1::SEX_MALE).has_value());
}

}  // namespace
}  // namespace bedside
