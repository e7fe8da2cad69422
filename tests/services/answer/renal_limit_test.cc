#include "services/answer/renal_limit.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

TEST(RenalLimitTest, SaysTheLimitAndWhetherItHolds) {
  const auto below = FindRenalLimit("Stop it where eGFR is below 30 mL/min.", 25);
  ASSERT_TRUE(below.has_value());
  EXPECT_EQ(below->words, "eGFR is below 30 mL/min");
  EXPECT_TRUE(below->holds);
  EXPECT_FALSE(FindRenalLimit("Stop it where eGFR is below 30 mL/min.", 45)->holds);
}

TEST(RenalLimitTest, ARangeHoldsFromItsBeginToItsEnd) {
  for (const double egfr : {30, 40, 50}) EXPECT_TRUE(FindRenalLimit("CrCl 30 to 50 mL/min: halve it.", egfr)->holds);
  for (const double egfr : {29, 51}) EXPECT_FALSE(FindRenalLimit("CrCl 30 to 50 mL/min: halve it.", egfr)->holds);
}

TEST(RenalLimitTest, OfSeveralTheOneThatHoldsIsTold) {
  EXPECT_TRUE(FindRenalLimit("For eGFR above 60, 2 g. For eGFR below 30, none.", 70)->holds);
  EXPECT_TRUE(FindRenalLimit("For eGFR above 60, 2 g. For eGFR below 30, none.", 20)->holds);
  EXPECT_FALSE(FindRenalLimit("For eGFR above 60, 2 g. For eGFR below 30, none.", 45)->holds);
}

TEST(RenalLimitTest, ANumberByItselfAndOtherMeasuresAreNoLimit) {
  EXPECT_FALSE(FindRenalLimit("The mean eGFR was 62 mL/min.", 62).has_value());
  EXPECT_FALSE(FindRenalLimit("Stop it where HbA1c is below 6.5 %.", 25).has_value());
  EXPECT_FALSE(FindRenalLimit("", 25).has_value());
}

}  // namespace
}  // namespace bedside
