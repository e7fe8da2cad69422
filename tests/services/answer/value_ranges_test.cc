#include "services/answer/value_ranges.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

bool Holds(absl::string_view row, absl::string_view question, absl::string_view columns = "") {
  return AskedValues(question).AreIn(row, columns);
}

TEST(ValueRangesTest, AgeIsInItsRange) {
  EXPECT_TRUE(Holds("6 to 12 years | 300 micrograms", "a child of eight years"));
  EXPECT_TRUE(Holds("6–12 years", "an 8-year old"));
  EXPECT_FALSE(Holds("6 months to 6 years | 150 micrograms", "a child of eight years"));
  EXPECT_FALSE(Holds("over 12 years and adults", "a child of eight years"));
  EXPECT_FALSE(Holds("over 12 years and adults", "a child of eight years who has been ill for more than 5 days"));
  EXPECT_TRUE(Holds("6.0 to 6.4 | 30 g", "a potassium of 6.2"));
  EXPECT_FALSE(Holds("5.5 to 5.9 | 15 g", "a potassium of 6.2"));
}

TEST(ValueRangesTest, AgesCountInAllTheirUnits) {
  EXPECT_TRUE(Holds("6 months to 6 years", "18 months old"));
  EXPECT_TRUE(Holds("below 6 months", "a baby of three weeks"));
  EXPECT_FALSE(Holds("below 6 months", "a child of one year"));
}

TEST(ValueRangesTest, OpenRangesSayWhetherTheirLimitBelongsToThem) {
  EXPECT_FALSE(Holds("below 30", "an eGFR of 30"));
  EXPECT_TRUE(Holds("up to 30", "an eGFR of 30"));
  EXPECT_FALSE(Holds("over 30", "an eGFR of 30"));
  EXPECT_TRUE(Holds("30 or more", "an eGFR of 30"));
  EXPECT_TRUE(Holds("≥30", "an eGFR of 30"));
  EXPECT_TRUE(Holds("30 to 44", "an eGFR of 30"));
}

TEST(ValueRangesTest, UnitsMustBeTheSameUnlessTheColumnNamesIt) {
  EXPECT_TRUE(Holds("10 to 20 kg", "a child of 15 kg"));
  EXPECT_FALSE(Holds("10 to 20 mg", "a child of 15 kg"));
  EXPECT_FALSE(Holds("10 to 20 mg", "a child of 15 years"));
  EXPECT_FALSE(Holds("100 to 150 micrograms", "a score of 120"));
  EXPECT_TRUE(Holds("30 to 44 | 1,000 mg", "an eGFR of 40 mL/min"));
  EXPECT_FALSE(Holds("30 to 44 | 1,000 mg", "an adult of 40 years"));
}

TEST(ValueRangesTest, RangeThatIsAskedAboutIsInTheRowsThatOverlapIt) {
  EXPECT_TRUE(Holds("over 12 years and adults", "children over 12 years"));
  EXPECT_FALSE(Holds("6 to 12 years", "children over 12 years"));
  EXPECT_TRUE(Holds("below 6 months", "a child under 6 years"));
  EXPECT_TRUE(Holds("6 months to 6 years", "a child under 6 years"));
  EXPECT_FALSE(Holds("6 to 12 years", "a child under 6 years"));
  EXPECT_FALSE(Holds("45 to 59", "eGFR is below 45"));
  EXPECT_TRUE(Holds("30 to 44", "eGFR is below 45"));
  EXPECT_TRUE(Holds("below 30", "eGFR falls to below 45"));
  EXPECT_TRUE(Holds("below 30", "eGFR < 30"));
  EXPECT_FALSE(Holds("30 to 44", "eGFR < 30"));
  EXPECT_TRUE(Holds("30 to 44", "eGFR between 30 and 44"));
  EXPECT_FALSE(Holds("below 30", "eGFR between 30 and 44"));
  EXPECT_TRUE(Holds("60 or more", "eGFR of at least 60"));
  EXPECT_FALSE(Holds("over 60", "eGFR not above 60"));
}

TEST(ValueRangesTest, DoseIsNoMeasurement) {
  EXPECT_FALSE(Holds("below 30 | stop", "25 mg of metformin", "eGFR | Dose"));
  EXPECT_TRUE(Holds("10 to 20 | one tablet", "a child of 15 kg", "Weight (kg) | Dose"));
  EXPECT_FALSE(Holds("10 to 20 | one tablet", "a child of 15 kg", "Age | Dose"));
}

TEST(ValueRangesTest, NumberThatIsARankOrTypeIsNoValue) {
  EXPECT_FALSE(Holds("1 to 3", "type 2 diabetes"));
  EXPECT_FALSE(Holds("1 to 3", "which one of them"));
  EXPECT_FALSE(Holds("6 to 12 years", "no number"));
  EXPECT_FALSE(Holds("no range", "8 years"));
}

}  // namespace
}  // namespace bedside
