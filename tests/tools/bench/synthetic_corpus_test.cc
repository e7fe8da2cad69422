#include "tools/bench/synthetic_corpus.h"

#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Folder(const std::string& corpus) {
  const std::string folder = TempFolder();
  WriteFile(folder, "corpus.jsonl", corpus);
  return folder;
}

std::vector<std::string> WordsOf(const std::string& text) { return absl::StrSplit(text, ' '); }

double Cosine(absl::Span<const float> a, absl::Span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

TEST(ReadCorpusTextsTest, ATextIsTitleAndText) {
  const auto texts =
      ReadCorpusTexts(Folder("{\"title\": \"a\", \"text\": \"b c\"}\n{\"text\": \"\"}\n{\"text\": \"d\"}\n"));
  ASSERT_THAT(texts, IsOk());
  EXPECT_THAT(*texts, ElementsAre("a b c", " d"));
}

TEST(ReadCorpusTextsTest, ABadLineIsNamed) {
  EXPECT_THAT(ReadCorpusTexts(Folder("{\"text\": \"b\"}\n[1]\n")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("corpus.jsonl:2")));
}

TEST(ReadCorpusTextsTest, ACorpusWithoutTextIsRefused) {
  EXPECT_THAT(ReadCorpusTexts(Folder("{\"text\": \"\"}\n")), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ReadCorpusTextsTest, AFolderWithoutACorpusIsNotFound) {
  EXPECT_THAT(ReadCorpusTexts(TempFolder()), StatusIs(absl::StatusCode::kNotFound));
}

TEST(SyntheticTextsTest, ATextHasAsManyWordsAsWantedOrAFewMore) {
  const std::vector<std::string> real = {"one two three four five six seven", "eight"};
  SyntheticTexts texts(&real, 1);
  for (int i = 0; i < 100; ++i) {
    const size_t words = WordsOf(texts.Next(50)).size();
    EXPECT_GE(words, 50);
    EXPECT_LE(words, 61);
  }
}

TEST(SyntheticTextsTest, WordsAreThoseOfTheRealTextsButForAFewNewOnes) {
  const std::vector<std::string> real = {"one two three four five six seven", "eight"};
  const std::vector<std::string> known = WordsOf(real[0] + " " + real[1]);
  SyntheticTexts texts(&real, 1);
  std::multiset<std::string> others;
  for (const std::string& word : WordsOf(texts.Next(100'000))) {
    if (std::find(known.begin(), known.end(), word) == known.end()) others.insert(word);
  }
  EXPECT_GT(others.size(), 100);
  EXPECT_LT(others.size(), 400);
  EXPECT_EQ(std::set<std::string>(others.begin(), others.end()).size(), others.size());
}

TEST(SyntheticTextsTest, TheSeedDecides) {
  const std::vector<std::string> real = {"one two three four five six seven", "eight"};
  EXPECT_EQ(SyntheticTexts(&real, 1).Next(50), SyntheticTexts(&real, 1).Next(50));
  EXPECT_NE(SyntheticTexts(&real, 1).Next(50), SyntheticTexts(&real, 2).Next(50));
}

TEST(SyntheticEmbedderTest, PassagesLieAroundTheCentres) {
  const FakeEmbedder model(384);
  const std::vector<std::string> centres = {"fever in children"};
  const auto embedder = SyntheticEmbedder::Create(std::make_unique<FakeEmbedder>(384), centres);
  ASSERT_THAT(embedder, IsOk());
  const auto vectors = (*embedder)->EmbedPassages({"a", "b"});
  ASSERT_THAT(vectors, IsOk());
  const auto centre = model.EmbedPassages(centres);
  for (size_t i : {0, 1}) {
    EXPECT_NEAR(Cosine(vectors->vectors.row(i), vectors->vectors.row(i)), 1, 1e-5);
    EXPECT_NEAR(Cosine(vectors->vectors.row(i), centre->vectors.row(0)), 0.78, 0.1);
  }
  EXPECT_NEAR(Cosine(vectors->vectors.row(0), vectors->vectors.row(1)), 0.61, 0.1);
}

TEST(SyntheticEmbedderTest, TheTextDecidesTheVector) {
  const auto embedder = SyntheticEmbedder::Create(std::make_unique<FakeEmbedder>(), {"x", "y", "z"});
  ASSERT_THAT(embedder, IsOk());
  const auto once = (*embedder)->EmbedPassages({"a", "b"});
  const auto again = (*embedder)->EmbedPassages({"b"});
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(once->vectors.row(1), again->vectors.row(0));
}

TEST(SyntheticEmbedderTest, QuestionsAndTheIdAreTheModels) {
  const FakeEmbedder model;
  const auto embedder = SyntheticEmbedder::Create(std::make_unique<FakeEmbedder>(), {"x"});
  ASSERT_THAT(embedder, IsOk());
  EXPECT_EQ((*embedder)->id(), model.id());
  EXPECT_EQ((*embedder)->EmbedQuery("fever")->vector, model.EmbedQuery("fever")->vector);
}

TEST(SyntheticEmbedderTest, AModelThatFailsIsAnError) {
  auto model = std::make_unique<FakeEmbedder>();
  model->FailWith(absl::InternalError("broken"));
  EXPECT_THAT(SyntheticEmbedder::Create(std::move(model), {"x"}), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace bedside
