#include "index/vector/faiss_vector_index.h"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "gtest/gtest.h"
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
  return FaissVectorIndex::Open(bytes, VectorIndexConfig()).value()->variant();
}

void ExpectInvalid(const VectorIndexConfig& config, const std::string& field) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, 10, 8);
  const std::string bytes = FaissVectorIndex::Build(vectors, VectorIndexConfig()).value();
  for (const absl::Status& status :
       {FaissVectorIndex::Build(vectors, config).status(), FaissVectorIndex::Open(bytes, config).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_TRUE(absl::StrContains(status.message(), field)) << status;
  }
}

TEST(FaissVectorIndexTest, IsFlatUpToTheLimitAndAGraphAboveIt) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, 100, 8);

  EXPECT_EQ(VariantOf(*FaissVectorIndex::Build(vectors, GraphAbove(100))), "flat");
  EXPECT_EQ(VariantOf(*FaissVectorIndex::Build(vectors, GraphAbove(99))), "hnsw32");
  EXPECT_EQ(VariantOf(*FaissVectorIndex::Build(vectors, GraphAbove(0))), "flat");
}

TEST(FaissVectorIndexTest, TheBytesSayWhatTheyAreWhateverTheConfigurationThatOpensThem) {
  VectorIndexConfig config = GraphAbove(1);
  config.set_hnsw_links(7);
  const std::string bytes = FaissVectorIndex::Build(ClusteredVectors(1, 100, 8), config).value();

  EXPECT_EQ(VariantOf(bytes), "hnsw7");
}

TEST(FaissVectorIndexTest, AFlatIndexOfTheSameVectorsHasTheSameBytes) {
  EXPECT_EQ(*FaissVectorIndex::Build(ClusteredVectors(1, 100, 8), VectorIndexConfig()),
            *FaissVectorIndex::Build(ClusteredVectors(1, 100, 8), VectorIndexConfig()));
}

TEST(FaissVectorIndexTest, AConfigurationOutOfRangeIsInvalidArgumentAndNamesTheField) {
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

TEST(FaissVectorIndexTest, TheEndsOfTheRangesAreValid) {
  for (const auto& [links, beam] : {std::pair<int, int>{4, 16}, {128, 2000}}) {
    VectorIndexConfig config = GraphAbove(1);
    config.set_hnsw_links(links);
    config.set_hnsw_build_beam(beam);
    config.set_hnsw_search_beam(beam);
    const auto bytes = FaissVectorIndex::Build(ClusteredVectors(1, 50, 8), config);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_TRUE(FaissVectorIndex::Open(*bytes, config).ok());
  }
}

TEST(FaissVectorIndexTest, AVectorThatIsNotFiniteIsInvalidArgumentAndNamed) {
  for (float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    EmbeddingMatrix vectors = ClusteredVectors(1, 10, 8);
    vectors.row(6)[3] = value;
    const absl::Status status = FaissVectorIndex::Build(vectors, VectorIndexConfig()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_TRUE(absl::StrContains(status.message(), "vector 6 of 10")) << status;
  }
}

}  // namespace
}  // namespace bedside
