#include "index/query/surface_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> TextsOf(absl::string_view text) {
  std::vector<std::string> texts;
  for (const SurfaceWord& word : SurfaceWords(text)) texts.push_back(word.text);
  return texts;
}

TEST(SurfaceWordsTest, AreRunsOfLettersAndDigitsInLowerCase) {
  EXPECT_THAT(TextsOf("Give 5mg of Co-trimoxazole, twice."),
              ElementsAre("give", "5mg", "of", "co", "trimoxazole", "twice"));
}

TEST(SurfaceWordsTest, LoseTheirAccents) {
  EXPECT_THAT(TextsOf("Sjögren SJÖGREN Sjo\u0308gren"), ElementsAre("sjogren", "sjogren", "sjogren"));
}

TEST(SurfaceWordsTest, SayWhereTheyStandInBytesOfTheText) {
  const auto words = SurfaceWords("né, ß x");
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[0].span, (Span{0, 3}));
  EXPECT_EQ(words[1].span, (Span{5, 7}));
  EXPECT_EQ(words[1].text, "ss");
  EXPECT_EQ(words[2].span, (Span{8, 9}));
}

TEST(SurfaceWordsTest, AreNoneInNothingAndInPunctuation) {
  EXPECT_THAT(SurfaceWords(""), IsEmpty());
  EXPECT_THAT(SurfaceWords(" - (…) \n"), IsEmpty());
}

TEST(PlainWordTest, HasLettersOnly) {
  EXPECT_TRUE(IsPlainWord("az"));
  for (const char* word : {"", "a1", "A", "α", "a b"}) EXPECT_FALSE(IsPlainWord(word)) << word;
}

}  // namespace
}  // namespace bedside
