#include "tools/eval/paired_difference.h"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace bedside {
namespace {

constexpr size_t kResamples = 1000;
constexpr size_t kExchanges = 9999;
constexpr uint64_t kSeed = 20071106;
constexpr double kPower = 0.8;
// Sums of the same numbers in another order count as equal.
constexpr double kRounding = 1e-9;

// The sum after exchanging the values of each pair with probability one half.
double ExchangedSum(absl::Span<const double> differences, std::mt19937_64* random) {
  double sum = 0;
  uint64_t bits = 0;
  for (size_t i = 0; i < differences.size(); ++i) {
    if (i % 64 == 0) bits = (*random)();
    sum += (bits >> (i % 64) & 1) != 0 ? differences[i] : -differences[i];
  }
  return sum;
}

// `changed`: the differences that are not 0; the others stay 0 in every exchange.
void TestByRandomisation(absl::Span<const double> changed, PairedDifference* result) {
  double observed = 0;
  for (const double difference : changed) observed += difference;
  size_t as_far = 1;
  size_t as_low = 1;
  std::mt19937_64 random(kSeed);
  for (size_t i = 0; i < kExchanges; ++i) {
    const double sum = ExchangedSum(changed, &random);
    if (std::abs(sum) >= std::abs(observed) - kRounding) ++as_far;
    if (sum <= observed + kRounding) ++as_low;
  }
  result->p_two_sided = static_cast<double>(as_far) / (kExchanges + 1);
  result->p_lower = static_cast<double>(as_low) / (kExchanges + 1);
}

double StandardError(absl::Span<const double> sample) {
  if (sample.size() < 2) return 0;
  const double mean = Mean(sample);
  double squares = 0;
  for (const double value : sample) squares += (value - mean) * (value - mean);
  const auto size = static_cast<double>(sample.size());
  return std::sqrt(squares / (size - 1) / size);
}

// The z with a share `p` of the standard normal distribution below it, by bisection.
double NormalQuantile(double p) {
  double low = -10;
  double high = 10;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (std::erfc(-middle / std::sqrt(2.0)) / 2 < p ? low : high) = middle;
  }
  return low;
}

}  // namespace

PairedDifference ComparePairs(absl::Span<const double> before, absl::Span<const double> after) {
  std::vector<double> differences;
  std::vector<double> changed;
  for (size_t i = 0; i < before.size(); ++i) {
    differences.push_back(after[i] - before[i]);
    if (differences.back() != 0) changed.push_back(differences.back());
  }
  PairedDifference result;
  result.pairs = differences.size();
  result.changed = changed.size();
  result.difference = BootstrapMean(differences, kResamples, kSeed);
  result.standard_error = StandardError(differences);
  TestByRandomisation(changed, &result);
  return result;
}

double DetectableFall(const PairedDifference& difference, double level) {
  return (NormalQuantile(1 - level) + NormalQuantile(kPower)) * difference.standard_error;
}

}  // namespace bedside
