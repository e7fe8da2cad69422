#include "tools/bench/remembered_embedder.h"

#include <memory>

#include "gmock/gmock.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

TEST(RememberedEmbedderTest, GivesTheVectorsOfTheModelWithoutAskingIt) {
  auto model = std::make_unique<FakeEmbedder>();
  FakeEmbedder* fake = model.get();
  const auto fever = fake->EmbedQuery("fever");
  RememberedEmbedder embedder(std::move(model));
  ASSERT_THAT(embedder.Remember({"fever", "cough"}), IsOk());
  fake->FailWith(absl::InternalError("asked"));
  const auto remembered = embedder.EmbedQuery("fever");
  ASSERT_THAT(remembered, IsOk());
  EXPECT_EQ(*remembered, *fever);
}

TEST(RememberedEmbedderTest, AnotherQuestionIsNotFound) {
  RememberedEmbedder embedder(std::make_unique<FakeEmbedder>());
  EXPECT_THAT(embedder.EmbedQuery("fever"), StatusIs(absl::StatusCode::kNotFound));
}

TEST(RememberedEmbedderTest, AnErrorOfTheModelIsPassedOn) {
  auto model = std::make_unique<FakeEmbedder>();
  model->FailWith(absl::InternalError("broken"));
  RememberedEmbedder embedder(std::move(model));
  EXPECT_THAT(embedder.Remember({"fever"}), StatusIs(absl::StatusCode::kInternal));
}

TEST(RememberedEmbedderTest, IsTheModelOtherwise) {
  const FakeEmbedder model(32, "b");
  RememberedEmbedder embedder(std::make_unique<FakeEmbedder>(32, "b"));
  EXPECT_EQ(embedder.id(), model.id());
  EXPECT_EQ(embedder.dimension(), 32);
  const auto passages = embedder.EmbedPassages({"x"});
  ASSERT_THAT(passages, IsOk());
  EXPECT_EQ(passages->row(0), model.EmbedPassages({"x"})->row(0));
}

}  // namespace
}  // namespace bedside
