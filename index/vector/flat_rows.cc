#include "index/vector/flat_rows.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "index/vector/best_rows.h"

namespace bedside {
namespace {

// Passages whose bits are looked at together, and rows asked for ahead of the one that is scored: those of a filter,
// and those that may be best, are not where the processor expects the next.
constexpr size_t kScanBlock = 4096;
constexpr size_t kAhead = 4;

// The rows of `allowed` from `first` on, as far as a block goes.
void Collect(const PassageBitmap& allowed, size_t first, std::vector<size_t>* rows) {
  rows->clear();
  for (size_t word = first; word < std::min(first + kScanBlock, allowed.size()); word += 64) {
    uint64_t bits;
    std::memcpy(&bits, allowed.bytes() + word / 8, sizeof(bits));
    for (; bits != 0; bits &= bits - 1) rows->push_back(word + static_cast<size_t>(__builtin_ctzll(bits)));
  }
}

double Length(absl::Span<const float> vector) {
  double squares = 0;
  for (float value : vector) squares += static_cast<double>(value) * value;
  return std::sqrt(squares);
}

// In eight running sums, which the compiler keeps in registers. Rows of equal values give equal sums.
__attribute__((target("avx2,fma"))) float Product(absl::Span<const float> a, absl::Span<const float> b) {
  const float* x = a.data();
  const float* y = b.data();
  float sums[8] = {};
  size_t i = 0;
  for (; i + 8 <= a.size(); i += 8) {
    for (size_t j = 0; j < 8; ++j) sums[j] += x[i + j] * y[i + j];
  }
  for (; i < a.size(); ++i) sums[i % 8] += a[i] * b[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

void Prefetch(absl::Span<const float> row) {
  constexpr size_t kFloatsPerLine = 64 / sizeof(float);
  for (size_t at = 0; at < row.size(); at += kFloatsPerLine) __builtin_prefetch(row.data() + at);
}

}  // namespace

FlatRows::FlatRows(absl::Span<const float> floats, size_t dimension) : floats_(floats), dimension_(dimension) {
  if (floats.empty()) return;
  const size_t rows = floats.size() / dimension;
  centre_ = MeanOf(floats, dimension);
  bytes_.reserve(rows * ByteRows::RowBytes(dimension));
  for (size_t row = 0; row < rows; ++row) ByteRows::Append(Row(row), centre_, &bytes_);
  rows_ = ByteRows(bytes_.data(), rows, centre_);
  std::vector<float> error(dimension);
  for (size_t row = 0; row < rows; ++row) {
    rows_.Decode(row, error.data());
    for (size_t i = 0; i < dimension; ++i) error[i] -= Row(row)[i];
    longest_ = std::max(longest_, Length(Row(row)));
    longest_error_ = std::max(longest_error_, Length(error));
  }
}

absl::Span<const float> FlatRows::Row(size_t row) const { return floats_.subspan(row * dimension_, dimension_); }

// The question's own error is at most half its scale a value. The product of the floats is rounded once for each
// product in one of its eight sums, and a few times more; each time by at most half an epsilon of the lengths (Higham,
// Accuracy and Stability of Numerical Algorithms (2002), section 3.1, and Cauchy and Schwarz).
float FlatRows::LargestError(absl::Span<const float> question, const ByteQuestion& coded) const {
  const double length = Length(question);
  const double of_question = coded.scale() * 0.5 * std::sqrt(static_cast<double>(dimension_));
  const size_t roundings = dimension_ / 8 + 16;
  const double of_floats = static_cast<double>(roundings) * std::numeric_limits<float>::epsilon();
  const double error = length * longest_error_ + of_question * 2 * longest_ + of_floats * length * longest_;
  return static_cast<float>(std::min<double>(error, std::numeric_limits<float>::max() / 4));
}

std::vector<ScoredPassage> FlatRows::Search(absl::Span<const float> question, const PassageBitmap& allowed,
                                            size_t k) const {
  const ByteQuestion coded(question, centre_);
  std::vector<ScoredPassage> may_be_best = ScanRows(rows_, coded, allowed, k, 2 * LargestError(question, coded));
  for (size_t i = 0; i < may_be_best.size(); ++i) {
    if (i + kAhead < may_be_best.size()) Prefetch(Row(IndexOf(may_be_best[i + kAhead].passage)));
    may_be_best[i].score = Product(question, Row(IndexOf(may_be_best[i].passage)));
  }
  return Ranked(std::move(may_be_best), k);
}

std::vector<ScoredPassage> ScanRows(const ByteRows& rows, const ByteQuestion& question, const PassageBitmap& allowed,
                                    size_t k, float slack) {
  BestRows best(k, slack);
  std::vector<size_t> block;
  for (size_t first = 0; first < allowed.size(); first += kScanBlock) {
    Collect(allowed, first, &block);
    for (size_t i = 0; i < block.size(); ++i) {
      if (i + kAhead < block.size()) rows.Prefetch(block[i + kAhead]);
      best.Add(PassageAt(block[i]), rows.Product(question, block[i]));
    }
  }
  return best.Take();
}

}  // namespace bedside
