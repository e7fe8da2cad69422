// A question that was asked not long ago costs no run of the encoder, and its vector is the one that it had.
#include "index/embedding/caching_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

class CachingEmbedderTest : public testing::Test {
 protected:
  explicit CachingEmbedderTest(size_t capacity = 2) {
    auto encoder = std::make_unique<FakeEmbedder>();
    encoder_ = encoder.get();
    cache_ = std::make_unique<CachingEmbedder>(std::move(encoder), capacity);
  }

  // Runs of the encoder that `question` costs now.
  size_t CostOf(const std::string& question) {
    const size_t before = encoder_->questions_embedded();
    EXPECT_EQ(cache_->EmbedQuery(question)->vector, FakeEmbedder().EmbedQuery(question)->vector);
    return encoder_->questions_embedded() - before;
  }

  FakeEmbedder* encoder_;
  std::unique_ptr<CachingEmbedder> cache_;
};

TEST_F(CachingEmbedderTest, ARepeatedQuestionIsNotEncoded) {
  EXPECT_EQ(CostOf("aspirin"), 1u);
  EXPECT_EQ(CostOf("aspirin"), 0u);
  EXPECT_EQ(CostOf("aspirin"), 0u);
}

TEST_F(CachingEmbedderTest, OfQuestionsTogetherOnlyThoseAreEncodedThatAreNotKept) {
  CostOf("heparin");
  const size_t before = encoder_->questions_embedded();
  const auto embeddings = cache_->EmbedQueries({"aspirin", "heparin", "warfarin"});
  ASSERT_THAT(embeddings, IsOk());
  EXPECT_EQ(encoder_->questions_embedded() - before, 2u);
  ASSERT_EQ(embeddings->size(), 3u);
  EXPECT_EQ((*embeddings)[0].vector, FakeEmbedder().EmbedQuery("aspirin")->vector);
  EXPECT_EQ((*embeddings)[1].vector, FakeEmbedder().EmbedQuery("heparin")->vector);
  EXPECT_EQ((*embeddings)[2].vector, FakeEmbedder().EmbedQuery("warfarin")->vector);
  EXPECT_EQ(CostOf("warfarin"), 0u);
  EXPECT_EQ(CostOf("aspirin"), 0u);
}

TEST_F(CachingEmbedderTest, OfQuestionsTogetherNoneIsGivenWhereTheModelFailsOnOne) {
  CostOf("heparin");
  encoder_->FailWith(absl::InternalError("the model failed"));
  EXPECT_THAT(cache_->EmbedQueries({"heparin", "aspirin"}), StatusIs(absl::StatusCode::kInternal, "the model failed"));
  EXPECT_EQ(CostOf("heparin"), 0u);
  encoder_->FailWith(absl::OkStatus());
  EXPECT_EQ(CostOf("aspirin"), 1u);
}

TEST_F(CachingEmbedderTest, OnlyTheExactTextIsTheSameQuestion) {
  EXPECT_EQ(CostOf("aspirin"), 1u);
  EXPECT_EQ(CostOf("Aspirin"), 1u);
  EXPECT_EQ(CostOf("aspirin "), 1u);
  EXPECT_EQ(CostOf(""), 1u);
  EXPECT_EQ(CostOf(""), 0u);
}

TEST_F(CachingEmbedderTest, ForgetsTheQuestionThatWasAskedLongestAgo) {
  CostOf("aspirin");
  CostOf("heparin");
  CostOf("aspirin");
  CostOf("warfarin");
  EXPECT_EQ(CostOf("aspirin"), 0u);
  EXPECT_EQ(CostOf("warfarin"), 0u);
  EXPECT_EQ(CostOf("heparin"), 1u);
}

TEST_F(CachingEmbedderTest, AnErrorIsNotKept) {
  encoder_->FailWith(absl::InternalError("the model failed"));
  EXPECT_THAT(cache_->EmbedQuery("aspirin"), StatusIs(absl::StatusCode::kInternal, "the model failed"));
  encoder_->FailWith(absl::OkStatus());
  EXPECT_EQ(CostOf("aspirin"), 1u);
}

TEST_F(CachingEmbedderTest, WhatIsKeptIsGivenWhileTheModelFails) {
  CostOf("aspirin");
  encoder_->FailWith(absl::InternalError("the model failed"));
  EXPECT_EQ(CostOf("aspirin"), 0u);
}

TEST_F(CachingEmbedderTest, PassagesAreEmbeddedEveryTime) {
  const std::vector<std::string> texts = {"aspirin"};
  EXPECT_EQ(cache_->EmbedPassages(texts)->vectors.rows(), 1u);
  EXPECT_EQ(cache_->EmbedPassages(texts)->vectors.rows(), 1u);
  EXPECT_EQ(encoder_->passages_embedded(), 2u);
  EXPECT_EQ(CostOf("aspirin"), 1u);
}

TEST_F(CachingEmbedderTest, IsTheEmbedderThatItKeepsFor) {
  EXPECT_EQ(cache_->id(), encoder_->id());
  EXPECT_EQ(cache_->dimension(), encoder_->dimension());
}

TEST_F(CachingEmbedderTest, ThreadsGetTheVectorsOfTheirQuestions) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < 200; ++i) {
        const std::string question = absl::StrCat("drug", (i + thread) % 5);
        EXPECT_EQ(cache_->EmbedQuery(question)->vector, FakeEmbedder().EmbedQuery(question)->vector);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

class NoCacheTest : public CachingEmbedderTest {
 protected:
  NoCacheTest() : CachingEmbedderTest(0) {}
};

TEST_F(NoCacheTest, EncodesEveryQuestion) {
  EXPECT_EQ(CostOf("aspirin"), 1u);
  EXPECT_EQ(CostOf("aspirin"), 1u);
}

}  // namespace
}  // namespace bedside
