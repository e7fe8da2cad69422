#include "index/lexical/bm25f.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(Bm25fTest, BodyAloneIsBm25WithK1Of0Point9AndBOf0Point4) {
  const double frequency = 3;
  const double relative_length = 80.0 / 50.0;
  const double bm25 = frequency / (frequency + 0.9 * (0.6 + 0.4 * relative_length));

  EXPECT_DOUBLE_EQ(Saturation(NormalisedFrequency(LexicalField::kBody, frequency, 80, 50)), bm25);
}

TEST(Bm25fTest, ATermInAFieldOfMeanLengthCountsTheWeightOfTheField) {
  for (size_t field = 0; field < kLexicalFields; ++field) {
    EXPECT_DOUBLE_EQ(NormalisedFrequency(static_cast<LexicalField>(field), 1, 7, 7), kBm25Fields[field].weight);
  }
}

TEST(Bm25fTest, ALongerFieldCountsLess) {
  for (size_t field = 0; field < kLexicalFields; ++field) {
    EXPECT_LT(NormalisedFrequency(static_cast<LexicalField>(field), 2, 30, 10),
              NormalisedFrequency(static_cast<LexicalField>(field), 2, 10, 10));
  }
}

TEST(Bm25fTest, SaturationIsHalfAtK1) { EXPECT_DOUBLE_EQ(Saturation(kBm25K1), 0.5); }

TEST(Bm25fTest, AnImpactIsTheSaturationInStepsOf256thsAndNeverNone) {
  EXPECT_EQ(Impact(kBm25K1), 128);
  EXPECT_EQ(Impact(1), 135);
  EXPECT_EQ(Impact(1e-9), 1);
  EXPECT_EQ(Impact(1e9), 255);
}

TEST(Bm25fTest, IdfIsTheLogarithmOfTheOddsPlusOne) { EXPECT_DOUBLE_EQ(Idf(10, 2), std::log(1 + 8.5 / 2.5)); }

TEST(Bm25fTest, IdfIsPositiveEvenForATermInEveryPassage) {
  EXPECT_GT(Idf(1, 1), 0);
  EXPECT_GT(Idf(4e9, 4e9), 0);
}

}  // namespace
}  // namespace bedside
