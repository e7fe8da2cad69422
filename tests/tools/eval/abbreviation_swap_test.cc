#include "tools/eval/abbreviation_swap.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace bedside {
namespace {

AbbreviationSwap Having(const std::string& text) {
  AbbreviationSwap swap;
  swap.Read(text);
  return swap;
}

TEST(AbbreviationSwapTest, AnAbbreviationBecomesItsLongFormAndBack) {
  const AbbreviationSwap swap = Having("Care of acute myocardial infarction (AMI) is urgent.");
  EXPECT_EQ(swap.ToLongForms("Is AMI painful?"), "Is acute myocardial infarction painful?");
  EXPECT_EQ(swap.ToAbbreviations("Is Acute Myocardial Infarction painful?"), "Is AMI painful?");
}

TEST(AbbreviationSwapTest, LongFormsOfManyShapesAreFound) {
  const struct {
    const char* text;
    const char* abbreviation;
    const char* long_form;
  } kCases[] = {
      {"We gave methotrexate (MTX).", "MTX", "methotrexate"},
      {"in non-small cell lung cancer (NSCLC) patients", "NSCLC", "non-small cell lung cancer"},
      {"a randomized controlled trial (RCT; n = 12)", "RCT", "randomized controlled trial"},
      {"Heart failure. The renin angiotensin system (RAS)", "RAS", "renin angiotensin system"},
      {"chronic obstructive\npulmonary disease (COPD)", "COPD", "chronic obstructive pulmonary disease"},
      {"glucagon-like peptide-1 (GLP-1)", "GLP-1", "glucagon-like peptide-1"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Having(c.text).ToLongForms(c.abbreviation), c.long_form) << c.text;
}

TEST(AbbreviationSwapTest, WhatIsNoDefinitionIsLeftAlone) {
  for (const char* text : {"We saw heart failure (HIV)", "many patients (n = 12)", "the drug (see below)", "(AMI)",
                           "acute myocardial infarction AMI", "acute myocardial infarction (AMI", "a) (", ")AMI(",
                           "It was AMI type (AMI)", "acute mice (mice)"}) {
    const AbbreviationSwap swap = Having(text);
    EXPECT_EQ(swap.ToLongForms("AMI HIV n mice see below"), "AMI HIV n mice see below") << text;
  }
}

TEST(AbbreviationSwapTest, TheFirstLetterMustBeginAWord) {
  EXPECT_EQ(Having("with ultrasound scan (US)").ToLongForms("US"), "ultrasound scan");
  EXPECT_EQ(Having("with bus rides (US)").ToLongForms("US"), "US");
}

TEST(AbbreviationSwapTest, OnlyWholeWordsInTheirLetterCaseAreAbbreviations) {
  const AbbreviationSwap swap = Having("acute myocardial infarction (AMI)");
  for (const char* question : {"ami", "AMIs", "AMI-like", "xAMI", "AMI2"})
    EXPECT_EQ(swap.ToLongForms(question), question);
  EXPECT_EQ(swap.ToLongForms("(AMI), AMI?"), "(acute myocardial infarction), acute myocardial infarction?");
}

TEST(AbbreviationSwapTest, TwoOfThreeDefinitionsDecide) {
  const std::string sclerosis = "multiple sclerosis (MS). ";
  const std::string stenosis = "mitral stenosis (MS). ";
  EXPECT_EQ(Having(sclerosis + sclerosis + stenosis).ToLongForms("MS"), "multiple sclerosis");
  EXPECT_EQ(Having(sclerosis + stenosis).ToLongForms("MS"), "MS");
  EXPECT_EQ(Having(sclerosis + stenosis).ToAbbreviations("mitral stenosis"), "mitral stenosis");
}

TEST(AbbreviationSwapTest, TheLongestLongFormIsTaken) {
  const AbbreviationSwap swap = Having("heart failure (HF). congestive heart failure (CHF). heart disease (HD)");
  EXPECT_EQ(swap.ToAbbreviations("congestive heart failure or heart failure"), "CHF or HF");
  EXPECT_EQ(swap.ToAbbreviations("the heart"), "the heart");
}

TEST(AbbreviationSwapTest, AQuestionThatHasBothStaysAsItIs) {
  const AbbreviationSwap swap = Having("acute myocardial infarction (AMI)");
  const char* question = "Is Acute Myocardial Infarction (AMI) painful?";
  EXPECT_EQ(swap.ToLongForms(question), question);
  EXPECT_EQ(swap.ToAbbreviations(question), question);
}

TEST(AbbreviationSwapTest, NothingReadSwapsNothing) {
  EXPECT_EQ(AbbreviationSwap().ToLongForms("AMI?"), "AMI?");
  EXPECT_EQ(AbbreviationSwap().ToAbbreviations(""), "");
}

TEST(AbbreviationSwapTest, AnyTextCanBeRead) {
  std::mt19937 random(5);
  const std::string alphabet = "aAbB1 ().,;-\xce\xb1\n";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (size_t i = random() % 60; i > 0; --i) text.push_back(alphabet[random() % alphabet.size()]);
    const AbbreviationSwap swap = Having(text);
    swap.ToLongForms(text);
    swap.ToAbbreviations(text);
  }
}

}  // namespace
}  // namespace bedside
