// What vector_index.h promises, for every implementation. Brute force is the oracle.
#include <algorithm>
#include <limits>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "index/embedding/embedding_matrix.h"
#include "index/vector/stored_vector_index.h"
#include "index/vector/vector_index.h"
#include "tests/index/vector/built_index.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {

bool operator==(const ScoredPassage& a, const ScoredPassage& b) { return a.passage == b.passage && a.score == b.score; }

namespace {

constexpr size_t kRows = 6000;
constexpr size_t kDimension = 37;

struct Implementation {
  std::string name;
  // 1 where the ranking must be exact.
  double least_recall;
  // How far a score may be from the inner product of unit vectors.
  double score_error;
  // The difference of two scores that the index may take for equal.
  double tie;
  config::VectorIndexConfig config;
};

config::VectorIndexConfig FlatConfig() { return config::VectorIndexConfig(); }

// Narrow enough that the graph is searched without a filter and with four fifths of the passages.
config::VectorIndexConfig GraphConfig() {
  config::VectorIndexConfig config;
  config.set_flat_limit(1);
  config.set_hnsw_links(16);
  config.set_hnsw_build_beam(100);
  config.set_hnsw_search_beam(32);
  return config;
}

PassageBitmap Share(double share, uint32_t seed) {
  std::mt19937 random(seed);
  std::bernoulli_distribution chosen(share);
  PassageBitmap allowed(kRows, false);
  for (size_t i = 0; i < kRows; ++i) {
    if (chosen(random)) allowed.Add(PassageAt(i));
  }
  return allowed;
}

double InnerProduct(absl::Span<const float> a, absl::Span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

class VectorIndexContractTest : public testing::TestWithParam<Implementation> {
 protected:
  std::unique_ptr<VectorIndex> IndexOf(const EmbeddingMatrix& vectors) const {
    return StoredVectorIndex::Open(BuiltIndex(vectors, GetParam().config).value(), GetParam().config).value();
  }

  // The best k passages of `allowed`, by brute force.
  std::vector<ScoredPassage> Best(absl::Span<const float> question, const PassageBitmap& allowed, size_t k) const {
    std::vector<ScoredPassage> all;
    for (size_t i = 0; i < kRows; ++i) {
      if (!allowed.Contains(PassageAt(i))) continue;
      all.push_back({PassageAt(i), static_cast<float>(InnerProduct(question, vectors_.row(i)))});
    }
    std::sort(all.begin(), all.end(), RanksBefore);
    all.resize(std::min(k, all.size()));
    return all;
  }

  // `found` is sound: distinct allowed passages, in order, with about their true scores. Returns how many of `best` are
  // in it.
  size_t CheckedHits(const std::vector<ScoredPassage>& found, const std::vector<ScoredPassage>& best,
                     absl::Span<const float> question, const PassageBitmap& allowed) const {
    EXPECT_EQ(found.size(), best.size());
    size_t hits = 0;
    PassageBitmap seen(kRows, false);
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_TRUE(allowed.Contains(found[i].passage));
      EXPECT_FALSE(seen.Contains(found[i].passage));
      EXPECT_TRUE(i == 0 || RanksBefore(found[i - 1], found[i]));
      const double score = InnerProduct(question, vectors_.row(bedside::IndexOf(found[i].passage)));
      EXPECT_NEAR(found[i].score, score, GetParam().score_error);
      seen.Add(found[i].passage);
      // By score, so that an order that the index cannot tell is no error.
      hits += score >= best.back().score - GetParam().tie ? 1 : 0;
    }
    return hits;
  }

  const EmbeddingMatrix vectors_ = ClusteredVectors(1, kRows, kDimension);
  const EmbeddingMatrix questions_ = ClusteredVectors(2, 50, kDimension);
};

TEST_P(VectorIndexContractTest, FindsTheNearestOfAnyShareOfThePassages) {
  const auto index = IndexOf(vectors_);
  for (double share : {0.01, 0.1, 0.5, 0.8, 1.0}) {
    const PassageBitmap allowed = Share(share, 5);
    for (size_t k : {1, 10, 100, 600}) {
      SCOPED_TRACE(testing::Message() << "share " << share << ", k " << k);
      size_t hits = 0;
      size_t wanted = 0;
      for (size_t i = 0; i < questions_.rows(); ++i) {
        const std::vector<ScoredPassage> best = Best(questions_.row(i), allowed, k);
        const auto found = index->Search(questions_.row(i), allowed, k);
        ASSERT_TRUE(found.ok()) << found.status();
        hits += CheckedHits(*found, best, questions_.row(i), allowed);
        wanted += best.size();
      }
      EXPECT_GE(static_cast<double>(hits), GetParam().least_recall * static_cast<double>(wanted));
    }
  }
}

TEST_P(VectorIndexContractTest, ReadsAVectorAsItWasGivenButForItsRounding) {
  const auto index = IndexOf(vectors_);
  std::vector<float> vector(kDimension);
  for (size_t i : {size_t{0}, kRows / 2, kRows - 1}) {
    index->Read(PassageAt(i), vector.data());
    EXPECT_NEAR(InnerProduct(vector, vectors_.row(i)), 1, 0.005);
  }
}

TEST_P(VectorIndexContractTest, AKAboveTheAllowedGivesAllOfThem) {
  const auto index = IndexOf(vectors_);
  PassageBitmap three(kRows, false);
  for (size_t i : {7, 70, 5999}) three.Add(PassageAt(i));

  EXPECT_EQ(index->Search(questions_.row(0), three, 10)->size(), 3U);
  EXPECT_EQ(index->Search(questions_.row(0), PassageBitmap(kRows, true), 2 * kRows)->size(), kRows);
  EXPECT_EQ(index->Search(questions_.row(0), three, std::numeric_limits<size_t>::max())->size(), 3U);
}

TEST_P(VectorIndexContractTest, NothingAllowedOrAskedForFindsNothing) {
  const auto index = IndexOf(vectors_);

  EXPECT_TRUE(index->Search(questions_.row(0), PassageBitmap(kRows, false), 10)->empty());
  EXPECT_TRUE(index->Search(questions_.row(0), PassageBitmap(kRows, true), 0)->empty());
}

TEST_P(VectorIndexContractTest, EqualScoresRankByOrdinal) {
  EmbeddingMatrix equal(300, 4);
  for (size_t i = 0; i < equal.rows(); ++i) equal.row(i)[0] = 1;
  const auto index = IndexOf(equal);

  const auto found = index->Search({1, 0, 0, 0}, PassageBitmap(300, true), 5);
  ASSERT_EQ(found->size(), 5U);
  for (size_t i = 0; i < 5; ++i) EXPECT_EQ((*found)[i], (ScoredPassage{PassageAt(i), 1.0F}));
}

TEST_P(VectorIndexContractTest, AVectorOfAnotherDimensionIsInvalidArgument) {
  const auto index = IndexOf(vectors_);
  const PassageBitmap all(kRows, true);

  EXPECT_EQ(index->Search({}, all, 10).status().code(), absl::StatusCode::kInvalidArgument);
  for (size_t dimension : {kDimension - 1, kDimension + 1}) {
    const std::vector<float> question(dimension, 0.1F);
    EXPECT_EQ(index->Search(question, all, 10).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST_P(VectorIndexContractTest, AVectorThatIsNotFiniteIsInvalidArgument) {
  const auto index = IndexOf(vectors_);
  for (float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                      -std::numeric_limits<float>::infinity(), std::numeric_limits<float>::max()}) {
    std::vector<float> question(kDimension, 0.1F);
    question[kDimension - 1] = value;
    EXPECT_EQ(index->Search(question, PassageBitmap(kRows, true), 10).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

TEST_P(VectorIndexContractTest, AnEmptyIndexFindsNothing) {
  const auto index = IndexOf(EmbeddingMatrix(0, kDimension));

  EXPECT_EQ(index->passages(), 0U);
  EXPECT_EQ(index->dimension(), kDimension);
  EXPECT_TRUE(index->Search(questions_.row(0), PassageBitmap(0, true), 10)->empty());
}

TEST_P(VectorIndexContractTest, KnowsItsSize) {
  const auto index = IndexOf(vectors_);

  EXPECT_EQ(index->passages(), kRows);
  EXPECT_EQ(index->dimension(), kDimension);
  EXPECT_EQ(index->variant(), GetParam().name);
}

TEST_P(VectorIndexContractTest, ASearchOfItsDepthFindsAsMany) {
  const auto index = IndexOf(vectors_);
  ASSERT_GT(index->search_depth(), 0U);
  ASSERT_LE(index->search_depth(), kRows);
  const auto found = index->Search(questions_.row(0), PassageBitmap(kRows, true), index->search_depth());
  EXPECT_EQ(found->size(), index->search_depth());
}

TEST_P(VectorIndexContractTest, ItsDepthIsTheBeamOrAllPassages) {
  const bool is_graph = GetParam().config.hnsw_search_beam() > 0;
  EXPECT_EQ(IndexOf(vectors_)->search_depth(), is_graph ? GetParam().config.hnsw_search_beam() : kRows);
  EXPECT_EQ(IndexOf(ClusteredVectors(1, 20, kDimension))->search_depth(), 20U);
  EXPECT_EQ(IndexOf(EmbeddingMatrix(0, kDimension))->search_depth(), 0U);
}

TEST_P(VectorIndexContractTest, ThreadsSearchAtTheSameTime) {
  const auto index = IndexOf(vectors_);
  const PassageBitmap half = Share(0.5, 9);
  std::vector<std::vector<ScoredPassage>> alone(questions_.rows());
  for (size_t i = 0; i < alone.size(); ++i) alone[i] = *index->Search(questions_.row(i), half, 20);
  std::vector<std::vector<ScoredPassage>> together(questions_.rows());
  std::vector<std::thread> threads;
  for (size_t first = 0; first < 4; ++first) {
    threads.emplace_back([&, first] {
      for (size_t i = first; i < together.size(); i += 4) together[i] = *index->Search(questions_.row(i), half, 20);
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(together, alone);
}

INSTANTIATE_TEST_SUITE_P(Variants, VectorIndexContractTest,
                         testing::Values(Implementation{"flat", 1.0, 1e-5, 1e-6, FlatConfig()},
                                         Implementation{"hnsw16-sq8", 0.95, 0.005, 0.001, GraphConfig()}),
                         [](const auto& test) {
                           return absl::StrReplaceAll(test.param.name, {{"-", "_"}});
                         });

}  // namespace
}  // namespace bedside
