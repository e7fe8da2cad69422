// A generation that was built beside a store, in a workshop, and is taken over: what is copied, what is refused, and
// that nothing is left of what is not taken over.
#include "ingest/pipeline/generation_adopter.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/interaction/token_codes.h"
#include "index/store/token_store.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class GenerationAdopterTest : public PipelineFixture {
 protected:
  void SetUp() override {
    PipelineFixture::SetUp();
    WriteFile("a.jsonl", Line("aspirin", "Aspirin reduces fever.") + Line("heparin", "Heparin is given by injection."));
    ASSERT_THAT(pipeline_->Import("default", {{In()}}, {}), IsOk());
    base_ = Current();
  }

  std::string Workshop() const { return (folder_ / "workshop").string(); }

  // What a job of another process does: beside this store, which stays open.
  absl::StatusOr<v1::JobReport> BuildBeside(FakeEmbedder* embedder, bool reindex = false,
                                            const IngestObserver& observer = {}) {
    auto served = EvidenceStore::Open((folder_ / "store").string(), Database::Access::kReadOnly);
    EXPECT_THAT(served, IsOk());
    auto workshop = EvidenceStore::Open(Workshop(), Database::Access::kReadWrite);
    EXPECT_THAT(workshop, IsOk());
    auto pipeline =
        IngestPipeline::Create({workshop->get(), embedder, tokenizer_, nullptr, served->get()}, index_, settings_);
    EXPECT_THAT(pipeline, IsOk());
    return reindex ? (*pipeline)->Reindex("default", observer) : (*pipeline)->Import("default", {{In()}}, observer);
  }

  absl::StatusOr<v1::JobReport> Adopt(const IngestObserver& observer = {}) {
    return pipeline_->Adopt("default", Workshop(), observer);
  }

  void Delete(const std::string& id) {
    storage::StatusNotice notice;
    notice.set_document_id(id);
    notice.set_status(v1::DOCUMENT_STATUS_DELETED);
    notice.set_origin(storage::STATUS_ORIGIN_DELETION);
    ASSERT_THAT(store_->changes().Append({StatusChange("default", notice, 1)}), IsOk());
  }

  // Changes the value at the last key of the family in the workshop.
  void Damage(Family family, const std::function<void(const std::string& key, WriteBatch*)>& change) {
    const auto workshop = *EvidenceStore::Open(Workshop(), Database::Access::kReadWrite);
    std::string key;
    ASSERT_THAT(workshop->database().Scan(family, "", "",
                                          [&](absl::string_view found, absl::string_view) {
                                            key = std::string(found);
                                            return true;
                                          }),
                IsOk());
    WriteBatch batch;
    change(key, &batch);
    ASSERT_THAT(workshop->database().Write(batch, Database::Durability::kSynced), IsOk());
  }

  // What serves is what served, and nothing else is in the store.
  void ExpectNothingLeft() {
    EXPECT_EQ(Current(), base_);
    EXPECT_THAT(*store_->manifests().Manifests("default"), SizeIs(1));
    EXPECT_THAT(*store_->segments().Segments(), SizeIs(1));
  }

  std::string base_;
};

TEST_F(GenerationAdopterTest, AnImportBesideTheStoreIsTakenOverWhole) {
  WriteFile("b.jsonl", Line("warfarin", "Warfarin is monitored weekly."));
  const auto built = BuildBeside(embedder_.get());
  ASSERT_THAT(built, IsOk());
  EXPECT_EQ(built->counts().passages_embedded(), 1) << "the vectors of the others are read from the store beside";
  EXPECT_THAT(built->not_serving_reason(), HasSubstr("take it over"));
  EXPECT_EQ(Current(), base_);
  const auto adopted = Adopt();
  ASSERT_THAT(adopted, IsOk());
  EXPECT_EQ(adopted->generation(), absl::StrCat("corpora/default/generations/", Current()));
  EXPECT_EQ(adopted->not_serving_reason(), "");
  EXPECT_EQ(adopted->counts().documents_published(), 3);
  EXPECT_EQ(adopted->counts().passages_published(), 3);
  Open();
  EXPECT_EQ(ActiveText("warfarin"), "Warfarin is monitored weekly.");
  EXPECT_EQ(ActiveText("aspirin"), "Aspirin reduces fever.");
  EXPECT_EQ(Active()->manifest().base_generation(), base_);
}

TEST_F(GenerationAdopterTest, WhatWasAdoptedHasTheVectorsAndTokensOfItsPassages) {
  WriteFile("b.jsonl", Line("warfarin", "Warfarin is monitored weekly."));
  ASSERT_THAT(BuildBeside(embedder_.get()), IsOk());
  ASSERT_THAT(Adopt(), IsOk());
  std::vector<PassageOrdinal> all;
  for (size_t i = 0; i < Active()->passages(); ++i) all.push_back(PassageAt(i));
  const auto keys = store_->segments().GetEmbeddingKeys(Active()->segments()[0]->number(), all);
  ASSERT_THAT(keys, IsOk());
  for (const auto& codes : *TokenStore(&store_->database(), CodeBytes(16)).Get(*keys)) EXPECT_TRUE(codes.has_value());
  const size_t before = embedder_->passages_embedded();
  ASSERT_THAT(pipeline_->Reindex("default", {}), IsOk());
  EXPECT_EQ(embedder_->passages_embedded(), before) << "no text is embedded again";
}

TEST_F(GenerationAdopterTest, AReindexBesideTheStoreIsTheSameAsOneInIt) {
  ASSERT_THAT(BuildBeside(embedder_.get(), /*reindex=*/true), IsOk());
  ASSERT_THAT(Adopt(), IsOk());
  const storage::Manifest adopted = Active()->manifest();
  ASSERT_THAT(pipeline_->Reindex("default", {}), IsOk());
  const storage::Manifest inside = Active()->manifest();
  EXPECT_EQ(adopted.settings_sha256(), inside.settings_sha256());
  ASSERT_EQ(adopted.segments(0).indexes_size(), inside.segments(0).indexes_size());
  for (int i = 0; i < inside.segments(0).indexes_size(); ++i) {
    EXPECT_THAT(adopted.segments(0).indexes(i).sha256(),
                testing::ElementsAreArray(inside.segments(0).indexes(i).sha256()))
        << inside.segments(0).indexes(i).name();
  }
}

TEST_F(GenerationAdopterTest, NoticesTravelWithTheGenerationAlsoWhereNothingElseIsNew) {
  WriteFile("status.csv", "scheme,value,status,date,reason\npmid,1,retracted,2024-01-01,withdrawn by the authors\n");
  const auto built = BuildBeside(embedder_.get());
  ASSERT_THAT(built, IsOk());
  EXPECT_EQ(built->counts().status_notices(), 1);
  EXPECT_THAT(*store_->changes().Notices("default"), IsEmpty());
  ASSERT_THAT(Adopt(), IsOk());
  EXPECT_THAT(*store_->changes().Notices("default"), SizeIs(1));
  EXPECT_THAT(Active()->manifest().notices(), IsEmpty());
}

TEST_F(GenerationAdopterTest, WhereTheCorpusHasMovedOnTheJobIsToRunAgain) {
  WriteFile("b.jsonl", Line("warfarin", "Warfarin is monitored weekly."));
  ASSERT_THAT(BuildBeside(embedder_.get()), IsOk());
  ASSERT_THAT(pipeline_->Reindex("default", {}), IsOk());
  const std::string moved = Current();
  EXPECT_THAT(Adopt(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                AllOf(HasSubstr(base_), HasSubstr(moved), HasSubstr("Run the job again"))));
  EXPECT_EQ(Current(), moved);
  ASSERT_THAT(BuildBeside(embedder_.get()), IsOk());
  EXPECT_THAT(Adopt(), IsOk());
}

TEST_F(GenerationAdopterTest, ADocumentThatWasDeletedMeanwhileDoesNotComeBack) {
  WriteFile("b.jsonl", Line("warfarin", "Warfarin is monitored weekly."));
  ASSERT_THAT(BuildBeside(embedder_.get()), IsOk());
  Delete("aspirin");
  EXPECT_THAT(Adopt(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("document aspirin was deleted")));
  ExpectNothingLeft();
  ASSERT_THAT(BuildBeside(embedder_.get()), IsOk());
  ASSERT_THAT(Adopt(), IsOk());
  EXPECT_FALSE(Active()->documents().Find("aspirin").has_value());
}

TEST_F(GenerationAdopterTest, AGenerationOfAnotherModelIsKeptAndDoesNotServe) {
  FakeEmbedder other(16, "b");
  const auto built = BuildBeside(&other, /*reindex=*/true);
  ASSERT_THAT(built, IsOk());
  EXPECT_EQ(built->counts().passages_embedded(), 2);
  const auto adopted = Adopt();
  ASSERT_THAT(adopted, IsOk());
  EXPECT_EQ(Current(), base_);
  EXPECT_THAT(adopted->not_serving_reason(), AllOf(HasSubstr(other.id()), HasSubstr(embedder_->id())));
  EXPECT_THAT(*store_->manifests().Manifests("default"), SizeIs(2));
}

TEST_F(GenerationAdopterTest, AWorkshopThatIsNotThereOrNotFinishedIsNotFound) {
  EXPECT_THAT(Adopt(), StatusIs(absl::StatusCode::kNotFound));
  { const auto workshop = EvidenceStore::Open(Workshop(), Database::Access::kReadWrite); }
  EXPECT_THAT(Adopt(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no finished generation")));
  ExpectNothingLeft();
}

TEST_F(GenerationAdopterTest, DamageInTheWorkshopIsNoticedAndLeavesNothing) {
  WriteFile("b.jsonl", Line("warfarin", "Warfarin is monitored weekly."));
  for (Family family :
       {Family::kDocuments, Family::kVectors, Family::kTokenVectors, Family::kPassages, Family::kPieces}) {
    std::filesystem::remove_all(Workshop());
    ASSERT_THAT(BuildBeside(embedder_.get()), IsOk());
    Damage(family, [&](const std::string& key, WriteBatch* batch) { batch->Delete(family, key); });
    EXPECT_THAT(Adopt(), StatusIs(absl::StatusCode::kDataLoss)) << static_cast<int>(family);
    ExpectNothingLeft();
  }
}

TEST_F(GenerationAdopterTest, APieceWithAnotherSha256IsNoticed) {
  ASSERT_THAT(BuildBeside(embedder_.get(), /*reindex=*/true), IsOk());
  Damage(Family::kPieces, [](const std::string& key, WriteBatch* batch) { batch->Put(Family::kPieces, key, "rot"); });
  EXPECT_THAT(Adopt(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("SHA-256")));
  ExpectNothingLeft();
}

TEST_F(GenerationAdopterTest, CancellingLeavesNothingBehind) {
  ASSERT_THAT(BuildBeside(embedder_.get(), /*reindex=*/true), IsOk());
  int asked = 0, until = 0;
  const IngestObserver observer = {nullptr, [&] { return ++asked > until; }};
  for (until = 0;; ++until) {
    asked = 0;
    const auto adopted = Adopt(observer);
    if (adopted.ok()) break;
    ASSERT_THAT(adopted, StatusIs(absl::StatusCode::kCancelled));
    ExpectNothingLeft();
  }
  EXPECT_GT(until, 5) << "every step was tried";
}

TEST_F(GenerationAdopterTest, AJobThatWasStoppedGoesOnFromWhatItHasEmbedded) {
  std::string lines;
  for (int i = 0; i < 3000; ++i) lines += Line(absl::StrCat("d", i), absl::StrCat("This is text number ", i, "."));
  WriteFile("b.jsonl", lines);
  int64_t done = 0;
  const IngestObserver observer = {[&](const v1::JobProgress& progress) { done = progress.passages_done(); },
                                   [&] { return embedder_->passages_embedded() > 1500; }};
  EXPECT_THAT(BuildBeside(embedder_.get(), /*reindex=*/false, observer), StatusIs(absl::StatusCode::kCancelled));
  ASSERT_THAT(BuildBeside(embedder_.get()), IsOk());
  EXPECT_EQ(embedder_->passages_embedded(), 3002u) << "each text once";
  EXPECT_THAT(Adopt(), IsOk());
  EXPECT_EQ(Active()->passages(), 3002u);
}

}  // namespace
}  // namespace bedside
