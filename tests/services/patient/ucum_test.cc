#include "services/patient/ucum.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::DoubleNear;
using ::testing::Eq;
using ::testing::Optional;

constexpr Substance kCreatinine{113.12};
constexpr Substance kPotassium{39.098, 1};
constexpr Substance kCalcium{40.078, 2};

auto Near(double value) { return Optional(DoubleNear(value, 1e-3 * value)); }

TEST(UcumTest, PrefixesAndPowersAreConverted) {
  EXPECT_THAT(ConvertUnit(1.2, "mg/dL", "g/L"), Near(0.012));
  EXPECT_THAT(ConvertUnit(5, "g/L", "mg/dL"), Near(500));
  EXPECT_THAT(ConvertUnit(250, "10*3/uL", "10*9/L"), Near(250));
  EXPECT_THAT(ConvertUnit(70000, "g", "kg"), Near(70));
  EXPECT_THAT(ConvertUnit(25, "kg/m2", "kg/m2"), Near(25));
  EXPECT_THAT(ConvertUnit(1.5, "mL/s", "mL/min"), Near(90));
}

TEST(UcumTest, AmountIsMassOnlyWhereTheMolarMassIsKnown) {
  EXPECT_THAT(ConvertUnit(88.4, "umol/L", "mg/dL", kCreatinine), Near(1.0));
  EXPECT_THAT(ConvertUnit(1, "mg/dL", "umol/L", kCreatinine), Near(88.4));
  EXPECT_THAT(ConvertUnit(5.5, "mmol/L", "mg/dL", {180.156}), Near(99.09));
  EXPECT_THAT(ConvertUnit(3, "mg/mmol", "mg/g", kCreatinine), Near(26.52));
  EXPECT_EQ(ConvertUnit(88.4, "umol/L", "mg/dL"), absl::nullopt);
}

TEST(UcumTest, EquivalentsAreAmountByTheirCharge) {
  EXPECT_THAT(ConvertUnit(4.1, "meq/L", "mmol/L", kPotassium), Near(4.1));
  EXPECT_THAT(ConvertUnit(4.8, "mEq/L", "mmol/L", kCalcium), Near(2.4));
  EXPECT_EQ(ConvertUnit(4.1, "meq/L", "mmol/L"), absl::nullopt);
}

TEST(UcumTest, TemperaturesHaveAZeroOfTheirOwn) {
  EXPECT_THAT(ConvertUnit(98.6, "[degF]", "Cel"), Near(37));
  EXPECT_THAT(ConvertUnit(310.15, "K", "Cel"), Near(37));
  EXPECT_EQ(ConvertUnit(37, "kg", "Cel"), absl::nullopt);
}

TEST(UcumTest, PressureAndActivity) {
  EXPECT_THAT(ConvertUnit(16, "kPa", "mm[Hg]"), Near(120.01));
  EXPECT_THAT(ConvertUnit(1, "ukat/L", "U/L"), Near(60));
  EXPECT_THAT(ConvertUnit(40, "[iU]/L", "U/L"), Near(40));
  EXPECT_THAT(ConvertUnit(2.5, "u[iU]/mL", "m[iU]/L"), Near(2.5));
}

TEST(UcumTest, SpellingsOfLaboratoriesAreUnderstood) {
  EXPECT_THAT(ConvertUnit(120, "mmHg", "mm[Hg]"), Near(120));
  EXPECT_THAT(ConvertUnit(90, "µmol/L", "umol/L"), Near(90)) << "micro sign";
  EXPECT_THAT(ConvertUnit(90, "μmol/L", "umol/L"), Near(90)) << "Greek letter";
  for (const char* unit : {"mL/min/{1.73_m2}", "mL/min/1.73 m2", "mL/min/1.73m²", "mL/min"}) {
    EXPECT_THAT(ConvertUnit(45, unit, "mL/min/{1.73_m2}"), Near(45)) << unit;
  }
  EXPECT_THAT(ConvertUnit(150, "lbs", "kg"), Near(68.04));
  EXPECT_THAT(ConvertUnit(7, "K/uL", "10*9/L"), Near(7));
}

TEST(UcumTest, WhatIsNoUnitOrAnotherMeasureIsNotConverted) {
  for (const char* unit : {"", " ", "/", "mg/", "furlong", "mg//dL", "10*x/L", "{", "mg/dL/dL", "(mg)/dL", "0/L", "-/L",
                           "mg/dLL", "10*99999999999/L", "m-", "L-999999999999"}) {
    EXPECT_EQ(ConvertUnit(1, unit, "mg/dL", kCreatinine), absl::nullopt) << unit;
  }
  EXPECT_EQ(ConvertUnit(1, "kg", "cm"), absl::nullopt);
}

TEST(UcumTest, TheSameUnitMayBeSpelledOtherwise) {
  EXPECT_TRUE(IsSameUnit("mmol/mol", "mmol/mol"));
  EXPECT_TRUE(IsSameUnit("ug/mL", "mg/L"));
  EXPECT_FALSE(IsSameUnit("mg/dL", "mg/L"));
  EXPECT_FALSE(IsSameUnit("furlong", "furlong"));
}

}  // namespace
}  // namespace bedside
