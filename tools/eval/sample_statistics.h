// Statistics of a sample of measurements.
#ifndef BEDSIDE_TOOLS_EVAL_SAMPLE_STATISTICS_H_
#define BEDSIDE_TOOLS_EVAL_SAMPLE_STATISTICS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/types/span.h"

namespace bedside {

// REQUIRES for all: the sample is not empty.

double Mean(absl::Span<const double> sample);

// The smallest value that at least `percent` of the sample do not exceed (nearest rank).
// REQUIRES: 0 < percent <= 100
double Percentile(std::vector<double> sample, double percent);

struct Estimate {
  double mean;
  // Ends of the 95 % confidence interval.
  double low;
  double high;
};

// The share `count` of `of` with the score interval (Wilson, "Probable inference, the law of succession, and
// statistical inference", 1927), which lies within 0 to 1 and has a width where all or none are counted. REQUIRES:
// count <= of > 0
Estimate WilsonShare(size_t count, size_t of);

// Mean with the percentile bootstrap interval (Efron, "Bootstrap methods: another look at the jackknife", 1979) of
// `resamples` resamples with replacement. The same seed gives the same interval on every machine.
Estimate BootstrapMean(absl::Span<const double> sample, size_t resamples, uint64_t seed);

// The same of a percentile: `mean` is the percentile of the sample. REQUIRES: 0 < percent <= 100
Estimate BootstrapPercentile(const std::vector<double>& sample, double percent, size_t resamples, uint64_t seed);

// The same of any statistics of `size` things, as many values each time: `statistics` gets the indexes of the things,
// those of a resample with repetitions. `mean` is the value of all. REQUIRES: size > 0
std::vector<Estimate> Bootstrap(size_t size,
                                const std::function<std::vector<double>(absl::Span<const size_t> chosen)>& statistics,
                                size_t resamples, uint64_t seed);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SAMPLE_STATISTICS_H_
