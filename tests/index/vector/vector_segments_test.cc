#include "index/vector/vector_segments.h"

#include <gmock/gmock.h>

#include <memory>
#include <vector>

#include "index/vector/stored_vector_index.h"
#include "index/vector/vector_index_builder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr size_t kDimension = 32;

std::unique_ptr<StoredVectorIndex> IndexOf(const EmbeddingMatrix& vectors, size_t begin, size_t end,
                                           const config::VectorIndexConfig& config) {
  VectorIndexBuilder builder(kDimension, config);
  for (size_t i = begin; i < end; ++i) EXPECT_THAT(builder.Add(vectors.row(i)), IsOk());
  return *StoredVectorIndex::Open(*builder.Finish(), config);
}

// 300 vectors in one index, and the same in three, of which the second is empty.
class VectorSegmentsTest : public ::testing::Test {
 protected:
  VectorSegments Segments() const { return VectorSegments({parts_[0].get(), parts_[1].get(), parts_[2].get()}); }

  const config::VectorIndexConfig config_;
  const EmbeddingMatrix vectors_ = ClusteredVectors(3, 300, kDimension);
  const std::unique_ptr<StoredVectorIndex> whole_ = IndexOf(vectors_, 0, 300, config_);
  const std::unique_ptr<StoredVectorIndex> parts_[3] = {
      IndexOf(vectors_, 0, 200, config_), IndexOf(vectors_, 200, 200, config_), IndexOf(vectors_, 200, 300, config_)};
  const std::vector<PassageBitmap> all_ = {PassageBitmap(200, true), PassageBitmap(0, true), PassageBitmap(100, true)};
};

TEST_F(VectorSegmentsTest, FindWhatOneIndexFinds) {
  const EmbeddingMatrix questions = ClusteredVectors(4, 20, kDimension);
  for (size_t i = 0; i < 20; ++i) {
    const auto expected = whole_->Search(questions.row(i), PassageBitmap(300, true), 15);
    const auto found = Segments().Search(questions.row(i), all_, 15);
    ASSERT_THAT(found, IsOk());
    ASSERT_THAT(*found, SizeIs(15));
    for (size_t k = 0; k < 15; ++k) {
      EXPECT_EQ((*found)[k].passage, (*expected)[k].passage);
      EXPECT_FLOAT_EQ((*found)[k].score, (*expected)[k].score);
    }
  }
}

TEST_F(VectorSegmentsTest, ReadTheVectorOfAPassage) {
  for (size_t i : {size_t{0}, size_t{199}, size_t{200}, size_t{299}}) {
    std::vector<float> read(kDimension);
    Segments().Read(PassageAt(i), read.data());
    EXPECT_THAT(read, ::testing::ElementsAreArray(vectors_.row(i)));
  }
}

TEST_F(VectorSegmentsTest, SearchAsDeepAsAllTogether) {
  EXPECT_EQ(Segments().search_depth(), 300u) << "flat ones give all that they have";
  EXPECT_THAT(*Segments().Search(vectors_.row(0), all_, Segments().search_depth()), SizeIs(300));
  EXPECT_EQ(Segments().dimension(), kDimension);
  EXPECT_EQ(Segments().passages(), 300u);
  config::VectorIndexConfig graph;
  graph.set_flat_limit(10);
  const auto large = IndexOf(vectors_, 0, 280, graph);
  const auto small = IndexOf(vectors_, 280, 285, graph);
  const VectorSegments mixed({small.get(), large.get()});
  EXPECT_EQ(mixed.search_depth(), large->search_depth() + 5);
  const std::vector<PassageBitmap> all = {PassageBitmap(5, true), PassageBitmap(280, true)};
  const auto found = mixed.Search(vectors_.row(282), all, 3);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ((*found)[0].passage, PassageAt(2)) << "the small ones are first here";
}

TEST_F(VectorSegmentsTest, RefuseWhatOneIndexRefuses) {
  EXPECT_THAT(Segments().Search(std::vector<float>(kDimension + 1, 1), all_, 5),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const auto empty = IndexOf(vectors_, 0, 0, config_);
  EXPECT_THAT(*VectorSegments({empty.get()}).Search(std::vector<float>(kDimension, 1), {PassageBitmap(0, true)}, 5),
              IsEmpty());
}

}  // namespace
}  // namespace bedside
