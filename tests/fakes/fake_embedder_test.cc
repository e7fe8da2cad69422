#include "tests/fakes/fake_embedder.h"

#include <cmath>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/interaction/late_interaction.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::FloatNear;
using ::testing::HasSubstr;

double Dot(absl::Span<const float> a, absl::Span<const float> b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * b[i];
  return sum;
}

TEST(FakeEmbedderTest, VectorsHaveUnitLength) {
  const FakeEmbedder embedder(16);
  for (const std::string& text : {"", "  ", "aspirin", "aspirin aspirin", "α β γ"}) {
    const auto vector = embedder.EmbedQuery(text);
    ASSERT_THAT(vector, IsOk());
    ASSERT_EQ(vector->vector.size(), 16u);
    EXPECT_NEAR(Dot(vector->vector, vector->vector), 1.0, 1e-5) << "text: '" << text << "'";
  }
}

TEST(FakeEmbedderTest, OrderCaseAndPunctuationDoNotMatter) {
  const FakeEmbedder embedder;
  EXPECT_EQ(embedder.EmbedQuery("Aspirin reduces fever.")->vector,
            embedder.EmbedQuery("fever: reduces aspirin")->vector);
}

TEST(FakeEmbedderTest, SharedWordsMakeTextsNear) {
  const FakeEmbedder embedder;
  const std::vector<std::string> texts = {"aspirin reduces fever in adults", "renal failure after surgery"};
  const auto passages = embedder.EmbedPassages(texts);
  ASSERT_THAT(passages, IsOk());
  const auto query = embedder.EmbedQuery("does aspirin reduce fever");
  ASSERT_THAT(query, IsOk());
  EXPECT_GT(Dot(query->vector, passages->vectors.row(0)), Dot(query->vector, passages->vectors.row(1)) + 0.2);
}

TEST(FakeEmbedderTest, PassageAndQueryOfOneTextHaveOneVector) {
  const FakeEmbedder embedder;
  const std::vector<std::string> texts = {"warfarin", "heparin"};
  const auto passages = embedder.EmbedPassages(texts);
  ASSERT_THAT(passages, IsOk());
  EXPECT_EQ(absl::MakeConstSpan(embedder.EmbedQuery("heparin")->vector), passages->vectors.row(1));
}

TEST(FakeEmbedderTest, TokensAreWords) {
  const FakeEmbedder embedder;
  const auto passages = embedder.EmbedPassages({"aspirin, reduces fever", "renal failure"});
  ASSERT_THAT(passages, IsOk());
  const auto query = embedder.EmbedQuery("fever aspirin");
  ASSERT_THAT(query, IsOk());
  EXPECT_EQ(query->tokens.tokens(), 2U);
  const LateInteraction question(query->tokens);
  EXPECT_GT(question.With(passages->token_codes[0]).mean, question.With(passages->token_codes[1]).mean + 0.3);
}

TEST(FakeEmbedderTest, VariantsAreDifferentModels) {
  const FakeEmbedder a(64, "a"), b(64, "b");
  EXPECT_NE(a.id(), b.id());
  EXPECT_NE(a.EmbedQuery("heparin")->vector, b.EmbedQuery("heparin")->vector);
}

// Golden: a vector must not change from one build to the next.
TEST(FakeEmbedderTest, VectorsAreTheSameInEveryProcess) {
  const FakeEmbedder embedder(4);
  EXPECT_EQ(embedder.id(), "fake-bag-of-words/4/a");
  const auto vector = embedder.EmbedQuery("heparin");
  ASSERT_THAT(vector, IsOk());
  EXPECT_THAT(vector->vector, testing::ElementsAre(FloatNear(0.568222f, 1e-5f), FloatNear(-0.3715f, 1e-5f),
                                                   FloatNear(0.317029f, 1e-5f), FloatNear(-0.662272f, 1e-5f)));
}

TEST(FakeEmbedderTest, FailsAsToldUntilHealed) {
  FakeEmbedder embedder;
  const std::vector<std::string> texts = {"one", "two"};
  embedder.FailWith(absl::InternalError("the model failed"));
  EXPECT_THAT(embedder.EmbedQuery("one"), StatusIs(absl::StatusCode::kInternal, HasSubstr("model")));
  EXPECT_THAT(embedder.EmbedPassages(texts), StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(embedder.passages_embedded(), 0u);
  embedder.FailWith(absl::OkStatus());
  EXPECT_THAT(embedder.EmbedPassages(texts), IsOk());
  EXPECT_EQ(embedder.passages_embedded(), 2u);
}

}  // namespace
}  // namespace bedside
