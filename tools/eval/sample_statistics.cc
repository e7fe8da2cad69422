#include "tools/eval/sample_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <utility>

namespace bedside {
namespace {

// std::uniform_int_distribution differs between libraries. The bias towards low indexes is below size / 2^64.
size_t RandomIndex(size_t size, std::mt19937_64* random) { return static_cast<size_t>((*random)() % size); }

double ResampledMean(absl::Span<const double> sample, std::mt19937_64* random) {
  double sum = 0;
  for (size_t i = 0; i < sample.size(); ++i) sum += sample[RandomIndex(sample.size(), random)];
  return sum / static_cast<double>(sample.size());
}

double ResampledPercentile(const std::vector<double>& sample, double percent, std::mt19937_64* random) {
  std::vector<double> resample(sample.size());
  for (double& value : resample) value = sample[RandomIndex(sample.size(), random)];
  return Percentile(std::move(resample), percent);
}

}  // namespace

double Mean(absl::Span<const double> sample) {
  return std::accumulate(sample.begin(), sample.end(), 0.0) / static_cast<double>(sample.size());
}

double Percentile(std::vector<double> sample, double percent) {
  // Divided last: 7 / 100 * 100 is more than 7.
  const double rank = std::ceil(percent * static_cast<double>(sample.size()) / 100);
  const auto nth = sample.begin() + std::max<ptrdiff_t>(static_cast<ptrdiff_t>(rank), 1) - 1;
  std::nth_element(sample.begin(), nth, sample.end());
  return *nth;
}

Estimate WilsonShare(size_t count, size_t of) {
  constexpr double kZ = 1.959963984540054;  // 97.5 % of the standard normal distribution lie below.
  const double n = static_cast<double>(of);
  const double share = static_cast<double>(count) / n;
  const double scale = 1 + kZ * kZ / n;
  const double centre = (share + kZ * kZ / (2 * n)) / scale;
  const double half = kZ / scale * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  // Rounding must not take the share itself out.
  return {share, std::min(share, std::max(0.0, centre - half)), std::max(share, std::min(1.0, centre + half))};
}

Estimate BootstrapMean(absl::Span<const double> sample, size_t resamples, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<double> means(resamples);
  for (double& mean : means) mean = ResampledMean(sample, &random);
  return {Mean(sample), Percentile(means, 2.5), Percentile(means, 97.5)};
}

Estimate BootstrapPercentile(const std::vector<double>& sample, double percent, size_t resamples, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<double> percentiles(resamples);
  for (double& value : percentiles) value = ResampledPercentile(sample, percent, &random);
  return {Percentile(sample, percent), Percentile(percentiles, 2.5), Percentile(percentiles, 97.5)};
}

std::vector<Estimate> Bootstrap(size_t size,
                                const std::function<std::vector<double>(absl::Span<const size_t> chosen)>& statistics,
                                size_t resamples, uint64_t seed) {
  std::vector<size_t> chosen(size);
  std::iota(chosen.begin(), chosen.end(), size_t{0});
  const std::vector<double> whole = statistics(chosen);
  std::mt19937_64 random(seed);
  std::vector<std::vector<double>> values(whole.size());
  for (size_t i = 0; i < resamples; ++i) {
    for (size_t& index : chosen) index = RandomIndex(size, &random);
    const std::vector<double> resampled = statistics(chosen);
    for (size_t j = 0; j < whole.size(); ++j) values[j].push_back(resampled[j]);
  }
  std::vector<Estimate> estimates;
  for (size_t j = 0; j < whole.size(); ++j) {
    estimates.push_back({whole[j], Percentile(values[j], 2.5), Percentile(values[j], 97.5)});
  }
  return estimates;
}

}  // namespace bedside
