// Unit vectors in clusters, as embeddings of texts about a number of subjects lie, drawn from a seed.
#ifndef BEDSIDE_TESTS_INDEX_VECTOR_CLUSTERED_VECTORS_H_
#define BEDSIDE_TESTS_INDEX_VECTOR_CLUSTERED_VECTORS_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "index/embedding/embedding_matrix.h"

namespace bedside {

inline EmbeddingMatrix ClusteredVectors(uint32_t seed, size_t rows, size_t dimension) {
  constexpr size_t kClusters = 40;
  // The centres are the same for every seed: questions lie where passages do.
  std::mt19937 of_centres(99);
  std::mt19937 of_rows(seed);
  std::normal_distribution<float> normal;
  std::vector<float> centres(kClusters * dimension);
  for (float& value : centres) value = normal(of_centres);
  EmbeddingMatrix vectors(rows, dimension);
  for (size_t i = 0; i < rows; ++i) {
    const float* centre = &centres[(of_rows() % kClusters) * dimension];
    float squares = 0;
    for (size_t j = 0; j < dimension; ++j) {
      const float value = centre[j] + 0.6F * normal(of_rows);
      vectors.row(i)[j] = value;
      squares += value * value;
    }
    for (float& value : vectors.row(i)) value /= std::sqrt(squares);
  }
  return vectors;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_VECTOR_CLUSTERED_VECTORS_H_
