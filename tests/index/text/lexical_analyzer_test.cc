#include "index/text/lexical_analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "index/text/utf8.h"
#include "tests/index/text/random_texts.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const LexicalAnalyzer& Analyzer() {
  static const auto& analyzer = *LexicalAnalyzer::Create()->release();
  return analyzer;
}

std::vector<std::string> Terms(const std::string& text) { return Analyzer().Terms(text); }

TEST(LexicalAnalyzerTest, TermsComeInTheOrderOfTheTextAsOftenAsTheyOccur) {
  EXPECT_THAT(Terms("Fever, cough and fever"), ElementsAre("fever", "cough", "fever"));
}

TEST(LexicalAnalyzerTest, FormsOfAWordAreOneTerm) {
  EXPECT_EQ(Terms("the treatments of patients"), Terms("Treatment of PATIENT"));
  EXPECT_EQ(Terms("bleeding bleeds"), Terms("bleed bleed"));
}

TEST(LexicalAnalyzerTest, WordsOfGrammarAndQuestionsAreNoTerms) {
  EXPECT_THAT(Terms("What is the and of? Should we"), IsEmpty());
  EXPECT_THAT(Terms("WHICH"), IsEmpty());
}

TEST(LexicalAnalyzerTest, TextWithoutWordsHasNoTerms) {
  for (const char* text : {"", " \n\t", "...!?", "–", "+", "a", "x y", "\u0301"})
    EXPECT_THAT(Terms(text), IsEmpty()) << text;
}

TEST(LexicalAnalyzerTest, WordsJoinedByHyphensAreFoundApartAndTogether) {
  EXPECT_THAT(Terms("PD-L1"), ElementsAre("pd", "l1", "pdl1"));
  EXPECT_THAT(Terms("co-trimoxazole"), ElementsAre("co", "trimoxazol", "cotrimoxazol"));
  EXPECT_THAT(Terms("alpha-1-antitrypsin"), Contains("alpha1antitrypsin"));
  EXPECT_EQ(Terms("follow\u2010up"), Terms("follow-up")) << "the typographic hyphen";
  EXPECT_THAT(Terms("5-"), Not(Contains("5-")));
  EXPECT_THAT(Terms("-"), IsEmpty());
}

TEST(LexicalAnalyzerTest, AGreekLetterIsFoundByItsName) {
  EXPECT_EQ(Terms("TNF-α"), Terms("TNF-alpha"));
  EXPECT_EQ(Terms("TNFα"), Terms("tnfalpha"));
  EXPECT_EQ(Terms("β-blocker"), Terms("Beta-blocker"));
  EXPECT_EQ(Terms("µ-opioid"), Terms("mu-opioid")) << "the micro sign is the letter";
  EXPECT_THAT(Terms("αβγ"), ElementsAre("αβγ")) << "a word in Greek stays";
}

TEST(LexicalAnalyzerTest, ASignAtTheEndOfAWordBelongsToIt) {
  EXPECT_THAT(Terms("CD4+ T"), ElementsAre("cd4+", "cd4", "cd"));
  EXPECT_THAT(Terms("Na+"), Contains("na+"));
  EXPECT_THAT(Terms("A+B"), Not(Contains("a+"))) << "a sign between two words does not";
}

TEST(LexicalAnalyzerTest, LettersAndDigitsOfAWordAreFoundApart) {
  EXPECT_THAT(Terms("HbA1c"), ElementsAre("hba1c", "hba"));
  EXPECT_THAT(Terms("IL17"), ElementsAre("il17", "il", "17"));
  EXPECT_THAT(Terms("SGLT2"), ElementsAre("sglt2", "sglt")) << "a single character says nothing";
}

TEST(LexicalAnalyzerTest, ASingleCharacterJoinsTheWordBeforeIt) {
  EXPECT_THAT(Terms("vitamin D"), ElementsAre("vitamin", "vitamind"));
  EXPECT_THAT(Terms("hepatitis B"), ElementsAre("hepat", "hepatb"));
  EXPECT_THAT(Terms("vitamin, D"), ElementsAre("vitamin"));
  EXPECT_THAT(Terms("of D"), IsEmpty()) << "no stop word";
}

TEST(LexicalAnalyzerTest, DecimalNumbersAreOneTerm) {
  EXPECT_THAT(Terms("0.5 mg"), ElementsAre("0.5", "mg"));
  EXPECT_THAT(Terms("2.5–10"), ElementsAre("2.5", "10")) << "a range is two numbers";
  EXPECT_THAT(Terms("12.5. Then"), ElementsAre("12.5")) << "the full stop of the sentence is none of it";
  EXPECT_THAT(Terms("1.2.3"), ElementsAre("1.2.3"));
  EXPECT_THAT(Terms("dose.Next"), ElementsAre("dose", "next"));
}

TEST(LexicalAnalyzerTest, UnitsAreTerms) {
  EXPECT_THAT(Terms("15 mg/kg"), ElementsAre("15", "mg", "kg"));
  EXPECT_EQ(Terms("5 μg"), Terms("5 µg")) << "Greek mu and the micro sign";
  EXPECT_NE(Terms("50 mg"), Terms("50 µg"));
}

TEST(LexicalAnalyzerTest, AccentsWidthAndCompatibilityFormsDoNotMatter) {
  EXPECT_EQ(Terms("Sjögren"), Terms("sjogren"));
  EXPECT_EQ(Terms("Sjo\u0308gren"), Terms("Sjögren")) << "composed or not";
  EXPECT_EQ(Terms("CO₂"), Terms("co2"));
  EXPECT_EQ(Terms("ﬁbrosis"), Terms("fibrosis"));
  EXPECT_EQ(Terms("ＡＢＣ１２"), Terms("abc12"));
  EXPECT_EQ(Terms("Straße"), Terms("strasse"));
}

TEST(LexicalAnalyzerTest, ScriptsWithoutSpacesAreCutIntoWords) {
  EXPECT_THAT(Terms("胃癌の治療"), Contains("治療"));
  EXPECT_GT(Terms("โรคเบาหวาน").size(), 1u);
}

TEST(LexicalAnalyzerTest, AsciiTextHasTheSameTermsBesideOtherText) {
  const std::vector<std::string> alone = Terms("PD-L1 in 0.5 mg, CD4+ cells; vitamin D");
  const std::vector<std::string> beside = Terms("PD-L1 in 0.5 mg, CD4+ cells; vitamin D …");
  EXPECT_EQ(alone, beside);
}

TEST(LexicalAnalyzerTest, TakesAMegabyteOfAnything) {
  for (const char* unit : {"x", "x ", "1.", "a-", "+", "\u0301", "α", "胃", "ก", "dose "}) {
    std::string text;
    while (text.size() < (1 << 20)) text += unit;
    for (const std::string& term : Terms(text)) ASSERT_FALSE(term.empty()) << unit;
  }
}

TEST(LexicalAnalyzerTest, TermsAreValidWithoutSpacesCapitalsOrStopWordsWhateverTheText) {
  RandomTexts random(6);
  for (int round = 0; round < 10000; ++round) {
    const std::string text = round % 2 == 0 ? random.Text(40) : CanonicalText(random.Bytes(60));
    for (const std::string& term : Terms(text)) {
      ASSERT_FALSE(term.empty()) << testing::PrintToString(text);
      ASSERT_TRUE(IsValidUtf8(term)) << testing::PrintToString(text);
      ASSERT_EQ(term.find_first_of(" \n\tABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos) << term;
    }
  }
}

TEST(LexicalAnalyzerTest, TheSameTextGivesTheSameTermsFromAnyAnalyzerAndInAnyCase) {
  RandomTexts random(7);
  const auto other = *LexicalAnalyzer::Create();
  for (int round = 0; round < 1000; ++round) {
    const std::string text = random.Text(40);
    ASSERT_EQ(Terms(text), other->Terms(text));
    ASSERT_EQ(Terms(text), Terms(FoldCase(text))) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace bedside
