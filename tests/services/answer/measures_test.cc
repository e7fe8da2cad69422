#include "services/answer/measures.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

bool Hold(absl::string_view held, absl::string_view said) { return Measures(held).Hold(Measures(said)); }

TEST(MeasuresTest, NumberIsBoundToItsUnit) {
  EXPECT_TRUE(Hold("1,000 mg a day", "1000 mg"));
  EXPECT_FALSE(Hold("1,000 mg a day", "1,000 g"));
  EXPECT_FALSE(Hold("5 mg/kg", "5 mg"));
  EXPECT_FALSE(Hold("twice in 24 hours", "24 days"));
  EXPECT_TRUE(Hold("Start within 24 hours", "24")) << "less may be said";
}

TEST(MeasuresTest, UnitsHaveManySpellings) {
  EXPECT_TRUE(Hold("500 micrograms", "500 mcg"));
  EXPECT_TRUE(Hold("500 µg", "500 μg"));
  EXPECT_TRUE(Hold("48 hours", "48-hour, 48 h"));
  EXPECT_TRUE(Hold("20 percent", "20%"));
  EXPECT_TRUE(Hold("30 mL/min/1.73 m²", "30 ml/min"));
  EXPECT_TRUE(Hold("10 IU/day", "10 iu/d"));
}

TEST(MeasuresTest, RangesAndListsShareTheirUnit) {
  for (const char* held : {"30 to 44 mL/min", "between 30 and 44 mL/min", "30-44 mL/min", "30–44 mL/min"}) {
    EXPECT_TRUE(Hold(held, "30 mL/min")) << held;
    EXPECT_FALSE(Hold(held, "30 mg")) << held;
  }
  EXPECT_TRUE(Hold("120/80 mmHg", "120 mmHg"));
}

TEST(MeasuresTest, NumberOfATableTakesTheUnitOfItsColumn) {
  EXPECT_TRUE(Hold("Dose (mg)\n30 to 44 | 500", "500 mg"));
  EXPECT_FALSE(Hold("Dose (mg)\n30 to 44 | 500", "500 g"));
}

TEST(MeasuresTest, CommaIsASeparatorOfThousandsOnlyBeforeThreeDigits) {
  EXPECT_FALSE(Hold("1,5 mg", "15 mg"));
  EXPECT_TRUE(Hold("1,5 mg", "1.5 mg"));
  EXPECT_FALSE(Hold("0,125 mg", "125 mg"));
  EXPECT_TRUE(Hold("1,234,567.5 IU", "1234567.5 IU"));
  EXPECT_FALSE(Hold("1.200 mg", "1,200 mg"));
}

TEST(MeasuresTest, NothingHoldsNothing) {
  EXPECT_TRUE(Hold("", "no number"));
  EXPECT_FALSE(Hold("", "1"));
  EXPECT_FALSE(Hold("15 mg", "5 mg"));
}

}  // namespace
}  // namespace bedside
