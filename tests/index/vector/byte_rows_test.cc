#include "index/vector/byte_rows.h"

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/index/vector/clustered_vectors.h"

namespace bedside {
namespace {

double Product(absl::Span<const float> a, absl::Span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double Length(absl::Span<const float> vector) { return std::sqrt(Product(vector, vector)); }

class ByteRowsTest : public testing::TestWithParam<size_t> {
 protected:
  size_t dimension() const { return GetParam(); }

  ByteRows RowsOf(const EmbeddingMatrix& vectors) {
    for (size_t row = 0; row < vectors.rows(); ++row) ByteRows::Append(vectors.row(row), centre_, &bytes_);
    return ByteRows(bytes_.data(), vectors.rows(), centre_);
  }

  std::string bytes_;
  std::vector<float> centre_ = std::vector<float>(dimension(), 0.25F / static_cast<float>(dimension()));
};

TEST_P(ByteRowsTest, AValueIsWithinHalfAScale) {
  const EmbeddingMatrix vectors = ClusteredVectors(1, 20, dimension());
  const ByteRows rows = RowsOf(vectors);
  std::vector<float> decoded(dimension());
  for (size_t row = 0; row < vectors.rows(); ++row) {
    rows.Decode(row, decoded.data());
    for (size_t i = 0; i < dimension(); ++i) {
      EXPECT_NEAR(decoded[i], vectors.row(row)[i], rows.scale(row) * 0.501) << row << ", " << i;
    }
  }
}

TEST_P(ByteRowsTest, AProductIsThatWithWhatTheBytesStandFor) {
  const EmbeddingMatrix questions = ClusteredVectors(2, 10, dimension());
  const ByteRows rows = RowsOf(ClusteredVectors(1, 20, dimension()));
  std::vector<float> decoded(dimension());
  for (size_t q = 0; q < questions.rows(); ++q) {
    const ByteQuestion question(questions.row(q), centre_);
    for (size_t row = 0; row < rows.rows(); ++row) {
      rows.Decode(row, decoded.data());
      const double error = question.scale() * 0.5 * std::sqrt(static_cast<double>(dimension())) * 2 + 1e-5;
      EXPECT_NEAR(rows.Product(question, row), Product(questions.row(q), decoded), error);
    }
  }
}

TEST_P(ByteRowsTest, AProductOfTwoRowsLacksTheCentre) {
  const ByteRows rows = RowsOf(ClusteredVectors(1, 20, dimension()));
  std::vector<float> a(dimension()), b(dimension());
  for (size_t row = 1; row < rows.rows(); ++row) {
    rows.Decode(0, a.data());
    rows.Decode(row, b.data());
    for (size_t i = 0; i < dimension(); ++i) a[i] -= centre_[i], b[i] -= centre_[i];
    EXPECT_NEAR(rows.ProductAroundCentre(0, row), Product(a, b), 1e-4);
  }
}

// Every code at its largest, so that sums that do not fit would show.
TEST_P(ByteRowsTest, TheLargestCodesGiveTheirProduct) {
  centre_.assign(dimension(), 0);
  EmbeddingMatrix vectors(2, dimension());
  for (float& value : vectors.row(0)) value = 3;
  for (float& value : vectors.row(1)) value = -3;
  const ByteRows rows = RowsOf(vectors);
  const ByteQuestion question(vectors.row(0), centre_);
  const double product = 9.0 * static_cast<double>(dimension());

  EXPECT_NEAR(rows.Product(question, 0), product, product * 1e-5);
  EXPECT_NEAR(rows.Product(question, 1), -product, product * 1e-5);
  EXPECT_NEAR(rows.ProductAroundCentre(0, 1), -product, product * 1e-5);
}

TEST_P(ByteRowsTest, NothingIsItself) {
  EmbeddingMatrix vectors(1, dimension());
  for (size_t i = 0; i < dimension(); ++i) vectors.row(0)[i] = centre_[i];
  const ByteRows rows = RowsOf(vectors);

  EXPECT_EQ(rows.scale(0), 0);
  EXPECT_EQ(rows.Product(ByteQuestion(std::vector<float>(dimension(), 0), centre_), 0), 0);
  EXPECT_NEAR(rows.Product(ByteQuestion(centre_, centre_), 0), Length(centre_) * Length(centre_), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Dimensions, ByteRowsTest, testing::Values(1, 15, 16, 17, 384, 1024, 65536));

TEST(MeanOfTest, IsTheMeanOfEachColumn) { EXPECT_EQ(MeanOf({1, 2, 3, 5, 5, 8}, 2), (std::vector<float>{3, 5})); }

}  // namespace
}  // namespace bedside
