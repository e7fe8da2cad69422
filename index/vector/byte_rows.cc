#include "index/vector/byte_rows.h"

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace bedside {
namespace {

constexpr float kLargestCode = 127;

// The largest distance of a value of `vector` from that of `centre`.
float LargestMagnitude(absl::Span<const float> vector, absl::Span<const float> centre) {
  float largest = 0;
  for (size_t i = 0; i < vector.size(); ++i) largest = std::max(largest, std::abs(vector[i] - centre[i]));
  return largest;
}

// The largest code of a question at which no sum of products leaves 32 bits.
float LargestQuestionCode(size_t padded) {
  const size_t most = std::numeric_limits<int32_t>::max() / (static_cast<size_t>(kLargestCode) * padded);
  return static_cast<float>(std::min<size_t>(most, std::numeric_limits<int16_t>::max()));
}

__attribute__((target("avx2"))) __m256i Widened(const int8_t* codes) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(codes)));
}

__attribute__((target("avx2"))) __m256i Loaded(const int16_t* codes) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes));
}

__attribute__((target("avx2"))) int32_t SumOf(__m256i lanes) {
  const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
  const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
  return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xb1)));
}

// REQUIRES: size is a multiple of 16
__attribute__((target("avx2"))) int32_t Sum(const int16_t* question, const int8_t* row, size_t size) {
  __m256i sum = _mm256_setzero_si256();
  for (size_t i = 0; i < size; i += 16) {
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(Loaded(question + i), Widened(row + i)));
  }
  return SumOf(sum);
}

__attribute__((target("avx2"))) int32_t Sum(const int8_t* a, const int8_t* b, size_t size) {
  __m256i sum = _mm256_setzero_si256();
  for (size_t i = 0; i < size; i += 16) {
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(Widened(a + i), Widened(b + i)));
  }
  return SumOf(sum);
}

}  // namespace

ByteQuestion::ByteQuestion(absl::Span<const float> vector, absl::Span<const float> centre)
    : base_(std::inner_product(vector.begin(), vector.end(), centre.begin(), 0.0F)),
      codes_(ByteRows::Padded(vector.size())) {
  const float most = LargestQuestionCode(codes_.size());
  float largest = 0;
  for (float value : vector) largest = std::max(largest, std::abs(value));
  scale_ = largest / most;
  for (size_t i = 0; i < vector.size() && scale_ > 0; ++i) {
    codes_[i] = static_cast<int16_t>(std::clamp(std::nearbyint(vector[i] / scale_), -most, most));
  }
}

void ByteRows::Append(absl::Span<const float> vector, absl::Span<const float> centre, std::string* bytes) {
  const float scale = LargestMagnitude(vector, centre) / kLargestCode;
  bytes->append(reinterpret_cast<const char*>(&scale), sizeof(scale));
  const size_t begin = bytes->size();
  bytes->append(Padded(vector.size()), '\0');
  for (size_t i = 0; i < vector.size() && scale > 0; ++i) {
    const float code = std::nearbyint((vector[i] - centre[i]) / scale);
    (*bytes)[begin + i] = static_cast<char>(std::clamp(code, -kLargestCode, kLargestCode));
  }
}

float ByteRows::Product(const ByteQuestion& question, size_t row) const {
  const auto sum = static_cast<float>(Sum(question.codes(), codes(row), Padded(dimension())));
  return question.base() + question.scale() * scale(row) * sum;
}

float ByteRows::ProductAroundCentre(size_t a, size_t b) const {
  return scale(a) * scale(b) * static_cast<float>(Sum(codes(a), codes(b), Padded(dimension())));
}

void ByteRows::Decode(size_t row, float* values) const {
  for (size_t i = 0; i < dimension(); ++i) values[i] = centre_[i] + scale(row) * static_cast<float>(codes(row)[i]);
}

std::vector<float> MeanOf(absl::Span<const float> values, size_t dimension) {
  std::vector<double> sums(dimension);
  for (size_t i = 0; i < values.size(); ++i) sums[i % dimension] += values[i];
  const size_t rows = values.size() / dimension;
  std::vector<float> mean(dimension);
  for (size_t i = 0; i < dimension; ++i) mean[i] = static_cast<float>(sums[i] / static_cast<double>(rows));
  return mean;
}

}  // namespace bedside
