#include "tools/eval/sample_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace bedside {
namespace {

// std::uniform_int_distribution differs between libraries. The bias towards low indexes is below size / 2^64.
size_t RandomIndex(size_t size, std::mt19937_64* random) { return static_cast<size_t>((*random)() % size); }

double ResampledMean(absl::Span<const double> sample, std::mt19937_64* random) {
  double sum = 0;
  for (size_t i = 0; i < sample.size(); ++i) sum += sample[RandomIndex(sample.size(), random)];
  return sum / static_cast<double>(sample.size());
}

}  // namespace

double Mean(absl::Span<const double> sample) {
  return std::accumulate(sample.begin(), sample.end(), 0.0) / static_cast<double>(sample.size());
}

double Percentile(std::vector<double> sample, double percent) {
  const double rank = std::ceil(percent / 100 * static_cast<double>(sample.size()));
  const auto nth = sample.begin() + std::max<ptrdiff_t>(static_cast<ptrdiff_t>(rank), 1) - 1;
  std::nth_element(sample.begin(), nth, sample.end());
  return *nth;
}

Estimate BootstrapMean(absl::Span<const double> sample, size_t resamples, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<double> means(resamples);
  for (double& mean : means) mean = ResampledMean(sample, &random);
  return {Mean(sample), Percentile(means, 2.5), Percentile(means, 97.5)};
}

}  // namespace bedside
