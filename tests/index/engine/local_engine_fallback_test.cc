// What serves where a generation on disk is damaged.
#include <gmock/gmock.h>

#include "index/engine/local_engine.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

storage::StatusNotice RetractionOf(const std::string& document) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  return notice;
}

class LocalEngineFallbackTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    first_ = Publish({TextDocument("a", "aspirin lowers fever"), TextDocument("h", "heparin")});
  }

  // As a process that begins now.
  void Start() {
    engine_.reset();
    auto engine = LocalEngine::Create(store_.get(), {}, embedder_.id());
    ASSERT_THAT(engine, IsOk());
    engine_ = *std::move(engine);
  }

  std::shared_ptr<const EvidenceView> View() {
    auto view = engine_->View("c");
    EXPECT_THAT(view, IsOk());
    return *view;
  }

  // Overwrites an index of the generation.
  void Rot(const storage::Manifest& manifest) {
    const uint64_t segment = manifest.segments(0).segment();
    ASSERT_THAT(store_->segments().PutPieces(segment, "lexical", 0, "rot"), IsOk());
  }

  storage::Manifest first_;
  std::unique_ptr<LocalEngine> engine_;
};

TEST_F(LocalEngineFallbackTest, AnEarlierGenerationServesAndSaysSoWhenTheActiveOneIsDamaged) {
  const storage::Manifest second = Publish({TextDocument("a", "aspirin"), TextDocument("w", "warfarin")});
  Start();
  EXPECT_EQ(engine_->Fallback("c"), "");
  Rot(second);
  Start();
  EXPECT_EQ(View()->generation().name(), first_.generation());
  EXPECT_THAT(engine_->Fallback("c"), HasSubstr("SHA-256"));
  EXPECT_THAT(engine_->ActiveGeneration("c"), IsOk());
  EXPECT_EQ(*engine_->ActiveGeneration("c"), second.generation()) << "the store names what it named before";
  ASSERT_THAT(engine_->ApplyNotice("c", RetractionOf("a"), "request"), IsOk());
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_THAT(engine_->Refresh("c"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(engine_->Fallback("c"), HasSubstr("SHA-256"));
  ASSERT_THAT(engine_->Activate("c", first_.generation()), IsOk());
  EXPECT_EQ(engine_->Fallback("c"), "") << "it is the active one now";
}

TEST_F(LocalEngineFallbackTest, WhatSomebodyWentBackFromDoesNotServeAgain) {
  Publish({TextDocument("a", "a wrong dose")});
  Start();
  ASSERT_THAT(engine_->Activate("c", first_.generation()), IsOk());
  Rot(Publish({TextDocument("a", "aspirin")}));
  Start();
  EXPECT_EQ(View()->generation().name(), first_.generation());
  Rot(first_);
  Start();
  EXPECT_THAT(engine_->View("c"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("SHA-256")));
}

TEST_F(LocalEngineFallbackTest, NothingServesWhenNoGenerationCanBeRead) {
  const storage::Manifest second = Publish({TextDocument("w", "warfarin")});
  Rot(first_);
  Rot(second);
  Start();
  EXPECT_THAT(engine_->View("c"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("SHA-256")));
  EXPECT_EQ(engine_->Fallback("c"), "");
}

}  // namespace
}  // namespace bedside
