#include "index/store/evidence_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Access = Database::Access;

class EvidenceStoreTest : public ::testing::Test {
 protected:
  void Reopen(Access access = Access::kReadWrite) {
    store_.reset();
    auto store = EvidenceStore::Open(path_, access);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }
  void SetUp() override { Reopen(); }

  // A segment of which something is stored.
  uint64_t AddSegment() {
    const auto segment = store_->segments().NewSegment();
    EXPECT_THAT(store_->segments().PutPassages(*segment, PassageAt(0), {storage::Passage()}), IsOk());
    EXPECT_THAT(store_->segments().PutPieces(*segment, "lexical", 0, "bytes"), IsOk());
    return *segment;
  }

  void Publish(const std::string& corpus, const std::string& generation, uint64_t segment) {
    storage::Manifest manifest;
    manifest.set_corpus(corpus);
    manifest.set_generation(generation);
    manifest.add_segments()->set_segment(segment);
    WriteBatch batch;
    ManifestStore::Put(manifest, &batch);
    ManifestStore::SetCurrent(corpus, generation, &batch);
    ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  }

  const std::string path_ = TempFolder();
  std::unique_ptr<EvidenceStore> store_;
};

// As one that was built with another model than the server's, of a corpus that is new.
TEST_F(EvidenceStoreTest, ReclaimsNothingOfAGenerationThatNeverServed) {
  storage::Manifest manifest;
  manifest.set_corpus("new");
  manifest.set_generation("g1");
  const uint64_t segment = AddSegment();
  manifest.add_segments()->set_segment(segment);
  WriteBatch batch;
  ManifestStore::Put(manifest, &batch);
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  ASSERT_THAT(store_->ReclaimSegments(), IsOk());
  EXPECT_THAT(*store_->segments().Segments(), ElementsAre(segment));
}

TEST_F(EvidenceStoreTest, ReclaimsNothingThatIsHeld) {
  const uint64_t segment = AddSegment();
  SegmentHold hold = store_->segments().Hold(segment);
  ASSERT_THAT(store_->ReclaimSegments(), IsOk());
  EXPECT_THAT(*store_->segments().Segments(), ElementsAre(segment));
  hold.reset();
  ASSERT_THAT(store_->ReclaimSegments(), IsOk());
  EXPECT_THAT(*store_->segments().Segments(), IsEmpty());
}

TEST_F(EvidenceStoreTest, ReclaimsAtOpeningWhatWasNeverPublished) {
  AddSegment();
  const uint64_t first = AddSegment();
  const uint64_t second = AddSegment();
  const uint64_t other = AddSegment();
  Publish("c", "g1", first);
  Publish("c", "g2", second);
  Publish("other", "g3", other);
  AddSegment();
  Reopen();
  EXPECT_THAT(*store_->segments().Segments(), ElementsAre(first, second, other));
}

TEST_F(EvidenceStoreTest, ReclaimsNothingWhenOpenForReading) {
  const uint64_t abandoned = AddSegment();
  Reopen(Access::kReadOnly);
  EXPECT_THAT(*store_->segments().Segments(), ElementsAre(abandoned));
}

TEST_F(EvidenceStoreTest, ReclaimsNothingWhenItCannotTellWhatIsPublished) {
  const uint64_t segment = AddSegment();
  Publish("c", "g1", segment);
  WriteBatch batch;
  batch.Put(Family::kMeta, std::string("manifest\0c\0g1", 13), "\xff\xff");
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  store_.reset();
  EXPECT_THAT(EvidenceStore::Open(path_, Access::kReadWrite), StatusIs(absl::StatusCode::kDataLoss));
  Reopen(Access::kReadOnly);
  EXPECT_THAT(*store_->segments().Segments(), ElementsAre(segment));
}

TEST_F(EvidenceStoreTest, RefusesToReadWhatIsNotThere) {
  EXPECT_THAT(EvidenceStore::Open(TempFolder(), Access::kReadOnly), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(EvidenceStoreTest, RefusesASecondWriter) {
  EXPECT_THAT(EvidenceStore::Open(path_, Access::kReadWrite), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace bedside
