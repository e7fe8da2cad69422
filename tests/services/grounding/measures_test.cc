#include "services/grounding/measures.h"

#include "absl/algorithm/container.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

// Whether each number of `said` is held.
bool Hold(absl::string_view held, absl::string_view said) {
  const Measures measures(held);
  return absl::c_all_of(StatedMeasures(said),
                        [&](const StatedMeasure& measure) { return measures.Holds(measure) == Measures::Held::kYes; });
}

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
  EXPECT_TRUE(Hold("Dose, mg–mL or µg/kg\n30 | 500", "500 mg, 30 mL, 30 mcg/kg"));
}

TEST(MeasuresTest, CommaIsASeparatorOfThousandsOnlyBeforeThreeDigits) {
  EXPECT_FALSE(Hold("1,5 mg", "15 mg"));
  EXPECT_TRUE(Hold("1,5 mg", "1.5 mg"));
  EXPECT_FALSE(Hold("0,125 mg", "125 mg"));
  EXPECT_TRUE(Hold("1,234,567.5 IU", "1234567.5 IU"));
  EXPECT_FALSE(Hold("1.200 mg", "1,200 mg"));
}

TEST(MeasuresTest, LeadingPointIsADecimalPoint) {
  EXPECT_FALSE(Hold("1 mg/mL", ".1 mg/mL"));
  EXPECT_TRUE(Hold("300 micrograms (0.3 mL)", "300 micrograms (.3 mL)"));
  EXPECT_TRUE(Hold(".3 to .5 mL", "0.3 mL"));
  EXPECT_TRUE(Hold("0·3 mg", "0.3 mg"));
  EXPECT_FALSE(Hold("0·3 mg", "3 mg"));
  EXPECT_TRUE(Hold("Start early.3 Give 5 mg [1].2", "3, 2")) << "a full stop before a footnote";
}

TEST(MeasuresTest, BoundMayNotBeTurnedRound) {
  EXPECT_FALSE(Hold("eGFR is below 30 mL/min/1.73 m²", "eGFR is > 30"));
  EXPECT_FALSE(Hold("eGFR is 60 mL/min/1.73 m² or more", "eGFR is < 60 mL/min"));
  EXPECT_FALSE(Hold("at least 5 days", "up to 5 days"));
  EXPECT_FALSE(Hold("children under 12 years", "children of 12 years and older"));
  EXPECT_FALSE(Hold("no more than 4 g", "more than 4 g"));
  EXPECT_FALSE(Hold("over-65s", "under 65"));
  EXPECT_TRUE(Hold("below 30, or above 30 after a month", "above 30")) << "one of its places is enough";
}

TEST(MeasuresTest, BoundsHaveManySpellings) {
  for (const char* below : {"< 30", "<30", "below 30", "under 30", "less than 30", "lower than 30", "Below about 30"}) {
    EXPECT_TRUE(Hold("eGFR below 30", below)) << below;
    EXPECT_FALSE(Hold("eGFR 30 or above", below)) << below;
    EXPECT_FALSE(Hold("eGFR 30 or below", below)) << "strictly: " << below;
  }
  for (const char* at_most : {"≤ 30 days", "<= 30 days", "up to 30 days", "at most 30 days", "30 days or less",
                              "no more than 30 days", "not exceeding 30 days", "less than or equal to 30 days"}) {
    EXPECT_TRUE(Hold("at most 30 days", at_most)) << at_most;
    EXPECT_FALSE(Hold("at least 30 days", at_most)) << at_most;
  }
  for (const char* at_least : {"≥ 18 years", ">= 18 years", "at least 18 years", "18 years or older", "18 and over",
                               "18 years of age or older", "not less than 18 years", "not below 18 years"}) {
    EXPECT_TRUE(Hold("aged 18 years and over", at_least)) << at_least;
    EXPECT_FALSE(Hold("younger than 18 years", at_least)) << at_least;
  }
}

TEST(MeasuresTest, BareNumberContradictsNoBound) {
  EXPECT_TRUE(Hold("between 30 and 44 mL/min", "below 44 mL/min"));
  EXPECT_TRUE(Hold("below 30 mL/min", "30 mL/min")) << "less may be said";
  EXPECT_FALSE(Hold("30 to 44 mL/min; below 30 mL/min", "above 30 mL/min")) << "another place does";
}

TEST(MeasuresTest, WordsOfTheNextNumberAreNoBoundOfThisOne) {
  EXPECT_TRUE(Hold("30 or more than 60", "below 30")) << "30 is bare";
  EXPECT_TRUE(Hold("5 -> 10", "below 10")) << "an arrow";
  EXPECT_TRUE(Hold("eGFR 30 mL/min/1.73 m² or below", "eGFR 30 mL/min/1.73 m² or below"));
}

TEST(MeasuresTest, SaysWhatDiffers) {
  const Measures held("below 30 mL/min");
  EXPECT_EQ(held.Holds(StatedMeasures("30 mL/min")[0]), Measures::Held::kYes);
  EXPECT_EQ(held.Holds(StatedMeasures("31 mL/min")[0]), Measures::Held::kNoSuchNumber);
  EXPECT_EQ(held.Holds(StatedMeasures("30 mg")[0]), Measures::Held::kOtherUnit);
  EXPECT_EQ(held.Holds(StatedMeasures("above 30 mL/min")[0]), Measures::Held::kOtherBound);
}

TEST(MeasuresTest, MeasureSpansItsNumberAndUnit) {
  const std::string text = "Give 0·3 mg, then 5–10 mL.";
  const std::vector<StatedMeasure> stated = StatedMeasures(text);
  ASSERT_EQ(stated.size(), 3u);
  EXPECT_EQ(text.substr(stated[0].span.begin, stated[0].span.size()), "0·3 mg");
  EXPECT_EQ(text.substr(stated[1].span.begin, stated[1].span.size()), "5");
  EXPECT_TRUE(stated[1].goes_on);
  EXPECT_EQ(stated[1].unit, "ml") << "that of the end of the range";
  EXPECT_EQ(text.substr(stated[2].span.begin, stated[2].span.size()), "10 mL");
}

TEST(MeasuresTest, NothingHoldsNothing) {
  EXPECT_TRUE(Hold("", "no number"));
  EXPECT_FALSE(Hold("", "1"));
  EXPECT_FALSE(Hold("15 mg", "5 mg"));
}

}  // namespace
}  // namespace bedside
