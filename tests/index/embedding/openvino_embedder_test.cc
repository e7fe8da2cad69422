#include "index/embedding/openvino_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

config::EmbedderConfig Config() {
  config::EmbedderConfig config;
  config.set_model_path("external/bge_small_en");
  return config;
}

double Cosine(absl::Span<const float> a, absl::Span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

const std::vector<std::string>& Texts() {
  static const auto& texts =
      *new std::vector<std::string>{"Aspirin reduces fever.", "", "Paracetamol lowers body temperature.",
                                    "The cat sat on the mat.", std::string(20000, 'x') + " a very long text"};
  return texts;
}

TEST(OpenVinoEmbedderTest, PutsLikeTextsNearEachOtherInTheOrderGiven) {
  const auto embedder = *OpenVinoEmbedder::Create(Config());
  const auto vectors = embedder->EmbedPassages(Texts());
  ASSERT_THAT(vectors, IsOk());
  ASSERT_EQ(vectors->rows(), Texts().size());
  ASSERT_EQ(vectors->dimension(), 384u);
  for (size_t i = 0; i < vectors->rows(); ++i) EXPECT_NEAR(Cosine(vectors->row(i), vectors->row(i)), 1, 1e-3);
  EXPECT_GT(Cosine(vectors->row(0), vectors->row(2)), Cosine(vectors->row(0), vectors->row(3)) + 0.2);
}

TEST(OpenVinoEmbedderTest, GivesATextTheSameVectorAloneAndInCompany) {
  const auto embedder = *OpenVinoEmbedder::Create(Config());
  const auto together = embedder->EmbedPassages(Texts());
  const auto alone = embedder->EmbedQuery(Texts()[0]);
  ASSERT_THAT(alone, IsOk());
  EXPECT_GT(Cosine(together->row(0), *alone), 0.999);
}

TEST(OpenVinoEmbedderTest, LosesNothingThatMattersToBf16) {
  config::EmbedderConfig exact = Config();
  exact.set_precision(config::PRECISION_F32);
  const auto rounded = *OpenVinoEmbedder::Create(Config());
  const auto reference = *OpenVinoEmbedder::Create(exact);
  for (const std::string& text : Texts()) {
    EXPECT_GT(Cosine(*rounded->EmbedQuery(text), *reference->EmbedQuery(text)), 0.999);
  }
}

TEST(OpenVinoEmbedderTest, HasAnIdOfEverythingThatChangesVectors) {
  config::EmbedderConfig other = Config();
  other.set_precision(config::PRECISION_F32);
  config::EmbedderConfig prefixed = other;
  prefixed.set_query_prefix("query: ");
  const std::string f32 = (*OpenVinoEmbedder::Create(other))->id();
  EXPECT_THAT(f32, HasSubstr("/f32/512/"));
  EXPECT_NE((*OpenVinoEmbedder::Create(prefixed))->id(), f32);
  EXPECT_EQ((*OpenVinoEmbedder::Create(other))->id(), f32);
}

TEST(OpenVinoEmbedderTest, EmbedsNothing) {
  EXPECT_EQ((*OpenVinoEmbedder::Create(Config()))->EmbedPassages({})->rows(), 0u);
}

TEST(OpenVinoEmbedderTest, SaysWhatIsMissing) {
  config::EmbedderConfig config = Config();
  config.set_model_path(TempFolder());
  EXPECT_THAT(OpenVinoEmbedder::Create(config), StatusIs(absl::StatusCode::kNotFound, HasSubstr("tokenizer.json")));
}

TEST(OpenVinoEmbedderTest, NamesEveryFieldThatIsOutOfRange) {
  config::EmbedderConfig config;
  config.set_max_tokens(4);
  config.set_threads(1000);
  EXPECT_THAT(OpenVinoEmbedder::Create(config),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("model_path"), HasSubstr("max_tokens"), HasSubstr("threads"))));
}

}  // namespace
}  // namespace bedside
