#include "index/retrieval/ranking_cache.h"

#include <gmock/gmock.h>

#include "index/engine/local_engine.h"
#include "index/retrieval/retriever.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;

storage::StatusNotice Retraction(const std::string& document) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  return notice;
}

class RankingCacheTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    Publish({TextDocument("a", "aspirin lowers fever"), TextDocument("h", "heparin is injected")});
    index_.add_source_set_labels()->set_source_set("secret");
    index_.mutable_source_set_labels(0)->add_labels("staff");
    engine_ = *LocalEngine::Create(store_.get(), index_, embedder_.id());
    config::RetrievalConfig config;
    config.set_kept_rankings(2);
    retriever_ = *Retriever::Create(engine_.get(), &embedder_, config);
  }

  static RetrievalRequest Ask(const std::string& question) {
    RetrievalRequest request;
    request.corpus = "c";
    request.question = question;
    return request;
  }

  // Whether the ranking is one that was kept: with a model that fails, no new one is whole.
  bool IsKept(const RetrievalRequest& request) {
    embedder_.FailWith(absl::InternalError("fails"));
    const auto ranking = retriever_->Retrieve(request);
    embedder_.FailWith(absl::OkStatus());
    EXPECT_THAT(ranking, IsOk());
    return ranking->degraded.empty();
  }

  config::IndexConfig index_;
  std::unique_ptr<LocalEngine> engine_;
  std::unique_ptr<Retriever> retriever_;
};

TEST_F(RankingCacheTest, WhatIsAskedAgainIsNotSearchedAgain) {
  const auto first = retriever_->Retrieve(Ask("aspirin"));
  ASSERT_THAT(first, IsOk());
  ASSERT_TRUE(IsKept(Ask("aspirin")));
  const auto again = retriever_->Retrieve(Ask("aspirin"));
  ASSERT_EQ(again->passages.size(), first->passages.size());
  for (size_t i = 0; i < first->passages.size(); ++i) {
    EXPECT_EQ(again->passages[i].fused.passage, first->passages[i].fused.passage);
    EXPECT_EQ(again->passages[i].score, first->passages[i].score);
  }
  EXPECT_EQ(again->stages, first->stages);
  EXPECT_EQ(again->embed_time, absl::ZeroDuration());
}

TEST_F(RankingCacheTest, AnotherQuestionOrFilterIsSearched) {
  ASSERT_THAT(retriever_->Retrieve(Ask("aspirin")), IsOk());
  EXPECT_FALSE(IsKept(Ask("Aspirin")));
  RetrievalRequest filtered = Ask("aspirin");
  filtered.filter.add_tags("none");
  EXPECT_FALSE(IsKept(filtered));
}

// As they are serialised, the filter of the one ends where the question of the other goes on.
TEST_F(RankingCacheTest, AFilterIsNotTakenForTheBeginOfAQuestion) {
  RetrievalRequest filtered = Ask("aspirin");
  filtered.filter.add_kinds(v1::DOCUMENT_KIND_GUIDELINE);
  for (const char* between : {"", "\n", " "}) {
    ASSERT_THAT(retriever_->Retrieve(Ask(absl::StrCat(filtered.filter.SerializeAsString(), between, "aspirin"))),
                IsOk());
    EXPECT_FALSE(IsKept(filtered));
  }
}

TEST_F(RankingCacheTest, ARetractionAndANewGenerationDropWhatWasKept) {
  ASSERT_THAT(retriever_->Retrieve(Ask("aspirin")), IsOk());
  ASSERT_THAT(engine_->ApplyNotice("c", Retraction("a"), ""), IsOk());
  EXPECT_FALSE(IsKept(Ask("aspirin")));
  ASSERT_THAT(retriever_->Retrieve(Ask("aspirin")), IsOk());
  EXPECT_TRUE(IsKept(Ask("aspirin")));
  Publish({TextDocument("b", "aspirin thins blood")});
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  EXPECT_FALSE(IsKept(Ask("aspirin")));
}

// A document that is purged must go with its generation.
TEST_F(RankingCacheTest, HoldsNoGeneration) {
  ASSERT_THAT(retriever_->Retrieve(Ask("aspirin")), IsOk());
  const std::weak_ptr<const Generation> before = (*engine_->View("c"))->shared_generation();
  Publish({TextDocument("b", "aspirin thins blood")});
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  EXPECT_TRUE(before.expired());
  EXPECT_FALSE(IsKept(Ask("aspirin")));
}

TEST_F(RankingCacheTest, NobodyGetsWhatWasRankedForOthers) {
  storage::Document secret = TextDocument("s", "aspirin in secret");
  secret.set_source_set("secret");
  Publish({TextDocument("a", "aspirin lowers fever"), secret});
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  ASSERT_THAT(retriever_->Retrieve(Ask("aspirin")), IsOk()) << "everybody without access control holds all labels";
  RetrievalRequest without = Ask("aspirin");
  without.labels.all = false;
  EXPECT_FALSE(IsKept(without));
}

TEST_F(RankingCacheTest, KeepsThoseThatWereAskedForLast) {
  ASSERT_THAT(retriever_->Retrieve(Ask("one")), IsOk());
  ASSERT_THAT(retriever_->Retrieve(Ask("two")), IsOk());
  ASSERT_TRUE(IsKept(Ask("one")));
  ASSERT_THAT(retriever_->Retrieve(Ask("three")), IsOk());
  EXPECT_TRUE(IsKept(Ask("one")));
  EXPECT_TRUE(IsKept(Ask("three")));
  EXPECT_FALSE(IsKept(Ask("two")));
}

TEST_F(RankingCacheTest, ARankingThatIsNotWholeIsNotKept) {
  embedder_.FailWith(absl::InternalError("fails"));
  ASSERT_THAT(retriever_->Retrieve(Ask("aspirin")), IsOk());
  embedder_.FailWith(absl::OkStatus());
  EXPECT_THAT(retriever_->Retrieve(Ask("aspirin"))->degraded, IsEmpty());
}

}  // namespace
}  // namespace bedside
