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
#include "index/vector/faiss_vector_index.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {
namespace {

using config::VectorIndexConfig;
using ::testing::HasSubstr;

constexpr size_t kRows = 150;
constexpr size_t kDimension = 6;

// In FAISS's bytes: the kind, the dimension, the count, two unused numbers, a flag, the metric.
constexpr size_t kCountAt = 4 + 4;
constexpr size_t kMetricAt = kCountAt + 3 * 8 + 1;
constexpr size_t kHeaderBytes = kMetricAt + 4;
constexpr size_t kFlatValuesAt = kHeaderBytes + 8;

struct Variant {
  std::string name;
  uint64_t flat_limit;
};
const Variant kFlat = {"flat", 1000}, kGraph = {"hnsw4", 1};

std::string BytesOf(const Variant& variant) {
  VectorIndexConfig config;
  config.set_flat_limit(variant.flat_limit);
  config.set_hnsw_links(4);
  return FaissVectorIndex::Build(ClusteredVectors(1, kRows, kDimension), config).value();
}

class FaissVectorIndexDamageTest : public testing::TestWithParam<Variant> {
 protected:
  std::string Bytes() const { return BytesOf(GetParam()); }
};

template <typename T>
std::string With(std::string bytes, size_t offset, T value) {
  bytes.replace(offset, sizeof(value), reinterpret_cast<const char*>(&value), sizeof(value));
  return bytes;
}

void ExpectDamaged(const std::string& bytes, const std::string& part_of_message) {
  EXPECT_THAT(FaissVectorIndex::Open(bytes, VectorIndexConfig()),
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

TEST_P(FaissVectorIndexDamageTest, TheUndamagedBytesOpenAndAreSearched) {
  const auto index = FaissVectorIndex::Open(Bytes(), Narrow());
  ASSERT_THAT(index, IsOk());
  EXPECT_EQ((*index)->variant(), GetParam().name);
  SearchEverywhere(**index);
}

TEST_P(FaissVectorIndexDamageTest, EveryTruncationIsDataLoss) {
  const std::string bytes = Bytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_THAT(FaissVectorIndex::Open(bytes.substr(0, size), VectorIndexConfig()),
                StatusIs(absl::StatusCode::kDataLoss))
        << size << " of " << bytes.size();
  }
}

TEST_P(FaissVectorIndexDamageTest, BytesAfterTheEndAreDataLoss) { ExpectDamaged(Bytes() + "x", "after its end"); }

TEST_P(FaissVectorIndexDamageTest, ACountBeyondTheBytesIsDataLossAndTakesNoMemory) {
  for (uint64_t count : {uint64_t{1} << 33, uint64_t{1} << 39, uint64_t{1} << 62, ~uint64_t{0}}) {
    ExpectDamaged(With(Bytes(), kCountAt, count), "read error");
    ExpectDamaged(With(Bytes(), kHeaderBytes, count), "read error");
  }
}

// Damage that these checks cannot see may change a score, but never where a search reads.
TEST_P(FaissVectorIndexDamageTest, RandomDamageIsRefusedOrSearchedInsideTheBytes) {
  const std::string bytes = Bytes();
  std::mt19937 random(3);
  size_t refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string damaged = bytes;
    // Half of the damage to the header and the first counts, where it has most to break.
    const size_t range = round % 2 == 0 ? 200 : bytes.size();
    for (size_t flips = 1 + random() % 3; flips > 0; --flips) damaged[random() % range] ^= 1 << (random() % 8);
    if (random() % 10 == 0) damaged.resize(random() % damaged.size());
    const auto index = FaissVectorIndex::Open(damaged, Narrow());
    if (index.ok()) {
      ASSERT_NO_FATAL_FAILURE(SearchEverywhere(**index)) << "round " << round;
    } else {
      ASSERT_THAT(index, StatusIs(absl::StatusCode::kDataLoss)) << "round " << round;
      ++refused;
    }
  }
  EXPECT_GT(refused, 400U);
  EXPECT_LT(refused, 4000U);
}

INSTANTIATE_TEST_SUITE_P(Faiss, FaissVectorIndexDamageTest, testing::Values(kFlat, kGraph),
                         [](const auto& test) { return test.param.name; });

TEST(FaissVectorIndexBytesTest, OtherBytesAreDataLoss) {
  for (const std::string& other : {std::string(), std::string("IxF"), std::string(400, 'x'), std::string(1000, '\0')}) {
    ExpectDamaged(other, "do not begin");
  }
}

TEST(FaissVectorIndexBytesTest, AKindThatFaissKnowsAndWeDoNotIsDataLoss) {
  std::string by_distance = BytesOf(kFlat);
  by_distance.replace(0, 4, "IxF2");
  ExpectDamaged(by_distance, "do not begin");
}

TEST(FaissVectorIndexBytesTest, AnotherMetricIsDataLoss) {
  ExpectDamaged(With<uint32_t>(BytesOf(kFlat), kMetricAt, 1), "inner product");
}

TEST(FaissVectorIndexBytesTest, AValueThatIsNotFiniteIsDataLossAndNamed) {
  for (float value : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    const size_t of_row_7 = kFlatValuesAt + (7 * kDimension + 2) * sizeof(float);
    ExpectDamaged(With(BytesOf(kFlat), of_row_7, value), "vector 7 of 150");
  }
}

// Where the parts of a graph begin: each is a count of eight bytes and as many values.
struct GraphParts {
  explicit GraphParts(const std::string& bytes) {
    size_t next = kHeaderBytes;
    const auto skip = [&](size_t value_bytes) {
      uint64_t count;
      std::memcpy(&count, &bytes[next], sizeof(count));
      const size_t begin = next + sizeof(count);
      next = begin + count * value_bytes;
      return begin;
    };
    skip(sizeof(double));
    room = skip(sizeof(int32_t));
    levels = skip(sizeof(int32_t));
    offsets = skip(sizeof(uint64_t));
    links = skip(sizeof(int32_t));
    entry_point = next;
    top_level = entry_point + 4;
    upper_beam = top_level + 3 * 4;
  }

  size_t room, levels, offsets, links, entry_point, top_level, upper_beam;
};

TEST(FaissVectorIndexBytesTest, AGraphThatLeadsOutOfItsVectorsIsDataLoss) {
  const std::string bytes = BytesOf(kGraph);
  const GraphParts parts(bytes);
  const int32_t rows = kRows;
  const std::pair<size_t, int32_t> damages[] = {
      {parts.room, 1},
      {parts.room + 4, -1},
      {parts.room + 4, 1 << 30},
      {parts.levels, 0},
      {parts.levels, -1},
      {parts.levels, 100},
      {parts.offsets, 1},
      {parts.offsets + 8, 1 << 30},
      {parts.links, rows},
      {parts.links, -2},
      {parts.links, std::numeric_limits<int32_t>::max()},
      {parts.entry_point, rows},
      {parts.entry_point, -1},
      {parts.top_level, -1},
      {parts.top_level, 100},
      {parts.upper_beam, 0},
      {parts.upper_beam, 1 << 30},
  };
  for (const auto& [offset, value] : damages) {
    SCOPED_TRACE(testing::Message() << value << " at " << offset);
    ExpectDamaged(With(bytes, offset, value), "leads out of its vectors");
  }
}

// A node of the lowest level only has no room for links of the levels above.
TEST(FaissVectorIndexBytesTest, ALinkToANodeThatIsNotOnItsLevelIsDataLoss) {
  const std::string bytes = BytesOf(kGraph);
  const GraphParts parts(bytes);
  const auto number = [&](size_t at) {
    int32_t value;
    std::memcpy(&value, &bytes[at], sizeof(value));
    return value;
  };
  int32_t high = 0, low = 0;
  while (number(parts.levels + 4 * high) < 2) ++high;
  while (number(parts.levels + 4 * low) > 1) ++low;
  const size_t of_lowest_level = number(parts.room + 4);
  const size_t link = number(parts.offsets + 8 * high) + of_lowest_level;

  ExpectDamaged(With(bytes, parts.links + 4 * link, low), "leads out of its vectors");
}

}  // namespace
}  // namespace bedside
