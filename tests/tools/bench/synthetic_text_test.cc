#include "tools/bench/synthetic_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

const std::vector<std::string>& BodyOf(const LexicalTerms& terms) {
  return terms[static_cast<size_t>(LexicalField::kBody)];
}

size_t VocabularyOf(size_t passages) {
  const SyntheticText text(1);
  std::set<std::string> words;
  for (size_t i = 0; i < passages; ++i) {
    const LexicalTerms passage = text.Passage(i);
    words.insert(BodyOf(passage).begin(), BodyOf(passage).end());
  }
  return words.size();
}

TEST(SyntheticTextTest, TheSameSeedGivesTheSameTextInAnyOrder) {
  const SyntheticText text(7);
  const LexicalTerms later = text.Passage(50);
  const std::vector<std::string> question = text.Question(3, 100);
  EXPECT_NE(text.Passage(49), later);
  EXPECT_NE(text.Question(4, 100), question);

  EXPECT_EQ(SyntheticText(7).Passage(50), later);
  EXPECT_EQ(SyntheticText(7).Question(3, 100), question);
  EXPECT_NE(SyntheticText(8).Passage(50), later);
  EXPECT_NE(SyntheticText(8).Question(3, 100), question);
}

TEST(SyntheticTextTest, PassagesOfADocumentShareTheirTitleAndTags) {
  const SyntheticText text(1);
  const size_t next = SyntheticText::kPassagesPerDocument;

  for (LexicalField field : {LexicalField::kTitle, LexicalField::kTags}) {
    EXPECT_EQ(text.Passage(0)[static_cast<size_t>(field)], text.Passage(next - 1)[static_cast<size_t>(field)]);
  }
  EXPECT_NE(text.Passage(0)[0], text.Passage(next)[0]);
  EXPECT_NE(BodyOf(text.Passage(0)), BodyOf(text.Passage(1)));
}

TEST(SyntheticTextTest, BodiesAndQuestionsAreAsLongAsTheHeaderSays) {
  const SyntheticText text(1);
  size_t terms = 0;
  for (size_t i = 0; i < 2000; ++i) {
    const size_t length = BodyOf(text.Passage(i)).size();
    ASSERT_GE(length, 8U);
    ASSERT_LE(length, 200U);
    terms += length;
    const size_t asked = text.Question(i, 2000).size();
    ASSERT_GE(asked, 3U);
    ASSERT_LE(asked, 8U);
  }
  EXPECT_NEAR(static_cast<double>(terms) / 2000, 61, 2);
}

// Heaps' law with an exponent between those of the two regimes: four times the text is neither four times the
// vocabulary nor the same.
TEST(SyntheticTextTest, NewWordsKeepAppearing) {
  const double growth = static_cast<double>(VocabularyOf(8000)) / static_cast<double>(VocabularyOf(2000));

  EXPECT_GT(growth, 1.6);
  EXPECT_LT(growth, 3);
}

// Of the passages that hold a word of middling frequency, more are of one document than by chance, where it would be
// 1.02.
TEST(SyntheticTextTest, WordsCluster) {
  const SyntheticText text(1);
  std::map<std::string, size_t> passages_with;
  std::map<std::string, size_t> documents_with;
  for (size_t document = 0; document < 1000; ++document) {
    std::set<std::string> seen;
    for (size_t part = 0; part < SyntheticText::kPassagesPerDocument; ++part) {
      const LexicalTerms passage = text.Passage(document * SyntheticText::kPassagesPerDocument + part);
      const std::set<std::string> words(BodyOf(passage).begin(), BodyOf(passage).end());
      for (const std::string& word : words) ++passages_with[word];
      seen.insert(words.begin(), words.end());
    }
    for (const std::string& word : seen) ++documents_with[word];
  }
  double passages = 0;
  double documents = 0;
  for (const auto& [word, count] : passages_with) {
    if (count < 5 || count > 40) continue;
    passages += static_cast<double>(count);
    documents += static_cast<double>(documents_with[word]);
  }
  EXPECT_GT(passages / documents, 1.08);
}

}  // namespace
}  // namespace bedside
