// Words and scripts of a text.
#include "index/text/letters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::vector<std::string> WordsOf(absl::string_view text) {
  std::vector<std::string> words;
  for (const LetterRun& run : LetterRuns(text)) words.push_back(run.word);
  return words;
}

TEST(LetterRunsTest, AreCaseFoldedAndInOrder) {
  EXPECT_THAT(WordsOf("Größe der Niere: 12 cm"), ElementsAre("grösse", "der", "niere", "cm"));
}

TEST(LetterRunsTest, AnythingElsePartsThem) {
  EXPECT_THAT(WordsOf("IL-6, p53/mRNA_2 d'une"), ElementsAre("il", "p", "mrna", "d", "une"));
}

TEST(LetterRunsTest, CountLettersNotBytes) {
  const std::vector<LetterRun> runs = LetterRuns("où");
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].letters, 2U);
}

TEST(LetterRunsTest, NoLettersAreNoRuns) {
  EXPECT_THAT(LetterRuns(""), IsEmpty());
  EXPECT_THAT(LetterRuns("12 % (±3)\n"), IsEmpty());
  EXPECT_THAT(LetterRuns("\xff\xfe"), IsEmpty());
}

TEST(LettersByScriptTest, CountsEachScript) {
  EXPECT_THAT(LettersByScript("TNF-α 12, Δx"), UnorderedElementsAre(Pair(USCRIPT_LATIN, 4), Pair(USCRIPT_GREEK, 2)));
}

TEST(LettersByScriptTest, WhatIsNoLetterHasNone) { EXPECT_THAT(LettersByScript("1,5 → 2 \xff"), IsEmpty()); }

}  // namespace
}  // namespace bedside
