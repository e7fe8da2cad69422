// Vectors at one byte a value, and inner products with them.
//
// A row is a scale s (float32) and a signed byte c[j] for each value, so that value j is about m[j] + s * c[j], where m
// is a centre that all rows share: embeddings lie in a narrow cone, and what is left without its axis needs a third of
// the range. s is the largest magnitude of what is left / 127, so that the error of a value is at most s / 2. Rows
// follow each other at RowBytes; the codes are padded with zeros to a multiple of 16, which is what the AVX2 kernel
// takes at a time.
//
// Immutable, thread-safe. Cost of a product of 384 values: about 15 ns when the row is in the cache.
#ifndef BEDSIDE_INDEX_VECTOR_BYTE_ROWS_H_
#define BEDSIDE_INDEX_VECTOR_BYTE_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"

namespace bedside {

// A question as the products take it: scale() * codes()[j] is value j to within 2^-16 of the largest, so that the error
// of a product is that of the row alone. Longer vectors get coarser codes, so that a product fits 32 bits.
class ByteQuestion {
 public:
  // REQUIRES: the sums of squares of `vector` and `centre`, which have one size, are finite
  ByteQuestion(absl::Span<const float> vector, absl::Span<const float> centre);

  float scale() const { return scale_; }
  // The inner product with the centre.
  float base() const { return base_; }
  const int16_t* codes() const { return codes_.data(); }

 private:
  float scale_;
  float base_;
  std::vector<int16_t> codes_;
};

class ByteRows {
 public:
  // Values of a row with its padding.
  static constexpr size_t Padded(size_t dimension) { return (dimension + 15) / 16 * 16; }
  static constexpr size_t RowBytes(size_t dimension) { return sizeof(float) + Padded(dimension); }

  // Appends `vector` as a row. REQUIRES: as for ByteQuestion
  static void Append(absl::Span<const float> vector, absl::Span<const float> centre, std::string* bytes);

  // No rows.
  ByteRows() : bytes_(nullptr), rows_(0) {}

  // `bytes` are `rows` rows around `centre`; both must outlive this. REQUIRES: bytes is aligned as a float is
  ByteRows(const char* bytes, size_t rows, absl::Span<const float> centre)
      : bytes_(bytes), rows_(rows), centre_(centre) {}

  size_t rows() const { return rows_; }
  size_t dimension() const { return centre_.size(); }
  absl::Span<const float> centre() const { return centre_; }

  float scale(size_t row) const { return *reinterpret_cast<const float*>(Row(row)); }
  const int8_t* codes(size_t row) const { return reinterpret_cast<const int8_t*>(Row(row) + sizeof(float)); }

  float Product(const ByteQuestion& question, size_t row) const;

  // The product of what is left of two rows without the centre.
  float ProductAroundCentre(size_t a, size_t b) const;

  // Writes dimension() values.
  void Decode(size_t row, float* values) const;

  // Asks for the row before it is needed.
  void Prefetch(size_t row) const {
    const char* begin = Row(row);
    for (size_t at = 0; at < RowBytes(dimension()); at += 64) __builtin_prefetch(begin + at);
  }

 private:
  const char* Row(size_t row) const { return bytes_ + row * RowBytes(dimension()); }

  const char* bytes_;
  size_t rows_;
  absl::Span<const float> centre_;
};

// The mean of the rows of `values`, which are row-major. REQUIRES: values is not empty, its size a multiple of
// dimension
std::vector<float> MeanOf(absl::Span<const float> values, size_t dimension);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_BYTE_ROWS_H_
