// Embeddings of several texts: one row each, row-major, float32, unit length.
#ifndef BEDSIDE_INDEX_EMBEDDING_EMBEDDING_MATRIX_H_
#define BEDSIDE_INDEX_EMBEDDING_EMBEDDING_MATRIX_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/types/span.h"

namespace bedside {

class EmbeddingMatrix {
 public:
  EmbeddingMatrix(size_t rows, size_t dimension) : rows_(rows), dimension_(dimension), values_(rows * dimension) {}

  // Takes the values of all rows. REQUIRES: dimension > 0, values.size() is a multiple of it
  EmbeddingMatrix(std::vector<float> values, size_t dimension)
      : rows_(values.size() / dimension), dimension_(dimension), values_(std::move(values)) {}

  size_t rows() const { return rows_; }
  size_t dimension() const { return dimension_; }
  const float* data() const { return values_.data(); }

  // REQUIRES: index < rows()
  absl::Span<float> row(size_t index) { return absl::MakeSpan(values_).subspan(index * dimension_, dimension_); }
  absl::Span<const float> row(size_t index) const {
    return absl::MakeConstSpan(values_).subspan(index * dimension_, dimension_);
  }

 private:
  size_t rows_;
  size_t dimension_;
  std::vector<float> values_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_EMBEDDING_MATRIX_H_
