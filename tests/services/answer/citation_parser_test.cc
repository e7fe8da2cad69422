#include "services/answer/citation_parser.h"

#include <memory>
#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/text/utf8.h"

namespace bedside {

bool operator==(const CitedSentence& a, const CitedSentence& b) { return a.text == b.text && a.numbers == b.numbers; }

void PrintTo(const CitedSentence& sentence, std::ostream* os) {
  *os << sentence.text << " " << testing::PrintToString(sentence.numbers);
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Parsed {
  std::vector<CitedSentence> sentences;
  int removed_citations;
  int removed_sentences;
};

class CitationParserTest : public testing::Test {
 protected:
  // `text` against evidence 1 to 3, in pieces of `step` bytes.
  Parsed Parse(absl::string_view text, size_t step = 1000, bool cut_off = false) {
    CitationParser parser(splitter_.get(), {1, 2, 3});
    std::vector<CitedSentence> sentences;
    const auto take = [&sentences](const std::vector<CitedSentence>& complete) {
      sentences.insert(sentences.end(), complete.begin(), complete.end());
    };
    for (size_t begin = 0; begin < text.size(); begin += step) take(parser.Add(text.substr(begin, step)));
    take(parser.Finish(cut_off));
    return {sentences, parser.removed_citations(), parser.removed_sentences()};
  }

  std::vector<CitedSentence> Sentences(absl::string_view text) { return Parse(text).sentences; }

  std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
};

TEST_F(CitationParserTest, CitationBelongsToItsSentence) {
  EXPECT_THAT(Sentences("Aspirin helps [1]. Statins help too [2]."),
              ElementsAre(CitedSentence{"Aspirin helps.", {1}}, CitedSentence{"Statins help too.", {2}}));
}

TEST_F(CitationParserTest, AllFormsOfSeveralNumbersAreRead) {
  for (const char* text : {"Aspirin helps [1, 3].", "Aspirin helps [1][3].", "Aspirin helps [3], [1].",
                           "Aspirin [1] helps [3].", "Aspirin helps [1;3].", "Aspirin helps [ 1 , 3 , 1 ]."}) {
    EXPECT_THAT(Sentences(text), ElementsAre(CitedSentence{"Aspirin helps.", {1, 3}})) << text;
  }
  EXPECT_THAT(Sentences("Aspirin helps [1-3]."), ElementsAre(CitedSentence{"Aspirin helps.", {1, 2, 3}}));
  EXPECT_THAT(Sentences("Aspirin helps [1–3]."), ElementsAre(CitedSentence{"Aspirin helps.", {1, 2, 3}}));
}

TEST_F(CitationParserTest, CitationAfterTheFullStopBelongsToTheSentenceBefore) {
  EXPECT_THAT(Sentences("Aspirin helps. [1] Statins help too. [2]"),
              ElementsAre(CitedSentence{"Aspirin helps.", {1}}, CitedSentence{"Statins help too.", {2}}));
}

TEST_F(CitationParserTest, CitationAtTheBeginningOfALineBelongsToWhatFollows) {
  EXPECT_THAT(Sentences("[1] Aspirin helps.\n[2]: Statins help too."),
              ElementsAre(CitedSentence{"Aspirin helps.", {1}}, CitedSentence{"Statins help too.", {2}}));
}

TEST_F(CitationParserTest, UnknownNumbersAreRemovedAndCounted) {
  const Parsed parsed = Parse("Aspirin helps [1, 7]. Statins help [9].");
  EXPECT_THAT(parsed.sentences, ElementsAre(CitedSentence{"Aspirin helps.", {1}}));
  EXPECT_EQ(parsed.removed_citations, 2);
  EXPECT_EQ(parsed.removed_sentences, 1);
}

TEST_F(CitationParserTest, NumbersThatCannotBeAreOneCitationEach) {
  for (const char* group : {"[0]", "[99999999999999999999]", "[3-1]", "[1-1000000]"}) {
    const Parsed parsed = Parse(std::string("Aspirin helps ") + group + ".");
    EXPECT_THAT(parsed.sentences, IsEmpty()) << group;
    EXPECT_EQ(parsed.removed_citations, 1) << group;
  }
}

TEST_F(CitationParserTest, SentenceWithoutCitationIsRemovedAndCounted) {
  const Parsed parsed = Parse("I am glad to help. Aspirin helps [1]. Ask your doctor.");
  EXPECT_THAT(parsed.sentences, ElementsAre(CitedSentence{"Aspirin helps.", {1}}));
  EXPECT_EQ(parsed.removed_sentences, 2);
  EXPECT_EQ(parsed.removed_citations, 0);
}

TEST_F(CitationParserTest, OtherBracketsAreText) {
  EXPECT_THAT(Sentences("The ratio was 0.8 [95% CI 0.7 to 0.9] [2]."),
              ElementsAre(CitedSentence{"The ratio was 0.8 [95% CI 0.7 to 0.9].", {2}}));
  for (const char* text : {"Aspirin helps [/1].", "Aspirin helps [].", "Aspirin helps [1", "Aspirin helps 1].",
                           "Aspirin helps [1.5].", "Aspirin helps [a].", "Aspirin helps (1)."}) {
    EXPECT_THAT(Sentences(text), IsEmpty()) << text;
  }
}

TEST_F(CitationParserTest, BulletsAndEmphasisAreDropped) {
  EXPECT_THAT(Sentences("- **Aspirin** helps [1].\n* Statins help [2].\n1. Exercise helps [3].\n"),
              ElementsAre(CitedSentence{"Aspirin helps.", {1}}, CitedSentence{"Statins help.", {2}},
                          CitedSentence{"Exercise helps.", {3}}));
}

TEST_F(CitationParserTest, NumbersAtTheBeginningOfALineAreNotAlwaysAList) {
  EXPECT_THAT(Sentences("160 mg of aspirin helps [1]."), ElementsAre(CitedSentence{"160 mg of aspirin helps.", {1}}));
}

TEST_F(CitationParserTest, HeadingWithoutCitationIsRemoved) {
  EXPECT_THAT(Sentences("## Treatment\nAspirin helps [1]"), ElementsAre(CitedSentence{"Aspirin helps", {1}}));
}

TEST_F(CitationParserTest, NothingComesFromNothing) {
  for (const char* text : {"", " \n\n ", "[1]", "...", "[1] [2]\n- \n"}) {
    const Parsed parsed = Parse(text);
    EXPECT_THAT(parsed.sentences, IsEmpty()) << text;
    EXPECT_EQ(parsed.removed_sentences, 0) << text;
  }
}

TEST_F(CitationParserTest, UnfinishedSentenceOfATextCutOffIsRemoved) {
  const Parsed parsed = Parse("Aspirin helps [1]. Statins are given to all [2] who", 1000, /*cut_off=*/true);
  EXPECT_THAT(parsed.sentences, ElementsAre(CitedSentence{"Aspirin helps.", {1}}));
  EXPECT_EQ(parsed.removed_sentences, 1);
  EXPECT_THAT(Parse("Aspirin helps [1].", 1000, /*cut_off=*/true).sentences,
              ElementsAre(CitedSentence{"Aspirin helps.", {1}}));
  EXPECT_THAT(Parse("Aspirin helps. [1]", 1000, /*cut_off=*/true).sentences,
              ElementsAre(CitedSentence{"Aspirin helps.", {1}}));
}

TEST_F(CitationParserTest, SentencesComeOutBeforeTheTextEnds) {
  CitationParser parser(splitter_.get(), {1, 2, 3});
  EXPECT_THAT(parser.Add("Aspirin helps [1]. Statins help [2]. Exercise helps [3]. Salt"),
              ElementsAre(CitedSentence{"Aspirin helps.", {1}}));
}

TEST_F(CitationParserTest, CutsDoNotMatter) {
  std::mt19937 random(11);
  const std::vector<std::string> parts = {
      "Aspirin helps", " [1]", " [2, 9]", ". ", "\n- ", "[1-3]", " at 0.5 mg", "? ",
      "However",       " [x]", "[",       "]",  " ",    "1. ",   "β-blockers", "\n"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 25; ++i) text += parts[random() % parts.size()];
    const Parsed whole = Parse(text, text.size());
    CitationParser parser(splitter_.get(), {1, 2, 3});
    std::vector<CitedSentence> sentences;
    for (size_t begin = 0; begin < text.size();) {
      size_t end = std::min(text.size(), begin + 1 + random() % 7);
      while (!IsValidUtf8(absl::string_view(text).substr(begin, end - begin))) ++end;
      for (CitedSentence& sentence : parser.Add(absl::string_view(text).substr(begin, end - begin))) {
        sentences.push_back(std::move(sentence));
      }
      begin = end;
    }
    for (CitedSentence& sentence : parser.Finish(false)) sentences.push_back(std::move(sentence));
    EXPECT_EQ(sentences, whole.sentences) << text;
    EXPECT_EQ(parser.removed_citations(), whole.removed_citations) << text;
    EXPECT_EQ(parser.removed_sentences(), whole.removed_sentences) << text;
  }
}

TEST_F(CitationParserTest, SentencesWithoutCitationsAreKeptWhereThatIsWanted) {
  CitationParser parser(splitter_.get(), {1}, UncitedSentences::kKeep);
  std::vector<CitedSentence> sentences = parser.Add("Aspirin helps [1]. Salt harms. Zebras run [7]. End [1, 7].");
  for (CitedSentence& sentence : parser.Finish(false)) sentences.push_back(std::move(sentence));
  ASSERT_EQ(sentences.size(), 4u);
  EXPECT_EQ(sentences[0].numbers, std::vector<int>{1});
  EXPECT_FALSE(sentences[0].cites_unknown);
  EXPECT_THAT(sentences[1].numbers, IsEmpty());
  EXPECT_FALSE(sentences[1].cites_unknown);
  EXPECT_THAT(sentences[2].numbers, IsEmpty());
  EXPECT_TRUE(sentences[2].cites_unknown);
  EXPECT_EQ(sentences[3].numbers, std::vector<int>{1});
  EXPECT_TRUE(sentences[3].cites_unknown);
  EXPECT_EQ(parser.removed_sentences(), 0);
}

TEST_F(CitationParserTest, AMegabyteWithoutEndIsNoProblem) {
  CitationParser parser(splitter_.get(), {1});
  for (int i = 0; i < 100'000; ++i) EXPECT_THAT(parser.Add("word,word,"), IsEmpty());
  EXPECT_THAT(parser.Finish(false), IsEmpty());
  EXPECT_EQ(parser.removed_sentences(), 1);
}

}  // namespace
}  // namespace bedside
