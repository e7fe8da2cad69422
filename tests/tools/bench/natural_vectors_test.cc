#include "tools/bench/natural_vectors.h"

#include <cmath>
#include <numeric>

#include "gtest/gtest.h"

namespace bedside {
namespace {

using Vector = NaturalVectors::Vector;

double Product(const Vector& a, const Vector& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

TEST(NaturalVectorsTest, HaveLengthOne) {
  const NaturalVectors vectors(100, 1);
  for (size_t i = 0; i < 100; ++i) {
    EXPECT_NEAR(Product(vectors.Passage(i), vectors.Passage(i)), 1, 1e-5);
    EXPECT_NEAR(Product(vectors.Question(i), vectors.Question(i)), 1, 1e-5);
  }
}

TEST(NaturalVectorsTest, TheSameSeedGivesTheSameVectorsInAnyOrderAndAnotherGivesOthers) {
  const NaturalVectors vectors(100, 1), again(100, 1), other(100, 2);
  for (size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(vectors.Passage(99 - i), again.Passage(99 - i));
    EXPECT_EQ(vectors.Question(99 - i), again.Question(99 - i));
    EXPECT_NE(vectors.Passage(i), other.Passage(i));
    EXPECT_NE(vectors.Question(i), other.Question(i));
  }
}

TEST(NaturalVectorsTest, PassagesOfADocumentAreAlikeAndAllLieInACone) {
  constexpr size_t kPassages = 2000;
  const NaturalVectors vectors(kPassages, 1);
  Vector mean = {};
  double in_a_document = 0, apart = 0;
  for (size_t i = 0; i < kPassages; i += 5) {
    const Vector passage = vectors.Passage(i);
    for (size_t j = 0; j < passage.size(); ++j) mean[j] += passage[j] * 5 / kPassages;
    in_a_document += Product(passage, vectors.Passage(i + 4)) * 5 / kPassages;
    apart += Product(passage, vectors.Passage((i + kPassages / 2) % kPassages)) * 5 / kPassages;
  }
  EXPECT_NEAR(std::sqrt(Product(mean, mean)), 0.75, 0.03);
  EXPECT_NEAR(in_a_document, 0.89, 0.03);
  EXPECT_NEAR(apart, 0.56, 0.03);
}

TEST(NaturalVectorsTest, OnePassageIsEnough) {
  const NaturalVectors vectors(1, 1);

  EXPECT_GT(Product(vectors.Passage(0), vectors.Question(0)), 0.6);
}

}  // namespace
}  // namespace bedside
