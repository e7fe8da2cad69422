// Bytes that are not those of an index, or no longer. Best run with AddressSanitizer, which sees a read outside.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/vector/stored_vector_index.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/vector/built_index.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {
namespace {

using config::VectorIndexConfig;
using ::testing::HasSubstr;

constexpr size_t kRows = 400;
constexpr size_t kDimension = 6;

// docs/formats/vector-index.md.
constexpr size_t kVersionAt = 8, kDimensionAt = 12, kRowsAt = 16, kLinksAt = 24, kLevelsAt = 28, kEntryAt = 32,
                 kUnusedAt = 36, kHeaderBytes = 40;
constexpr size_t kCodedRowBytes = 4 + 16;

struct Variant {
  std::string name;
  uint64_t flat_limit;
};
const Variant kFlat = {"flat", 1000}, kGraph = {"hnsw4_sq8", 1};

std::string BytesOf(const Variant& variant) {
  VectorIndexConfig config;
  config.set_flat_limit(variant.flat_limit);
  config.set_hnsw_links(4);
  return BuiltIndex(ClusteredVectors(1, kRows, kDimension), config).value();
}

class VectorIndexDamageTest : public testing::TestWithParam<Variant> {
 protected:
  std::string Bytes() const { return BytesOf(GetParam()); }
};

template <typename T>
std::string With(std::string bytes, size_t offset, T value) {
  bytes.replace(offset, sizeof(value), reinterpret_cast<const char*>(&value), sizeof(value));
  return bytes;
}

void ExpectDamaged(const std::string& bytes, const std::string& part_of_message) {
  EXPECT_THAT(StoredVectorIndex::Open(bytes, VectorIndexConfig()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(part_of_message)));
}

// Narrow, so that a graph is searched along its links.
VectorIndexConfig Narrow() {
  VectorIndexConfig config;
  config.set_hnsw_search_beam(16);
  return config;
}

void SearchEverywhere(const VectorIndex& index) {
  const PassageBitmap all(index.passages(), true);
  for (size_t k : {size_t{1}, size_t{10}, index.passages()}) {
    const auto found = index.Search(std::vector<float>(index.dimension(), 0.5F), all, k);
    ASSERT_THAT(found, IsOk());
    ASSERT_EQ(found->size(), std::min(k, index.passages()));
    for (const ScoredPassage& passage : *found) ASSERT_LT(IndexOf(passage.passage), index.passages());
  }
}

TEST_P(VectorIndexDamageTest, TheUndamagedBytesOpenAndAreSearched) {
  const auto index = StoredVectorIndex::Open(Bytes(), Narrow());
  ASSERT_THAT(index, IsOk());
  EXPECT_EQ((*index)->variant(), GetParam().name == "flat" ? "flat" : "hnsw4-sq8");
  SearchEverywhere(**index);
}

TEST_P(VectorIndexDamageTest, EveryTruncationIsDataLoss) {
  const std::string bytes = Bytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_THAT(StoredVectorIndex::Open(bytes.substr(0, size), VectorIndexConfig()),
                StatusIs(absl::StatusCode::kDataLoss))
        << size << " of " << bytes.size();
  }
}

TEST_P(VectorIndexDamageTest, BytesAfterTheEndAreDataLoss) { ExpectDamaged(Bytes() + "x", "after its end"); }

TEST_P(VectorIndexDamageTest, ACountBeyondTheBytesIsDataLossAndTakesNoMemory) {
  for (uint64_t count : {uint64_t{401}, (uint64_t{1} << 31) - 1}) {
    ExpectDamaged(With(Bytes(), kRowsAt, count), "cut short");
  }
  for (uint64_t count : {uint64_t{1} << 31, uint64_t{1} << 33, uint64_t{1} << 62, ~uint64_t{0}}) {
    ExpectDamaged(With(Bytes(), kRowsAt, count), "header");
  }
}

TEST_P(VectorIndexDamageTest, AHeaderThatIsNeverWrittenIsDataLoss) {
  ExpectDamaged(With<uint32_t>(Bytes(), kDimensionAt, 0), "header");
  ExpectDamaged(With<uint32_t>(Bytes(), kDimensionAt, 65537), "header");
  ExpectDamaged(With<uint32_t>(Bytes(), kLinksAt, 129), "header");
  ExpectDamaged(With<uint32_t>(Bytes(), kUnusedAt, 1), "header");
}

TEST_P(VectorIndexDamageTest, AnotherFormatVersionIsFailedPreconditionAndSaysWhatToDo) {
  for (uint32_t version : {0, 2}) {
    EXPECT_THAT(StoredVectorIndex::Open(With(Bytes(), kVersionAt, version), VectorIndexConfig()),
                StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("reindex")));
  }
}

// Damage that these checks cannot see may change a score, but never where a search reads.
TEST_P(VectorIndexDamageTest, RandomDamageIsRefusedOrSearchedInsideTheBytes) {
  const std::string bytes = Bytes();
  std::mt19937 random(3);
  size_t refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string damaged = bytes;
    // Half of the damage to the header and the first counts, where it has most to break.
    const size_t range = round % 2 == 0 ? 200 : bytes.size();
    for (size_t flips = 1 + random() % 3; flips > 0; --flips) damaged[random() % range] ^= 1 << (random() % 8);
    if (random() % 10 == 0) damaged.resize(random() % damaged.size());
    const auto index = StoredVectorIndex::Open(damaged, Narrow());
    if (index.ok()) {
      ASSERT_NO_FATAL_FAILURE(SearchEverywhere(**index)) << "round " << round;
    } else {
      const bool is_version = damaged.size() >= kHeaderBytes &&
                              damaged.substr(0, kVersionAt) == bytes.substr(0, kVersionAt) &&
                              damaged.substr(kVersionAt, 4) != bytes.substr(kVersionAt, 4);
      ASSERT_EQ(index.status().code(), is_version ? absl::StatusCode::kFailedPrecondition : absl::StatusCode::kDataLoss)
          << "round " << round << ": " << index.status();
      ++refused;
    }
  }
  EXPECT_GT(refused, 400U);
  EXPECT_LT(refused, 4000U);
}

INSTANTIATE_TEST_SUITE_P(Variants, VectorIndexDamageTest, testing::Values(kFlat, kGraph),
                         [](const auto& test) { return test.param.name; });

TEST(VectorIndexBytesTest, OtherBytesAreDataLoss) {
  for (const std::string& other : {std::string(), std::string("IxF"), std::string(400, 'x'), std::string(1000, '\0')}) {
    ExpectDamaged(other, "do not begin");
  }
}

TEST(VectorIndexBytesTest, AValueThatIsNotFiniteIsDataLossAndNamed) {
  for (float value : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    const size_t of_row_7 = kHeaderBytes + (7 * kDimension + 2) * sizeof(float);
    ExpectDamaged(With(BytesOf(kFlat), of_row_7, value), "vector 7 of 400");
    const size_t centre = kHeaderBytes + 2 * sizeof(float);
    ExpectDamaged(With(BytesOf(kGraph), centre, value), "centre");
  }
}

TEST(VectorIndexBytesTest, AScaleThatIsNoMagnitudeIsDataLossAndNamed) {
  const size_t of_row_7 = kHeaderBytes + kDimension * sizeof(float) + 7 * kCodedRowBytes;
  for (float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -0.1F,
                      std::numeric_limits<float>::max()}) {
    ExpectDamaged(With(BytesOf(kGraph), of_row_7, value), "vector 7 of 400");
  }
}

TEST(VectorIndexBytesTest, AFlatIndexWithPartsOfAGraphIsDataLoss) {
  ExpectDamaged(With<uint32_t>(BytesOf(kFlat), kLevelsAt, 1), "header");
  ExpectDamaged(With<uint32_t>(BytesOf(kFlat), kEntryAt, 1), "header");
  ExpectDamaged(With<uint32_t>(BytesOf(kGraph), kLevelsAt, 0), "header");
}

// Where the parts of a graph of four links begin.
struct GraphParts {
  explicit GraphParts(const std::string& bytes) : links(kHeaderBytes + kDimension * 4 + kRows * kCodedRowBytes) {
    level_1 = links + kRows * 8 * 4;
    std::memcpy(&rows_of_level_1, &bytes[level_1], sizeof(rows_of_level_1));
    rows_1 = level_1 + 4;
    links_1 = rows_1 + 4 * rows_of_level_1;
  }

  size_t links, level_1, rows_1, links_1;
  uint32_t rows_of_level_1;
};

uint32_t NumberAt(const std::string& bytes, size_t at) {
  uint32_t value;
  std::memcpy(&value, &bytes[at], sizeof(value));
  return value;
}

TEST(VectorIndexBytesTest, AGraphThatLeadsOutOfItsVectorsIsDataLoss) {
  const std::string bytes = BytesOf(kGraph);
  const GraphParts parts(bytes);
  const std::pair<size_t, uint32_t> damages[] = {
      {parts.links, kRows},        {parts.links, 0xfffffffe}, {parts.links, 0x7fffffff}, {parts.links_1, kRows},
      {parts.links_1, 0xfffffffe}, {kEntryAt, kRows},         {kEntryAt, 0xffffffff},    {parts.rows_1, kRows},
      {parts.rows_1, 0xffffffff},  {parts.rows_1 + 4, 0},
  };
  for (const auto& [offset, value] : damages) {
    SCOPED_TRACE(testing::Message() << value << " at " << offset);
    ExpectDamaged(With(bytes, offset, value), "leads out of its vectors");
  }
}

// The bytes of a graph without its links.
std::string WithoutLinks(std::string bytes) {
  const GraphParts parts(bytes);
  std::fill(bytes.begin() + parts.links, bytes.begin() + parts.level_1, '\xff');
  for (size_t at = parts.level_1; at < bytes.size();) {
    const size_t rows = NumberAt(bytes, at);
    const size_t links = at + 4 + 4 * rows;
    at = links + 4 * NumberAt(bytes, kLinksAt) * rows;
    std::fill(bytes.begin() + links, bytes.begin() + at, '\xff');
  }
  return bytes;
}

TEST(VectorIndexBytesTest, PassagesThatNoLinkLeadsToAreFound) {
  const std::string bytes = BytesOf(kGraph);
  const auto linked = StoredVectorIndex::Open(bytes, Narrow());
  const auto unlinked = StoredVectorIndex::Open(WithoutLinks(bytes), Narrow());
  ASSERT_THAT(linked, IsOk());
  ASSERT_THAT(unlinked, IsOk());
  const std::vector<float> question(kDimension, 0.5F);
  const PassageBitmap all(kRows, true);

  // All are asked for, so that all are scored.
  const std::vector<ScoredPassage> ranking = *(*linked)->Search(question, all, kRows);
  const std::vector<ScoredPassage> found = *(*unlinked)->Search(question, all, 10);

  ASSERT_EQ(found.size(), 10U);
  for (size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].passage, ranking[i].passage) << i;
}

TEST(VectorIndexBytesTest, ACountOfALevelThatIsWrongIsDataLoss) {
  const std::string bytes = BytesOf(kGraph);
  for (uint32_t count : {0U, 1U, 1U << 30, ~0U}) {
    EXPECT_THAT(StoredVectorIndex::Open(With(bytes, GraphParts(bytes).level_1, count), VectorIndexConfig()),
                StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST(VectorIndexBytesTest, ALinkToANodeThatIsNotOnItsLevelIsDataLoss) {
  const std::string bytes = BytesOf(kGraph);
  const GraphParts parts(bytes);
  uint32_t low = 0;
  while (NumberAt(bytes, parts.rows_1 + 4 * low) == low) ++low;

  ExpectDamaged(With(bytes, parts.links_1, low), "leads out of its vectors");
}

TEST(VectorIndexBytesTest, AnEntryThatIsNotOnTheHighestLevelIsDataLoss) {
  const std::string bytes = BytesOf(kGraph);
  const GraphParts parts(bytes);
  uint32_t low = 0;
  while (NumberAt(bytes, parts.rows_1 + 4 * low) == low) ++low;

  ExpectDamaged(With(bytes, kEntryAt, low), "leads out of its vectors");
}

}  // namespace
}  // namespace bedside
