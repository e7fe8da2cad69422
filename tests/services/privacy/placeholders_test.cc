#include "services/privacy/placeholders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kName = v1::IDENTIFIER_KIND_NAME;
constexpr auto kDate = v1::IDENTIFIER_KIND_DATE;

TEST(PlaceholdersTest, TheSameHasTheSameLetterAndOthersHaveOthers) {
  Placeholders placeholders;
  EXPECT_EQ(placeholders.For(kName, "Maria Garcia"), "[NAME A]");
  EXPECT_EQ(placeholders.For(kName, "Ahmed"), "[NAME B]");
  EXPECT_EQ(placeholders.For(kName, "MARIA-GARCIA"), "[NAME A]");
  EXPECT_EQ(placeholders.For(kName, "Garcia"), "[NAME A]") << "a part of a name";
  EXPECT_EQ(placeholders.For(v1::IDENTIFIER_KIND_PLACE, "Garcia"), "[PLACE A]") << "each kind counts for itself";
}

TEST(PlaceholdersTest, ASurnameThatIsKnownIsCompletedByAGivenName) {
  Placeholders placeholders;
  EXPECT_EQ(placeholders.For(kName, "Smith"), "[NAME A]");
  EXPECT_EQ(placeholders.For(kName, "John Smith"), "[NAME A]");
}

TEST(PlaceholdersTest, ADateKeepsItsYearUnlessItTellsOfAnAgeAbove89) {
  Placeholders placeholders;
  EXPECT_EQ(placeholders.For(kDate, "12 March 2021"), "[DATE A, 2021]");
  EXPECT_EQ(placeholders.For(kDate, "12/03/1929"), "[DATE B]");
  EXPECT_EQ(placeholders.For(kDate, "12/03"), "[DATE C]");
}

TEST(PlaceholdersTest, AnAgeHasNoLetter) {
  EXPECT_EQ(Placeholders().For(v1::IDENTIFIER_KIND_AGE, "92"), "[AGED OVER 89]");
}

TEST(PlaceholdersTest, BehindTheLastLetterThereIsNone) {
  Placeholders placeholders;
  for (int i = 0; i < 26; ++i) placeholders.For(kName, std::string(1, static_cast<char>('a' + i)));
  EXPECT_EQ(placeholders.For(kName, "z"), "[NAME Z]");
  EXPECT_EQ(placeholders.For(kName, "one more"), "[NAME]");
}

TEST(PlaceholdersTest, ThoseOfATextAreFoundAndTheirLettersAreNotGivenAgain) {
  Placeholders placeholders;
  placeholders.Reserve("[NAME C] and [DATE A, 2021]");
  EXPECT_EQ(placeholders.For(kName, "x"), "[NAME D]");
  EXPECT_EQ(placeholders.For(kDate, "x"), "[DATE B]");
  EXPECT_THAT(Placeholders::In("a [NAME C], [AGED OVER 89]"), ElementsAre(Span{2, 10}, Span{12, 26}));
}

TEST(PlaceholdersTest, OtherBracketsAreNone) {
  EXPECT_THAT(Placeholders::In("[NAME Bob] [name a] [1] [NAME AB] [DATE A, 1929] [PAGE A]"), IsEmpty());
}

}  // namespace
}  // namespace bedside
