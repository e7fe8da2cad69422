#include "index/vector/flat_rows.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "index/embedding/embedding_matrix.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {
namespace {

constexpr size_t kRows = 3000;
constexpr size_t kDimension = 50;

// The k-th best inner product, by brute force.
double LastOfTheBest(const EmbeddingMatrix& vectors, absl::Span<const float> question, size_t k) {
  std::vector<double> scores;
  for (size_t row = 0; row < vectors.rows(); ++row) {
    scores.push_back(std::inner_product(question.begin(), question.end(), vectors.row(row).begin(), 0.0));
  }
  std::nth_element(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(k) - 1, scores.end(), std::greater<>());
  return scores[k - 1];
}

void ExpectExact(const EmbeddingMatrix& vectors, const EmbeddingMatrix& questions) {
  const FlatRows rows({vectors.data(), vectors.rows() * vectors.dimension()}, vectors.dimension());
  for (size_t q = 0; q < questions.rows(); ++q) {
    for (size_t k : {1, 10, 200}) {
      const auto found = rows.Search(questions.row(q), PassageBitmap(vectors.rows(), true), k);
      ASSERT_EQ(found.size(), k);
      const double last = LastOfTheBest(vectors, questions.row(q), k);
      for (const ScoredPassage& row : found) EXPECT_GE(row.score, last - 1e-5 * std::abs(last)) << "k " << k;
    }
  }
}

// A byte cannot tell these rows apart.
TEST(FlatRowsTest, RowsThatDifferByLessThanAByteAreRankedByTheirFloats) {
  EmbeddingMatrix vectors = ClusteredVectors(1, kRows, kDimension);
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  for (size_t row = 1; row < kRows; ++row) {
    for (size_t i = 0; i < kDimension; ++i) vectors.row(row)[i] = vectors.row(0)[i] + 1e-5F * normal(random);
  }
  ExpectExact(vectors, ClusteredVectors(2, 10, kDimension));
}

TEST(FlatRowsTest, ARowManyTimesLongerThanTheOthersDoesNotSpoilThem) {
  EmbeddingMatrix vectors = ClusteredVectors(1, kRows, kDimension);
  for (float& value : vectors.row(77)) value *= -1e6F;
  ExpectExact(vectors, ClusteredVectors(2, 10, kDimension));
}

TEST(FlatRowsTest, AQuestionOfAnyLengthIsAnswered) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, kRows, kDimension);
  for (float length : {1e-20F, 1e-3F, 1e3F, 1e18F}) {
    EmbeddingMatrix questions = ClusteredVectors(2, 3, kDimension);
    for (size_t q = 0; q < questions.rows(); ++q) {
      for (float& value : questions.row(q)) value *= length;
    }
    ExpectExact(vectors, questions);
  }
}

TEST(FlatRowsTest, TheQuestionOfZerosFindsTheFirst) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, kRows, kDimension);
  const FlatRows rows({vectors.data(), kRows * kDimension}, kDimension);
  const auto found = rows.Search(std::vector<float>(kDimension, 0), PassageBitmap(kRows, true), 3);

  ASSERT_EQ(found.size(), 3U);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(found[i].passage, PassageAt(i));
}

}  // namespace
}  // namespace bedside
