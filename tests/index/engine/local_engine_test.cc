#include "index/engine/local_engine.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/index/engine/engine_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

class LocalEngineTest : public EngineFixture<LocalEngine> {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    first_ = Publish({TextDocument("a", "aspirin lowers fever\naspirin thins blood"), TextDocument("h", "heparin")});
  }

  // As a process that begins now.
  void Start() { Start(embedder_.id()); }
  void Start(const std::string& embedder_id) {
    engine_.reset();
    auto engine = LocalEngine::Create(store_.get(), index_, embedder_id);
    ASSERT_THAT(engine, IsOk());
    engine_ = *std::move(engine);
  }

  // Overwrites an index of the generation.
  void Rot(const storage::Manifest& manifest) {
    const storage::SegmentManifest& segment = manifest.segments(0);
    ASSERT_THAT(store_->segments().PutPieces(segment.segment(), "lexical", 0, "rot"), IsOk());
  }
};

TEST_F(LocalEngineTest, StartsWithoutAnyCorpus) {
  const auto store = EvidenceStore::Open(TempFolder(), Database::Access::kReadWrite);
  ASSERT_THAT(store, IsOk());
  const auto engine = LocalEngine::Create(store->get(), index_, "");
  ASSERT_THAT(engine, IsOk());
  EXPECT_THAT((*engine)->Corpora(), IsEmpty());
}

// Time of a graph grows with what is asked of it; words are asked for as many as before.
TEST_F(LocalEngineTest, AsksAGraphForNoMorePassagesThanItsBeamHasPlaces) {
  std::string lines;
  for (size_t i = 0; i < 40; ++i) lines += "aspirin\n";
  Publish({TextDocument("many", lines)});
  index_.mutable_vector()->set_flat_limit(1);
  index_.mutable_vector()->set_hnsw_search_beam(16);
  config_ = index_.vector();
  Publish({TextDocument("many", lines)}, 2, "graph");
  Start();
  CandidateQuery query = Words("aspirin");
  query.vector = embedder_.EmbedQuery("aspirin")->vector;
  query.other_vectors = {embedder_.EmbedQuery("heparin")->vector};
  const auto of_graph = engine_->Search(**engine_->View("graph"), query);
  ASSERT_THAT(of_graph, IsOk());
  EXPECT_THAT(of_graph->dense, SizeIs(16));
  EXPECT_THAT(of_graph->lexical, SizeIs(40));
  EXPECT_THAT(engine_->Search(*View(), query)->dense, SizeIs(40)) << "a flat index is asked for all";
  query.limit = 7;
  EXPECT_THAT(engine_->Search(**engine_->View("graph"), query)->dense, SizeIs(7));
}

TEST_F(LocalEngineTest, TokensThatAreGoneAreLost) {
  Start();
  const auto keys = store_->segments().GetEmbeddingKeys(View()->generation().segments()[0]->number(), {PassageAt(1)});
  ASSERT_THAT(keys, IsOk());
  WriteBatch batch;
  batch.Delete(Family::kTokenVectors, keys->front());
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kBuffered), IsOk());
  EXPECT_THAT(engine_->Signals(*View(), {PassageAt(1)}, {}, {}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("Reindex")));
}

// A document that the generation names and the store lacks is lost: NOT_FOUND would blame whoever asked.
TEST_F(LocalEngineTest, CallsADocumentLostThatTheGenerationNamesAndTheStoreLacks) {
  Start();
  WriteBatch batch;
  for (Family family : {Family::kDocuments, Family::kHeads}) batch.DeleteRange(family, "c", "d");
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  EXPECT_THAT(engine_->ReadDocument(*View(), 0), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document a")));
  EXPECT_THAT(engine_->ReadMetadata(*View(), {0}), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document a")));
  EXPECT_THAT(engine_->Read(*View(), {PassageAt(0)}), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(LocalEngineTest, ReadsADocumentFromTheStoreOnce) {
  Start();
  const auto first = engine_->ReadDocument(*View(), 0);
  ASSERT_THAT(first, IsOk());
  WriteBatch batch;
  batch.DeleteRange(Family::kDocuments, "c", "d");
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kBuffered), IsOk());
  const auto again = engine_->Read(*View(), {PassageAt(1), PassageAt(0)});
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ((*again)[0].document, *first);
  EXPECT_EQ((*again)[1].document, *first);
  EXPECT_THAT(engine_->ReadDocument(*View(), 1), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document h")));
}

TEST_F(LocalEngineTest, NoticesAPassageThatIsLostOrNotOfItsDocument) {
  Start();
  storage::Passage beyond;
  beyond.set_document(1);
  beyond.set_end(1000);
  storage::Passage of_another;
  of_another.set_document(0);
  of_another.set_end(3);
  for (const storage::Passage& wrong : {beyond, of_another}) {
    ASSERT_THAT(store_->segments().PutPassages(View()->generation().segments()[0]->number(), PassageAt(2), {wrong}),
                IsOk());
    EXPECT_THAT(engine_->Read(*View(), {PassageAt(2)}),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is not one of document h")));
  }
  WriteBatch batch;
  SegmentStore::Delete(View()->generation().segments()[0]->number(), &batch);
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  EXPECT_THAT(engine_->Read(*View(), {PassageAt(0)}), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("passage 0")));
}

TEST_F(LocalEngineTest, ServesTheOthersWhenOneCorpusIsDamaged) {
  const storage::Manifest other = Publish({TextDocument("w", "warfarin")}, 2, "b");
  Rot(other);
  Start();
  EXPECT_THAT(engine_->View("b"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("SHA-256")));
  EXPECT_THAT(engine_->Corpora(), ElementsAre("b", "c"));
  EXPECT_EQ(View()->generation().passages(), 3u);
}

TEST_F(LocalEngineTest, RefreshesToNoticesWithoutReadingTheGenerationAgain) {
  Start();
  const auto before = View();
  ASSERT_THAT(store_->changes().Append({StatusChange("c", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), 0)}), IsOk());
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(View()->change_sequence(), before->change_sequence() + 1);
  EXPECT_EQ(View()->shared_generation(), before->shared_generation());
}

TEST_F(LocalEngineTest, GoesOnServingWhenWhatWasPublishedDoesNotLoad) {
  Start();
  Rot(Publish({TextDocument("w", "warfarin")}));
  EXPECT_THAT(engine_->Refresh("c"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(View()->generation().name(), first_.generation());
  EXPECT_THAT(engine_->Refresh("no-corpus"), StatusIs(absl::StatusCode::kNotFound));
}

// The engine did not follow; what it serves must not be taken from under it however often the corpus is published.
TEST_F(LocalEngineTest, ReadsWhatItServesHoweverMuchWasPublishedSince) {
  Start();
  for (const char* text : {"two", "three", "four", "five"}) Publish({TextDocument("n", text)}, /*kept=*/1);
  EXPECT_THAT(engine_->Read(*View(), {PassageAt(0), PassageAt(1), PassageAt(2)}), IsOk());
}

TEST_F(LocalEngineTest, DoesNotSwitchToWhatIsNotKeptOrDoesNotLoad) {
  const storage::Manifest second = Publish({TextDocument("w", "warfarin")});
  Start();
  EXPECT_THAT(engine_->Activate("c", "g99999999"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(engine_->Activate("other", first_.generation()), StatusIs(absl::StatusCode::kNotFound));
  Rot(first_);
  EXPECT_THAT(engine_->Activate("c", first_.generation()), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(View()->generation().name(), second.generation());
  EXPECT_THAT(*store_->manifests().Current("c"), Optional(second.generation())) << "on disk neither";
}

// As when the process could write the change but not read all notices back: the repetition makes up for it.
TEST_F(LocalEngineTest, AppliesWhatARepeatedRequestRecordedBefore) {
  Start();
  storage::Change change = StatusChange("c", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), 0);
  change.set_request_id(kRequest);
  ASSERT_THAT(store_->changes().Append({change}), IsOk());
  ASSERT_THAT(engine_->ApplyNotice("c", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), kRequest), IsOk());
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED);
}

TEST_F(LocalEngineTest, RecordsNoNoticeOnACorpusThatIsNotThere) {
  Start();
  EXPECT_THAT(engine_->ApplyNotice("other", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), ""),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(*store_->changes().Notices("other"), IsEmpty());
}

TEST_F(LocalEngineTest, ChangesNothingInAStoreThatIsOpenForReading) {
  Reopen(Database::Access::kReadOnly);
  Start();
  EXPECT_THAT(engine_->ApplyNotice("c", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), ""),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_CURRENT);
}

// Requests go on while generations are published, retired, switched and documents retracted; none fails, and none sees
// passages of two generations.
TEST_F(LocalEngineTest, ServesWhileEverythingChanges) {
  Start();
  std::atomic<bool> done{false};
  std::vector<std::thread> readers;
  for (int t = 0; t < 2; ++t) {
    readers.emplace_back([&] {
      while (!done) {
        const auto view = View();
        const size_t count = view->generation().passages();
        std::vector<PassageOrdinal> all;
        for (size_t i = 0; i < count; ++i) all.push_back(PassageAt(i));
        const auto found = engine_->Read(*view, all);
        ASSERT_THAT(found, IsOk());
        for (const FoundPassage& passage : *found) EXPECT_EQ(passage.passage.document(), passage.document_index);
      }
    });
  }
  for (int round = 0; round < 8; ++round) {
    const std::string before = View()->generation().name();
    Publish({TextDocument("r", "one\ntwo\nthree\nfour"), TextDocument("s", "five")}, /*kept=*/1);
    EXPECT_THAT(engine_->Refresh("c"), IsOk());
    EXPECT_THAT(engine_->ApplyNotice("c", NoticeOn("s", v1::DOCUMENT_STATUS_WITHDRAWN), ""), IsOk());
    EXPECT_THAT(engine_->Activate("c", before), IsOk());
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace bedside
