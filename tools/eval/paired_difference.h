// Compares two measurements of the same questions.
#ifndef BEDSIDE_TOOLS_EVAL_PAIRED_DIFFERENCE_H_
#define BEDSIDE_TOOLS_EVAL_PAIRED_DIFFERENCE_H_

#include <cstddef>

#include "absl/types/span.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

struct PairedDifference {
  size_t pairs = 0;
  // Pairs whose two values differ.
  size_t changed = 0;
  // Mean of after - before with its 95 % interval, from 1,000 resamples of the pairs with a fixed seed.
  Estimate difference = {};
  // Paired randomisation test (Fisher, "The design of experiments", 1935; Smucker, Allan & Carterette, "A comparison of
  // statistical significance tests for information retrieval evaluation", 2007) with 9,999 random exchanges of the two
  // values within pairs, and a fixed seed: how often the mean difference is at least as far from 0, and at least as
  // low, when before and after are exchangeable. Never below 1/10,000.
  double p_two_sided = 1;
  double p_lower = 1;
  // Standard error of the mean difference.
  double standard_error = 0;
};

// before[i] and after[i] are of the same question. REQUIRES: as many of both, and not none.
PairedDifference ComparePairs(absl::Span<const double> before, absl::Span<const double> after);

// The smallest fall of the mean that a one-sided test at `level` finds four times in five, by the normal approximation:
// 0 when no pair differs. REQUIRES: 0 < level < 1
double DetectableFall(const PairedDifference& difference, double level);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_PAIRED_DIFFERENCE_H_
