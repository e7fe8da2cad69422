#include "index/query/abbreviation_harvester.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "index/text/utf8.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::vector<std::pair<std::string, std::string>> Harvest(absl::string_view text) {
  std::vector<std::pair<std::string, std::string>> found;
  for (const AbbreviationDefinition& definition : HarvestAbbreviations(text)) {
    found.emplace_back(definition.short_form, definition.long_form);
  }
  return found;
}

TEST(AbbreviationHarvesterTest, FindsTheLongFormBeforeTheBracket) {
  EXPECT_THAT(Harvest("Patients with acute myocardial infarction (AMI) were treated."),
              ElementsAre(Pair("AMI", "acute myocardial infarction")));
}

TEST(AbbreviationHarvesterTest, FindsTheLongFormInsideTheBracket) {
  EXPECT_THAT(Harvest("Early AMI (acute myocardial infarction) is treated."),
              ElementsAre(Pair("AMI", "acute myocardial infarction")));
}

// The examples of the paper.
TEST(AbbreviationHarvesterTest, FindsLettersInsideWords) {
  EXPECT_THAT(Harvest("heat shock transcription factor (HSF)"),
              ElementsAre(Pair("HSF", "heat shock transcription factor")));
  EXPECT_THAT(Harvest("Gcn5-related N-acetyltransferase (GNAT)"),
              ElementsAre(Pair("GNAT", "Gcn5-related N-acetyltransferase")));
}

TEST(AbbreviationHarvesterTest, FindsSeveral) {
  EXPECT_THAT(Harvest("tumour necrosis factor (TNF) and interleukin-6 (IL-6)"),
              ElementsAre(Pair("TNF", "tumour necrosis factor"), Pair("IL-6", "interleukin-6")));
}

TEST(AbbreviationHarvesterTest, TakesThePluralOffAndWhatFollowsAComma) {
  EXPECT_THAT(Harvest("of randomised controlled trials (RCTs)"),
              ElementsAre(Pair("RCT", "randomised controlled trials")));
  EXPECT_THAT(Harvest("deep vein thrombosis (DVT, n = 12)"), ElementsAre(Pair("DVT", "deep vein thrombosis")));
}

TEST(AbbreviationHarvesterTest, DoesNotReachOverTheEndOfASentenceOrABracket) {
  EXPECT_THAT(Harvest("It is an acute case. Myocardial infarction (AMI)"), IsEmpty());
  EXPECT_THAT(Harvest("acute (sudden) myocardial infarction (AMI)"), IsEmpty());
}

// Scripts that part no words: how far back is looked may end inside a character.
TEST(AbbreviationHarvesterTest, CutsNoCharacter) {
  for (size_t length = 60; length < 70; ++length) {
    std::string text(length % 3, '-');
    for (size_t i = 0; i < length; ++i) text += "\xE5\xBF\x83";
    text += "/acute-myocardial-infarction (AMI)";
    for (const AbbreviationDefinition& found : HarvestAbbreviations(text)) {
      EXPECT_TRUE(IsValidUtf8(found.long_form)) << length;
    }
  }
}

TEST(AbbreviationHarvesterTest, FindsNoneWhereTheLettersAreNotThere) {
  for (const char* text : {"", "(", ")", "()", "(AMI", "AMI)", "blood pressure (AMI)", "infarction (see below)",
                           "treatment (n = 12)", "the trial (2012)", "aspirin (Bayer)", "((AMI))"}) {
    EXPECT_THAT(Harvest(text), IsEmpty()) << text;
  }
}

TEST(AbbreviationHarvesterTest, WantsTheFirstLetterAtTheBeginOfAWord) {
  EXPECT_THAT(Harvest("hepatitis vaccine (AV)"), IsEmpty());
}

TEST(AbbreviationHarvesterTest, WantsALongFormOfFewWords) {
  EXPECT_THAT(Harvest("a b c d e f g h i j k l m n (AN)"), IsEmpty());
}

TEST(AbbreviationHarvesterTest, StaysInsideWhateverIsWritten) {
  std::mt19937 random(3);
  const std::string signs = "aAbB1 (),.;-\n\xC3\xA9";
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 40, ' ');
    for (char& sign : text) sign = signs[random() % signs.size()];
    for (const AbbreviationDefinition& found : HarvestAbbreviations(text)) {
      EXPECT_TRUE(IsShortForm(found.short_form));
      EXPECT_GT(found.long_form.size(), found.short_form.size());
      EXPECT_GE(found.long_form.data(), text.data());
      EXPECT_LE(found.long_form.end(), text.data() + text.size());
    }
  }
}

TEST(ShortFormTest, IsOneWordWithACapital) {
  for (const char* word : {"AMI", "mRNA", "IL-6", "TNF-α", "5-HT", "DVT"}) EXPECT_TRUE(IsShortForm(word)) << word;
  for (const char* word : {"", "A", "ami", "12", "A B", "A-", "-A", "ABCDEFGHIJK", "A.B"}) {
    EXPECT_FALSE(IsShortForm(word)) << word;
  }
}

TEST(ShortFormTest, LosesThePluralOnlyBehindACapitalOrDigit) {
  EXPECT_EQ(ShortFormOf("AMIs"), "AMI");
  EXPECT_EQ(ShortFormOf("H2s"), "H2");
  EXPECT_EQ(ShortFormOf("Ms"), "Ms");
  EXPECT_EQ(ShortFormOf("bis"), "bis");
  EXPECT_EQ(ShortFormOf(""), "");
}

}  // namespace
}  // namespace bedside
