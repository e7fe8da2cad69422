#include "services/grounding/opposites.h"

#include "gtest/gtest.h"
#include "services/grounding/word_stem.h"

namespace bedside {
namespace {

bool AreOpposed(absl::string_view a, absl::string_view b) {
  const auto first = SideOf(a);
  const auto second = SideOf(b);
  return first.has_value() && second.has_value() && first->pair == second->pair && first->first != second->first;
}

TEST(OppositesTest, EachWordOfAListIsOpposedToEachOfTheOther) {
  for (const OppositeWords& words : Opposites()) {
    for (const absl::string_view first : words.first) {
      for (const absl::string_view second : words.second) EXPECT_TRUE(AreOpposed(first, second)) << first << second;
    }
  }
}

TEST(OppositesTest, FindsThemInEveryForm) {
  EXPECT_TRUE(AreOpposed("increases", "reduced"));
  EXPECT_TRUE(AreOpposed("effective", "ineffective"));
  EXPECT_TRUE(AreOpposed("gram-positive", "gram-negative"));
  EXPECT_TRUE(AreOpposed("low-dose", "high-dose"));
  EXPECT_TRUE(AreOpposed("hyperkalaemia", "hypokalemia"));
}

TEST(OppositesTest, OtherWordsHaveNone) {
  EXPECT_FALSE(AreOpposed("increased", "elevated")) << "the same side";
  EXPECT_FALSE(AreOpposed("increased", "worse")) << "another pair";
  EXPECT_FALSE(AreOpposed("hyperkalaemia", "hypotension"));
  EXPECT_FALSE(SideOf("aspirin").has_value());
  EXPECT_FALSE(SideOf("hypothesis").has_value());
  EXPECT_FALSE(SideOf("").has_value());
}

TEST(OppositesTest, KnowsNegationsAndWordsThatDeny) {
  for (const char* word : {"not", "no", "without", "cannot", "didn't", "shouldn’t"})
    EXPECT_TRUE(IsNegation(word)) << word;
  for (const char* word : {"failed", "lack", "avoid", "not"}) EXPECT_TRUE(Denies(word)) << word;
  for (const char* word : {"failed", "note", "north", ""}) EXPECT_FALSE(IsNegation(word)) << word;
  EXPECT_FALSE(Denies("improved"));
}

TEST(WordStemTest, IsOneForTheFormsOfAWord) {
  for (const char* word : {"reduces", "reduced", "reducing", "reduce"})
    EXPECT_EQ(WordStem(word), WordStem("reduce")) << word;
  EXPECT_EQ(WordStem("haemorrhages"), WordStem("hemorrhage"));
  EXPECT_EQ(WordStem("studies"), WordStem("study"));
  EXPECT_EQ(WordStem("patient's"), WordStem("patients"));
}

TEST(WordStemTest, LeavesShortWordsAndOthersApart) {
  EXPECT_EQ(WordStem("ed"), "ed");
  EXPECT_EQ(WordStem("mass"), "mass");
  EXPECT_NE(WordStem("stroke"), WordStem("strict"));
  EXPECT_EQ(WordStem(""), "");
}

}  // namespace
}  // namespace bedside
