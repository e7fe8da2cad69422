#include "services/grounding/sentence_reading.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/grounding/likeness.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> WordsOf(const SentenceReading& reading) {
  std::vector<std::string> words;
  for (const Token& token : reading.tokens) words.push_back(token.word);
  return words;
}

TEST(SentenceReadingTest, MeasureIsOneToken) {
  const SentenceReading reading = ReadSentence("Give 5–10 mg/kg of Co-trimoxazole (CD4 < 200).");
  EXPECT_THAT(WordsOf(reading), ElementsAre("give", "5", "10 mg/kg", "of", "co-trimoxazole", "cd4", "200"));
  ASSERT_EQ(reading.measures.size(), 3u) << "the number of a name is none";
  EXPECT_EQ(reading.measures[1].token, 2u);
  EXPECT_EQ(reading.measures[2].measure.bound, Bound::kBelow);
}

TEST(SentenceReadingTest, FindsDrugsAlsoInCompounds) {
  const SentenceReading reading = ReadSentence("Cisplatin-mediated death after Warfarin.");
  ASSERT_EQ(reading.drugs.size(), 2u);
  EXPECT_EQ(reading.drugs[0].name, "cisplatin");
  EXPECT_EQ(reading.drugs[1].token, 3u);
}

TEST(SentenceReadingTest, FindsWhatTurnsRound) {
  const SentenceReading reading = ReadSentence("It did not increase mortality.");
  EXPECT_THAT(reading.negations, ElementsAre(2));
  ASSERT_EQ(reading.sides.size(), 1u);
  EXPECT_EQ(reading.sides[0].token, 3u);
  EXPECT_TRUE(reading.denies);
  EXPECT_FALSE(reading.supposes);
  EXPECT_TRUE(ReadSentence("We asked whether it helps").supposes);
}

TEST(SentenceReadingTest, NoThatAnswersAQuestionIsNoNegation) {
  EXPECT_THAT(ReadSentence("No, it is safe.").negations, IsEmpty());
  EXPECT_FALSE(ReadSentence("No, it is safe.").denies);
  EXPECT_THAT(ReadSentence("No harm was seen.").negations, ElementsAre(0));
}

TEST(SentenceReadingTest, NothingIsInNothing) {
  for (const char* text : {"", " ", "...", "–"}) EXPECT_THAT(ReadSentence(text).tokens, IsEmpty()) << text;
}

TEST(SentenceReadingTest, PlainWordsLeaveOutPunctuationOnly) {
  const auto plain = [](absl::string_view text) { return PlainWords(ReadSentence(text)); };
  EXPECT_EQ(plain("Give aspirin,  300 mg."), plain("give aspirin 300 mg"));
  EXPECT_NE(plain("Give aspirin 300 mg."), plain("Give aspirin 300 g."));
  EXPECT_NE(plain("eGFR < 30"), plain("eGFR > 30"));
  EXPECT_NE(plain("It is not safe"), plain("It is safe"));
}

double Like(absl::string_view a, size_t token_a, absl::string_view b, size_t token_b) {
  const SentenceReading first = ReadSentence(a);
  const SentenceReading second = ReadSentence(b);
  return Likeness(PlaceOf(first, token_a), PlaceOf(second, token_b));
}

TEST(LikenessTest, IsOneWhereAllAroundIsTheSame) {
  EXPECT_DOUBLE_EQ(Like("warfarin 5 mg daily", 1, "warfarin 7 mg daily", 1), 1);
}

TEST(LikenessTest, FallsWithDistanceAndOnTheOtherSide) {
  const double near = Like("warfarin 5 mg", 1, "warfarin sodium 7 mg", 2);
  EXPECT_LT(near, 1);
  EXPECT_GT(near, Like("warfarin 5 mg", 1, "7 mg warfarin", 0));
  EXPECT_GT(Like("warfarin 5 mg", 1, "7 mg warfarin", 0), 0);
}

TEST(LikenessTest, IsZeroWhereNothingIsSharedOrAround) {
  EXPECT_EQ(Like("warfarin 5 mg", 1, "children 7 mg", 1), 0);
  EXPECT_EQ(Like("5 mg", 0, "warfarin 5 mg", 1), 0);
}

}  // namespace
}  // namespace bedside
