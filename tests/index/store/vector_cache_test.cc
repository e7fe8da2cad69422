#include "index/store/vector_cache.h"

#include <gmock/gmock.h>

#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class VectorCacheTest : public DatabaseFixture {
 protected:
  VectorCache Cache(const std::string& embedder, size_t dimension) {
    return VectorCache(database_.get(), embedder, dimension);
  }

  void Remember(const VectorCache& cache, const std::string& text, const std::vector<float>& vector) {
    WriteBatch batch;
    cache.Put(cache.KeyOf(text), vector, &batch);
    Write(batch);
  }
};

TEST_F(VectorCacheTest, GivesBackVectorsInHalfPrecisionInTheOrderOfTheKeys) {
  const std::vector<float> vector = {0.1f, -0.70710678f, 1.0f};
  Remember(Cache("model", 3), "text", vector);
  Remember(Cache("model", 3), "other", {0, 0, 1});
  Reopen(Database::Access::kReadOnly);
  const VectorCache cache = Cache("model", 3);
  const auto found = cache.Get({cache.KeyOf("other"), cache.KeyOf("unknown"), cache.KeyOf("text")});
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT((*found)[0], ElementsAre(0, 0, 1));
  EXPECT_THAT((*found)[1], IsEmpty());
  EXPECT_EQ((*found)[2], VectorCache::Rounded(vector));
  for (size_t i = 0; i < vector.size(); ++i) EXPECT_NEAR((*found)[2][i], vector[i], 5e-4);
}

TEST_F(VectorCacheTest, RoundsWhatIsRoundedToItself) {
  const std::vector<float> once = VectorCache::Rounded(std::vector<float>{0.333f, -0.001f, 65504, 6e-8f});
  EXPECT_EQ(VectorCache::Rounded(once), once);
}

TEST_F(VectorCacheTest, AsksForNothingWithoutKeys) { EXPECT_THAT(*Cache("model", 3).Get({}), IsEmpty()); }

TEST_F(VectorCacheTest, KeepsVectorsOfTwoModelsApart) {
  Remember(Cache("one", 2), "text", {1, 0});
  const VectorCache other = Cache("other", 2);
  EXPECT_THAT((*other.Get({other.KeyOf("text")}))[0], IsEmpty());
}

// The id and the text must not run into each other.
TEST_F(VectorCacheTest, KnowsWhereTheModelEndsAndTheTextBegins) {
  EXPECT_NE(Cache("model", 2).KeyOf("a text"), Cache("modela", 2).KeyOf(" text"));
  EXPECT_THAT(Cache("model", 2).KeyOf("text"), SizeIs(32));
}

TEST_F(VectorCacheTest, RefusesAVectorOfAnotherDimension) {
  Remember(Cache("model", 2), "text", {1, 0});
  const VectorCache three = Cache("model", 3);
  EXPECT_THAT(three.Get({three.KeyOf("text")}), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("4 bytes, wanted 6")));
}

TEST_F(VectorCacheTest, RefusesBytesThatAreNoWholeNumberOfValues) {
  const VectorCache cache = Cache("model", 2);
  Put(Family::kVectors, cache.KeyOf("text"), "12345");
  EXPECT_THAT(cache.Get({cache.KeyOf("text")}), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bedside
