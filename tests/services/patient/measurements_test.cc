#include "services/patient/measurements.h"

#include <set>
#include <string>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

TEST(MeasurementsTest, CodesOfOneMeasurementFindIt) {
  ASSERT_NE(FindMeasurement("2160-0"), nullptr);
  EXPECT_EQ(FindMeasurement("2160-0")->name, "creatinine");
  EXPECT_EQ(FindMeasurement("14682-9"), FindMeasurement("2160-0")) << "the same in moles";
  EXPECT_EQ(FindMeasurement("94531-1"), nullptr);
  EXPECT_EQ(FindMeasurement(""), nullptr);
}

TEST(MeasurementsTest, EachIsOneMeasurementInAUnitThatIsKnown) {
  std::set<std::string> names, codes;
  for (const Measurement& measurement : Measurements()) {
    EXPECT_TRUE(names.insert(std::string(measurement.name)).second) << measurement.name;
    EXPECT_TRUE(InUnitOf(measurement, measurement.highest, measurement.unit).has_value()) << measurement.name;
    EXPECT_LT(measurement.lowest, measurement.highest) << measurement.name;
    EXPECT_GT(measurement.fresh_days, 0) << measurement.name;
    EXPECT_EQ(&MeasurementNamed(measurement.name), &measurement);
    for (const absl::string_view code : absl::StrSplit(measurement.loinc, ' ')) {
      EXPECT_TRUE(codes.insert(std::string(code)).second) << code;
    }
  }
}

// The last digit of a code of LOINC is a check digit (Mod 10, as of Luhn).
TEST(MeasurementsTest, CheckDigitsOfCodesAreRight) {
  for (const Measurement& measurement : Measurements()) {
    for (const absl::string_view code : absl::StrSplit(measurement.loinc, ' ')) {
      const absl::string_view digits = code.substr(0, code.find('-'));
      int sum = 0;
      for (size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 0) digit *= 2;
        sum += digit / 10 + digit % 10;
      }
      EXPECT_EQ(code.back() - '0', (10 - sum % 10) % 10) << code;
    }
  }
}

// 48 mmol/mol is 6.5 %: not 4.8 %, as the units alone would have it.
TEST(MeasurementsTest, HbA1cOfIfccIsTurnedIntoThatOfNgsp) {
  EXPECT_THAT(InUnitOf(MeasurementNamed("hba1c"), 48, "mmol/mol"), Optional(DoubleNear(6.54, 0.01)));
  EXPECT_THAT(InUnitOf(MeasurementNamed("hba1c"), 6.5, "%"), Optional(DoubleNear(6.5, 0.001)));
}

TEST(MeasurementsTest, MolesOfEachSubstanceAreItsOwnMass) {
  EXPECT_THAT(InUnitOf(MeasurementNamed("cholesterol"), 5, "mmol/L"), Optional(DoubleNear(193.3, 0.1)));
  EXPECT_THAT(InUnitOf(MeasurementNamed("triglycerides"), 1.7, "mmol/L"), Optional(DoubleNear(150.5, 0.1)));
  EXPECT_THAT(InUnitOf(MeasurementNamed("urea"), 40, "mg/dL"), Optional(DoubleNear(6.66, 0.01)));
  EXPECT_THAT(InUnitOf(MeasurementNamed("urea_nitrogen"), 5, "mmol/L"), Optional(DoubleNear(14.0, 0.1)));
  EXPECT_EQ(InUnitOf(MeasurementNamed("alt"), 1, "mmol/L"), absl::nullopt);
}

}  // namespace
}  // namespace bedside
