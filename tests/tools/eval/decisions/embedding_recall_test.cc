#include "tools/eval/decisions/embedding_recall.h"

#include <memory>

#include "gmock/gmock.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// The embedder counts words: sentences of the same words are the same.
class EmbeddingRecallTest : public testing::Test {
 protected:
  absl::StatusOr<std::vector<double>> Recalls(const std::string& reference, const std::vector<std::string>& texts) {
    return EmbeddingRecalls(*splitter_, embedder_, reference, texts);
  }

  double Recall(const std::string& reference, const std::string& text) { return (*Recalls(reference, {text}))[0]; }

  const std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
  FakeEmbedder embedder_{512};
};

TEST_F(EmbeddingRecallTest, ASentenceThatStandsThereIsHeldWhole) {
  EXPECT_NEAR(Recall("Aspirin lowers fever.", "Rest is good. Aspirin lowers fever."), 1, 1e-5);
  EXPECT_NEAR(Recall("Aspirin lowers fever.", "Fever lowers aspirin."), 1, 1e-5);
}

TEST_F(EmbeddingRecallTest, IsTheMeanOfTheBestOfEachSentence) {
  const double half = Recall("Aspirin lowers fever.\nPenicillin cures syphilis.", "Aspirin lowers fever.\nRest helps.");
  EXPECT_NEAR(half, 0.5, 0.1);
  EXPECT_LT(Recall("Aspirin lowers fever.", "Penicillin cures syphilis."), 0.2);
}

TEST_F(EmbeddingRecallTest, WhatElseTheTextSaysCostsNothing) {
  const std::string reference = "Aspirin lowers fever and pain.";
  const double alone = Recall(reference, "Aspirin lowers fever.");
  EXPECT_NEAR(Recall(reference, "Metformin treats diabetes. Aspirin lowers fever. Statins too."), alone, 1e-5);
}

TEST_F(EmbeddingRecallTest, EachTextHasItsOwn) {
  const auto recalls = Recalls("Aspirin lowers fever.", {"Nothing alike here.", "", "Aspirin lowers fever."});
  ASSERT_THAT(recalls, IsOk());
  ASSERT_EQ(recalls->size(), 3u);
  EXPECT_LT((*recalls)[0], 0.2);
  EXPECT_EQ((*recalls)[1], 0);
  EXPECT_NEAR((*recalls)[2], 1, 1e-5);
}

TEST_F(EmbeddingRecallTest, OfNoSentenceNothingIsHeld) {
  EXPECT_EQ(Recall("", "Aspirin lowers fever."), 0);
  EXPECT_EQ(Recall(" \n", ""), 0);
  EXPECT_THAT(*Recalls("Aspirin lowers fever.", {}), IsEmpty());
}

TEST_F(EmbeddingRecallTest, AnErrorOfTheModelIsTheCallers) {
  embedder_.FailWith(absl::InternalError("the model failed"));
  EXPECT_THAT(Recalls("a b.", {"c d."}), StatusIs(absl::StatusCode::kInternal, HasSubstr("the model failed")));
}

}  // namespace
}  // namespace bedside
