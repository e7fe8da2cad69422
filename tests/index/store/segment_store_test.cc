#include "index/store/segment_store.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

storage::Passage PassageOf(uint32_t begin, uint32_t end) {
  storage::Passage passage;
  passage.set_begin(begin);
  passage.set_end(end);
  return passage;
}

class SegmentStoreTest : public DatabaseFixture {
 protected:
  void SetUp() override {
    DatabaseFixture::SetUp();
    segments_ = std::make_unique<SegmentStore>(database_.get());
  }

  void RemovePassage(uint64_t segment, char ordinal) {
    std::string key(12, '\0');
    key[7] = static_cast<char>(segment);
    key[11] = ordinal;
    WriteBatch batch;
    batch.Delete(Family::kPassages, key);
    Write(batch);
  }

  std::unique_ptr<SegmentStore> segments_;
};

TEST_F(SegmentStoreTest, NeverGivesOutASegmentTwice) {
  const auto first = segments_->NewSegment();
  Reopen();
  const auto second = SegmentStore(database_.get()).NewSegment();
  ASSERT_THAT(second, IsOk());
  EXPECT_LT(*first, *second);
}

TEST_F(SegmentStoreTest, GivesSegmentsThatAreApartToThreadsThatAskAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kEach = 50;
  std::vector<std::vector<uint64_t>> given(kThreads);
  std::vector<std::thread> threads;
  for (std::vector<uint64_t>& mine : given) {
    threads.emplace_back([this, &mine] {
      for (int i = 0; i < kEach; ++i) mine.push_back(*segments_->NewSegment());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<uint64_t> all;
  for (const std::vector<uint64_t>& mine : given) all.insert(mine.begin(), mine.end());
  EXPECT_THAT(all, SizeIs(kThreads * kEach));
}

TEST_F(SegmentStoreTest, RefusesACounterThatIsNoNumber) {
  Put(Family::kMeta, "next_segment", "seven");
  EXPECT_THAT(segments_->NewSegment(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(SegmentStoreTest, GivesBackPassagesInTheOrderAskedFor) {
  ASSERT_THAT(segments_->PutPassages(1, PassageAt(0), {PassageOf(0, 4), PassageOf(4, 9)}), IsOk());
  ASSERT_THAT(segments_->PutPassages(1, PassageAt(2), {PassageOf(9, 12)}), IsOk());
  const auto passages = segments_->GetPassages(1, {PassageAt(2), PassageAt(0)});
  ASSERT_THAT(passages, IsOk());
  EXPECT_EQ((*passages)[0].begin(), 9u);
  EXPECT_EQ((*passages)[1].begin(), 0u);
  EXPECT_THAT(*segments_->GetPassages(1, {}), IsEmpty());
}

TEST_F(SegmentStoreTest, SaysWhichPassageIsMissingOrCorrupt) {
  ASSERT_THAT(segments_->PutPassages(1, PassageAt(0), {PassageOf(0, 4)}), IsOk());
  EXPECT_THAT(segments_->GetPassages(1, {PassageAt(0), PassageAt(1)}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("passage 1 of segment 1")));
  EXPECT_THAT(segments_->GetPassages(2, {PassageAt(0)}), StatusIs(absl::StatusCode::kDataLoss));
  Put(Family::kPassages, std::string("\0\0\0\0\0\0\0\1\0\0\0\0", 12), "\xff\xff");
  EXPECT_THAT(segments_->GetPassages(1, {PassageAt(0)}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("passage 0 of segment 1")));
}

TEST_F(SegmentStoreTest, FindsAPassageByItsSpanAmongThoseOfItsDocument) {
  ASSERT_THAT(
      segments_->PutPassages(1, PassageAt(0), {PassageOf(0, 4), PassageOf(0, 4), PassageOf(4, 9), PassageOf(9, 12)}),
      IsOk());
  EXPECT_THAT(*segments_->FindPassage(1, PassageAt(1), 2, {0, 4}), Optional(PassageAt(1)));
  EXPECT_THAT(*segments_->FindPassage(1, PassageAt(1), 2, {4, 9}), Optional(PassageAt(2)));
  EXPECT_EQ(*segments_->FindPassage(1, PassageAt(1), 2, {9, 12}), absl::nullopt) << "it is of the next document";
  EXPECT_EQ(*segments_->FindPassage(1, PassageAt(1), 2, {4, 8}), absl::nullopt);
  EXPECT_EQ(*segments_->FindPassage(1, PassageAt(1), 0, {0, 4}), absl::nullopt);
}

TEST_F(SegmentStoreTest, DoesNotTakeTheNextPassageForOneThatIsMissing) {
  ASSERT_THAT(segments_->PutPassages(1, PassageAt(0), {PassageOf(0, 4), PassageOf(4, 9), PassageOf(9, 12)}), IsOk());
  RemovePassage(1, 1);
  EXPECT_THAT(segments_->FindPassage(1, PassageAt(0), 3, {9, 12}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("passage 1 of segment 1")));
  RemovePassage(1, 2);
  EXPECT_THAT(segments_->FindPassage(1, PassageAt(0), 3, {9, 12}), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(SegmentStoreTest, CutsAnIndexIntoPiecesAndJoinsThem) {
  std::string bytes(9 << 20, 'x');
  bytes[5 << 20] = 'y';
  const auto pieces = segments_->PutPieces(1, "lexical", 7, bytes);
  ASSERT_THAT(pieces, IsOk());
  EXPECT_EQ(pieces->name(), "lexical");
  EXPECT_EQ(pieces->first_piece(), 7u);
  EXPECT_EQ(pieces->size_bytes(), bytes.size());
  EXPECT_THAT(pieces->sha256(), SizeIs(3));
  EXPECT_EQ(*segments_->GetPieces(1, *pieces), bytes);
}

TEST_F(SegmentStoreTest, KeepsAnEmptyIndex) {
  const auto pieces = segments_->PutPieces(1, "lexical", 0, "");
  ASSERT_THAT(pieces, IsOk());
  EXPECT_THAT(pieces->sha256(), IsEmpty());
  EXPECT_EQ(*segments_->GetPieces(1, *pieces), "");
}

TEST_F(SegmentStoreTest, NoticesAPieceThatWasChangedOrIsMissing) {
  storage::PieceSet pieces = *segments_->PutPieces(1, "lexical", 0, "bytes");
  EXPECT_THAT(segments_->GetPieces(2, pieces),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("piece 0 of index lexical in segment 2 is missing")));
  ASSERT_THAT(segments_->PutPieces(1, "lexical", 0, "other"), IsOk());
  EXPECT_THAT(segments_->GetPieces(1, pieces), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("wrong SHA-256")));
}

TEST_F(SegmentStoreTest, NoticesAManifestThatForgotAPiece) {
  storage::PieceSet pieces = *segments_->PutPieces(1, "lexical", 0, std::string(5 << 20, 'x'));
  pieces.mutable_sha256()->RemoveLast();
  EXPECT_THAT(segments_->GetPieces(1, pieces), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("bytes, wanted")));
}

TEST_F(SegmentStoreTest, BelievesNoSizeThatItsPiecesCannotHave) {
  storage::PieceSet pieces = *segments_->PutPieces(1, "lexical", 0, "bytes");
  pieces.set_size_bytes(~uint64_t{0});
  EXPECT_THAT(segments_->GetPieces(1, pieces), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(SegmentStoreTest, FindsTheIndexOfANameOrSaysThatThereIsNone) {
  storage::SegmentManifest segment;
  segment.set_segment(1);
  *segment.add_indexes() = *segments_->PutPieces(1, "lexical", 0, "bytes");
  EXPECT_EQ(*segments_->GetIndex(segment, "lexical"), "bytes");
  EXPECT_THAT(segments_->GetIndex(segment, "vector"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("vector")));
}

TEST_F(SegmentStoreTest, ListsAndRemovesWholeSegments) {
  ASSERT_THAT(segments_->PutPassages(3, PassageAt(0), {PassageOf(0, 1), PassageOf(1, 2)}), IsOk());
  ASSERT_THAT(segments_->PutPieces(3, "lexical", 0, "bytes"), IsOk());
  ASSERT_THAT(segments_->PutPieces(1, "lexical", 0, "bytes"), IsOk());
  ASSERT_THAT(segments_->PutPassages(258, PassageAt(0), {PassageOf(0, 1)}), IsOk());
  EXPECT_THAT(*segments_->Segments(), ElementsAre(1, 3, 258));
  WriteBatch batch;
  SegmentStore::Delete(3, &batch);
  Write(batch);
  EXPECT_THAT(*segments_->Segments(), ElementsAre(1, 258));
}

TEST_F(SegmentStoreTest, HoldsASegmentAsLongAsAnybodyDoes) {
  SegmentHold one = segments_->Hold(1);
  SegmentHold other = segments_->Hold(1);
  EXPECT_TRUE(segments_->IsHeld(1));
  EXPECT_FALSE(segments_->IsHeld(2));
  one.reset();
  EXPECT_TRUE(segments_->IsHeld(1));
  other.reset();
  EXPECT_FALSE(segments_->IsHeld(1));
  const SegmentHold again = segments_->Hold(1);
  EXPECT_TRUE(segments_->IsHeld(1));
}

}  // namespace
}  // namespace bedside
