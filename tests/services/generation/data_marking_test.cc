#include "services/generation/data_marking.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/text/code_point.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

std::string EveryPrivateCharacter() {
  std::string all;
  for (UChar32 c = 0xE000; c <= 0xF8FF; ++c) AppendCodePoint(c, all);
  return all;
}

TEST(DataMarkingTest, MarkerStandsBeforeEveryWord) {
  EXPECT_EQ(DataMarked("Give  aspirin\tearly.", "^"), "^Give^aspirin^early.");
}

TEST(DataMarkingTest, EveryLineBeginsWithTheMarker) {
  EXPECT_EQ(DataMarked("a b\n\n \nc\r\nd\n", "^"), "^a^b\n^c\n^d");
}

TEST(DataMarkingTest, NothingToMarkIsNothing) {
  EXPECT_EQ(DataMarked("", "^"), "");
  EXPECT_EQ(DataMarked(" \n\t\n", "^"), "");
}

TEST(DataMarkingTest, MarkersOfAModelBecomeSpaces) {
  EXPECT_EQ(WithoutMarker("Give^aspirin^within 48^hours [1].", "^"), "Give aspirin within 48 hours [1].");
  EXPECT_EQ(WithoutMarker("Give aspirin.", "^"), "Give aspirin.");
  EXPECT_EQ(WithoutMarker("a\xC2\xACz", "\xC2\xAC"), "a z");
}

TEST(DataMarkingTest, MarkerIsNoCharacterOfTheTexts) {
  EXPECT_EQ(*ChooseMarker({"plain"}, 0), "^");
  EXPECT_EQ(*ChooseMarker({"plain"}, 1), "~");
  EXPECT_EQ(*ChooseMarker({"10^9", "~5"}, 0), "\xC2\xAC");
}

TEST(DataMarkingTest, WhereAllThatIsCheapIsTakenOneIsChosenThatNobodyGuesses) {
  const std::string cheap = "^~\xC2\xAC\xC2\xA6";
  const auto first = ChooseMarker({cheap}, 0);
  const auto later = ChooseMarker({cheap}, 77);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(*first, "\xEE\x80\x80");
  EXPECT_NE(*first, *later);
  EXPECT_EQ(*ChooseMarker({cheap, *first}, 0), "\xEE\x80\x81");
}

TEST(DataMarkingTest, TextsThatHoldEveryMarkerAreRefused) {
  EXPECT_THAT(ChooseMarker({absl::StrCat("^~\xC2\xAC\xC2\xA6", EveryPrivateCharacter())}, 5),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace bedside
