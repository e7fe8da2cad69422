#include "index/query/asker_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bedside {
namespace {

// The words that are names where the whole text says who asks.
std::vector<std::string> Names(const std::string& text) {
  const AskerText words(text);
  std::vector<std::string> names;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words.IsName(i, {0, words.size()})) names.push_back(std::string(words.Written(i)));
  }
  return names;
}

using Words = std::vector<std::string>;

TEST(AskerTextTest, ANameFollowsATitleARelationOrAnIntroduction) {
  EXPECT_EQ(Names("Mr. Johnson asks"), Words({"Johnson"}));
  EXPECT_EQ(Names("my neighbour Maria asks"), Words({"Maria"}));
  EXPECT_EQ(Names("I am Fatima al-Zahrani."), Words({"Fatima", "al", "Zahrani"}));
  EXPECT_EQ(Names("Siobhan O'Rourke here"), Words({"Siobhan", "O", "Rourke"}));
  EXPECT_EQ(Names("a note from Lagos"), Words()) << "it may be a place";
  EXPECT_EQ(Names("my name is priya"), Words({"priya"}));
}

TEST(AskerTextTest, ADrugADiseaseOrAPlaceIsNone) {
  for (const char* text :
       {"Warfarin here", "This is Graves", "I'm Diabetic", "back from Peru", "I take Keytruda", "it's Ebola again",
        "This is Klebsiella", "its name is ozempic", "Thanks, Paxlovid", "tyrone here", "They came home from Mali"}) {
    EXPECT_EQ(Names(text), Words()) << text;
  }
}

TEST(AskerTextTest, UnderALetterANameStandsBehindAFarewell) {
  EXPECT_EQ(Names("Kind regards from here, Emily"), Words({"Emily"}));
  EXPECT_EQ(Names("Takes something, Emily"), Words()) << "no farewell";
  EXPECT_EQ(Names("Kind regards from here, MRSA"), Words());
}

TEST(AskerTextTest, PronounsOfOnePersonAreOfTheAsker) {
  EXPECT_EQ(AskerText("she/her").KindOf(0), AskerWord::kAsking);
  EXPECT_EQ(AskerText("she/they").KindOf(1), AskerWord::kAsking);
  EXPECT_EQ(AskerText("he/she").KindOf(0), AskerWord::kFunction);
}

TEST(AskerTextTest, ShortWordsInCapitalsMayAbbreviateSomethingElse) {
  EXPECT_EQ(AskerText("Ms").KindOf(0), AskerWord::kTitle);
  EXPECT_EQ(AskerText("MS").KindOf(0), AskerWord::kOther);
  EXPECT_EQ(AskerText("PLEASE").KindOf(0), AskerWord::kAsking);
  EXPECT_EQ(AskerText("prep").KindOf(0), AskerWord::kAsking);
  EXPECT_EQ(AskerText("PrEP").KindOf(0), AskerWord::kOther);
  EXPECT_EQ(AskerText("COBRA").KindOf(0), AskerWord::kInsurance);
  EXPECT_EQ(AskerText("cobra").KindOf(0), AskerWord::kOther);
}

TEST(AskerTextTest, WhoIsSpokenToIsNobodyElse) {
  EXPECT_EQ(AskerText("hey mate").KindOf(1), AskerWord::kAsking);
  EXPECT_EQ(AskerText("my mate").KindOf(1), AskerWord::kRelation);
}

TEST(AskerTextTest, InsurersStandBesideWhatTheySell) {
  EXPECT_TRUE(AskerText("my Krankenhilfe plan").IsInsurer(1));
  EXPECT_TRUE(AskerText("insured with Krankenhilfe").IsInsurer(2));
  EXPECT_FALSE(AskerText("treated with Keytruda").IsInsurer(2));
  EXPECT_FALSE(AskerText("insured with warfarin").IsInsurer(2));
}

TEST(AskerTextTest, AnAbilityThatIsLostMayHaveBearing) {
  EXPECT_TRUE(AskerText("I can't hear").MayBear(3));
  EXPECT_FALSE(AskerText("you can hear").MayBear(2));
}

TEST(AskerTextTest, WordsOfEveryDayMayHaveNoBearingTogether) {
  EXPECT_FALSE(AskerText("coffee shop").MayBear(0));
  EXPECT_TRUE(AskerText("coffee").MayBear(0));
}

TEST(AskerTextTest, AnEmptyTextHasNoWords) { EXPECT_EQ(AskerText("").size(), 0u); }

}  // namespace
}  // namespace bedside
