#include "index/vector/vector_index_builder.h"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "index/vector/stored_vector_index.h"
#include "tests/index/vector/built_index.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {
namespace {

using config::VectorIndexConfig;

VectorIndexConfig GraphAbove(uint64_t flat_limit) {
  VectorIndexConfig config;
  config.set_flat_limit(flat_limit);
  return config;
}

std::string VariantOf(const std::string& bytes) {
  return StoredVectorIndex::Open(bytes, VectorIndexConfig()).value()->variant();
}

void ExpectInvalid(const VectorIndexConfig& config, const std::string& field) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, 10, 8);
  const std::string bytes = BuiltIndex(vectors, VectorIndexConfig()).value();
  for (const absl::Status& status :
       {BuiltIndex(vectors, config).status(), StoredVectorIndex::Open(bytes, config).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_TRUE(absl::StrContains(status.message(), field)) << status;
  }
}

TEST(VectorIndexBuilderTest, IsFlatUpToTheLimitAndAGraphAboveIt) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, 100, 8);

  EXPECT_EQ(VariantOf(*BuiltIndex(vectors, GraphAbove(100))), "flat");
  EXPECT_EQ(VariantOf(*BuiltIndex(vectors, GraphAbove(99))), "hnsw16-sq8");
  EXPECT_EQ(VariantOf(*BuiltIndex(vectors, GraphAbove(0))), "flat");
}

TEST(VectorIndexBuilderTest, TheBytesSayWhatTheyAreWhateverTheConfigurationThatOpensThem) {
  VectorIndexConfig config = GraphAbove(1);
  config.set_hnsw_links(7);
  const std::string bytes = BuiltIndex(ClusteredVectors(1, 100, 8), config).value();

  EXPECT_EQ(VariantOf(bytes), "hnsw7-sq8");
}

TEST(VectorIndexBuilderTest, AFlatIndexOfTheSameVectorsHasTheSameBytes) {
  EXPECT_EQ(*BuiltIndex(ClusteredVectors(1, 100, 8), VectorIndexConfig()),
            *BuiltIndex(ClusteredVectors(1, 100, 8), VectorIndexConfig()));
}

TEST(VectorIndexBuilderTest, AConfigurationOutOfRangeIsInvalidArgumentAndNamesTheField) {
  for (uint32_t links : {1, 3, 129}) {
    VectorIndexConfig config;
    config.set_hnsw_links(links);
    ExpectInvalid(config, "hnsw_links");
  }
  for (uint32_t beam : {1U, 15U, 2001U, std::numeric_limits<uint32_t>::max()}) {
    VectorIndexConfig building;
    building.set_hnsw_build_beam(beam);
    ExpectInvalid(building, "hnsw_build_beam");
    VectorIndexConfig searching;
    searching.set_hnsw_search_beam(beam);
    ExpectInvalid(searching, "hnsw_search_beam");
  }
}

TEST(VectorIndexBuilderTest, TheEndsOfTheRangesAreValid) {
  for (const auto& [links, beam] : {std::pair<int, int>{4, 16}, {128, 2000}}) {
    VectorIndexConfig config = GraphAbove(1);
    config.set_hnsw_links(links);
    config.set_hnsw_build_beam(beam);
    config.set_hnsw_search_beam(beam);
    const auto bytes = BuiltIndex(ClusteredVectors(1, 50, 8), config);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_TRUE(StoredVectorIndex::Open(*bytes, config).ok());
  }
}

TEST(VectorIndexBuilderTest, AVectorThatIsNotFiniteIsInvalidArgumentAndNamed) {
  for (float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    EmbeddingMatrix vectors = ClusteredVectors(1, 10, 8);
    vectors.row(6)[3] = value;
    const absl::Status status = BuiltIndex(vectors, VectorIndexConfig()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_TRUE(absl::StrContains(status.message(), "vector 6 has no finite length")) << status;
  }
}

TEST(VectorIndexBuilderTest, AVectorThatIsRefusedLeavesNoTrace) {
  VectorIndexBuilder builder(8, VectorIndexConfig());
  EXPECT_TRUE(builder.Add(std::vector<float>(8, 1.0F)).ok());
  for (size_t dimension : {0, 7, 9}) {
    const absl::Status status = builder.Add(std::vector<float>(dimension, 1.0F));
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_TRUE(absl::StrContains(status.message(), "vector 1 has")) << status;
  }
  EXPECT_EQ(builder.Add(std::vector<float>(8, std::numeric_limits<float>::max())).code(),
            absl::StatusCode::kInvalidArgument);

  EXPECT_EQ(StoredVectorIndex::Open(*builder.Finish(), VectorIndexConfig()).value()->passages(), 1U);
}

// The centre is then the mean of the first only.
TEST(VectorIndexBuilderTest, RowsThatComeAfterTheFirstFourThousandAreFoundToo) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, 5000, 24);
  const auto index = StoredVectorIndex::Open(*BuiltIndex(vectors, GraphAbove(4500)), VectorIndexConfig()).value();

  ASSERT_EQ(index->variant(), "hnsw16-sq8");
  for (size_t row : {0, 4095, 4096, 4499, 4500, 4999}) {
    const auto found = index->Search(vectors.row(row), PassageBitmap(5000, true), 1);
    EXPECT_EQ((*found)[0].passage, PassageAt(row));
    EXPECT_NEAR((*found)[0].score, 1, 0.005);
  }
}

}  // namespace
}  // namespace bedside
