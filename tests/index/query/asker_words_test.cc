#include "index/query/asker_words.h"

#include <gtest/gtest.h>

#include "absl/strings/string_view.h"

namespace bedside {
namespace {

TEST(AskerWordsTest, EveryKindIsKnown) {
  EXPECT_EQ(KindOfAskerWord("the"), AskerWord::kFunction);
  EXPECT_EQ(KindOfAskerWord("in"), AskerWord::kFunction);
  EXPECT_EQ(KindOfAskerWord("wonders"), AskerWord::kAsking);
  EXPECT_EQ(KindOfAskerWord("neighbour"), AskerWord::kRelation);
  EXPECT_EQ(KindOfAskerWord("plumber"), AskerWord::kOccupation);
  EXPECT_EQ(KindOfAskerWord("lady"), AskerWord::kPerson);
  EXPECT_EQ(KindOfAskerWord("medicaid"), AskerWord::kInsurance);
  EXPECT_EQ(KindOfAskerWord("peruvian"), AskerWord::kGroup);
  EXPECT_EQ(KindOfAskerWord("mrs"), AskerWord::kTitle);
}

TEST(AskerWordsTest, RelationsOfRelationsAreRelations) {
  EXPECT_EQ(KindOfAskerWord("stepcousin"), AskerWord::kRelation);
  EXPECT_EQ(KindOfAskerWord("grandniece"), AskerWord::kRelation);
  EXPECT_EQ(KindOfAskerWord("stepwise"), AskerWord::kOther);
}

TEST(AskerWordsTest, WordsThatMayHaveClinicalBearingAreOfNoKind) {
  for (absl::string_view word :
       {"old",        "young",         "elderly",    "child",     "son",      "daughter", "baby",     "pregnant",
        "postpartum", "breastfeeding", "smoker",     "alcoholic", "diabetic", "obese",    "blind",    "deaf",
        "disabled",   "homeless",      "ill",        "sick",      "tired",    "anxious",  "confused", "nervous",
        "dizzy",      "pain",          "fever",      "born",      "school",   "retired",  "athlete",  "pilgrim",
        "allergic",   "vegan",         "vegetarian", "donor",     "dialysis", "warfarin", "insulin",  "tablet",
        "dose",       "cobra",         "phn",        "tia",       "epo",      "ssi",      "dm",       "delivery",
        "intersex",   "travel",        "tourist",    "contact",   "user",     "miner",    ""}) {
    EXPECT_EQ(KindOfAskerWord(word), AskerWord::kOther) << word;
  }
}

TEST(AskerWordsTest, DrawnOutWordsHaveTheKindOfThePlainOnes) {
  EXPECT_EQ(KindOfAskerWord("pleaaase"), AskerWord::kAsking);
  EXPECT_EQ(KindOfAskerWord("helllo"), AskerWord::kAsking);
  EXPECT_EQ(KindOfAskerWord("soooo"), AskerWord::kAsking);
  EXPECT_EQ(KindOfAskerWord("warfaaarin"), AskerWord::kOther);
}

TEST(AskerWordsTest, SomeWordsAskTogetherOnly) {
  EXPECT_TRUE(AskTogether("real", "talk"));
  EXPECT_FALSE(AskTogether("talk", "real"));
  EXPECT_FALSE(AskTogether("real", "pain"));
}

}  // namespace
}  // namespace bedside
