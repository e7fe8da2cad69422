#include "index/query/spelling_corrector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/index/query/table_of_words.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SpellingGuess Guess(const std::string& word, const std::vector<std::string>& passages) {
  const auto words = TableOfWords(passages);
  return SpellingCorrector(words.get()).Guess(word);
}

void ExpectNothing(const SpellingGuess& guess) {
  EXPECT_EQ(guess.word, "");
  EXPECT_THAT(guess.names, IsEmpty());
}

TEST(SpellingCorrectorTest, ForgivesOneErrorOfEachKind) {
  const std::vector<std::string> passages = {"treatment of hypertension"};
  for (const char* word : {"hypertensin", "hyprtension", "hypertenssion", "hypertwnsion", "hypretension"}) {
    EXPECT_EQ(Guess(word, passages).word, "hypertension") << word;
  }
}

TEST(SpellingCorrectorTest, ForgivesAnErrorInTheFirstLetterOfAWord) {
  for (const char* word : {"ypertension", "yhpertension", "gypertension", "ghypertension"}) {
    EXPECT_EQ(Guess(word, {"hypertension"}).word, "hypertension") << word;
  }
}

TEST(SpellingCorrectorTest, ForgivesTwoErrorsInALongWordOnly) {
  EXPECT_EQ(Guess("hyprtensoin", {"hypertension"}).word, "hypertension");
  ExpectNothing(Guess("srtkoe", {"stroke"}));
}

TEST(SpellingCorrectorTest, PrefersTheFewerErrorsThenTheCommonerWord) {
  EXPECT_EQ(Guess("infectioms", {"infection", "infection", "infection", "infections"}).word, "infections");
  EXPECT_EQ(Guess("infectio", {"infection", "infection", "infectious infectioz"}).word, "infection");
}

TEST(SpellingCorrectorTest, NeverJudgesShortWordsAndCodes) {
  for (const char* word : {"", "dose", "dos", "cd45", "naïve"}) ExpectNothing(Guess(word, {"doses dosed cdxx naive"}));
}

TEST(SpellingCorrectorTest, HasNothingToSayWithoutWords) { ExpectNothing(Guess("hypertension", {})); }

TEST(SpellingCorrectorTest, TakesTheNameOfADrugWithOneErrorInside) {
  EXPECT_EQ(Guess("metformn", {"metformin"}).word, "metformin");
  EXPECT_EQ(Guess("atorvasttain", {"atorvastatin"}).word, "atorvastatin");
}

TEST(SpellingCorrectorTest, ChoosesNoDrugWhereTwoAreAsClose) {
  const SpellingGuess guess = Guess("quinidne", {"quinidine quinine", "quinidine"});
  EXPECT_EQ(guess.word, "");
  EXPECT_THAT(guess.names, ElementsAre("quinidine", "quinine"));
}

// The commoner by far is no reason where the other may be meant.
TEST(SpellingCorrectorTest, LetsNoFrequencyDecideBetweenDrugs) {
  std::vector<std::string> passages(500, "quinine");
  passages.push_back("quinidine");
  EXPECT_THAT(Guess("quinidne", passages).names, ElementsAre("quinine", "quinidine"));
}

TEST(SpellingCorrectorTest, CountsAPluralAsTheSameName) {
  EXPECT_EQ(Guess("pravastati", {"pravastatin", "pravastatin"}).word, "pravastatin");
  EXPECT_EQ(Guess("pravastatina", {"pravastatin", "pravastatins"}).word, "pravastatin");
}

TEST(SpellingCorrectorTest, AsksAboutADrugThatIsTwoErrorsAway) {
  const SpellingGuess guess = Guess("prednisolone", {"prednisone"});
  EXPECT_EQ(guess.word, "");
  EXPECT_THAT(guess.names, ElementsAre("prednisone"));
}

TEST(SpellingCorrectorTest, AsksAboutADrugWithAnotherFirstLetter) {
  EXPECT_THAT(Guess("bapagliflozin", {"dapagliflozin"}).names, ElementsAre("dapagliflozin"));
}

// A word of which nothing says that it is a drug is not worth a question.
TEST(SpellingCorrectorTest, SaysNothingOfADrugThatAnOrdinaryWordIsFarFrom) {
  ExpectNothing(Guess("metformed", {"metformin"}));
}

}  // namespace
}  // namespace bedside
