// Compares runs question by question, and decides whether quality has regressed.
#ifndef BEDSIDE_TOOLS_EVAL_RUN_COMPARISON_H_
#define BEDSIDE_TOOLS_EVAL_RUN_COMPARISON_H_

#include <array>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/eval/evaluation_run.h"
#include "tools/eval/paired_difference.h"

namespace bedside {

struct RunComparison {
  // RunName of the later run.
  std::string name;
  // By Metric.
  std::array<PairedDifference, kMetrics> metrics;

  const PairedDifference& metric(Metric metric) const { return metrics[static_cast<size_t>(metric)]; }
};

// Of `after` to `before`, whose names may differ, over all questions. INVALID_ARGUMENT: the two were asked different
// questions, or for another number of passages; the message says which, and what to do.
absl::StatusOr<RunComparison> Compare(const EvaluationRun& before, const EvaluationRun& after);

// The same over the questions that the perturbation of `after` changed; INVALID_ARGUMENT when that is none, too.
absl::StatusOr<RunComparison> CompareChanged(const EvaluationRun& before, const EvaluationRun& after);

// Each run of `after` with the run of the same name in `before`. INVALID_ARGUMENT: one has no partner, on either side,
// or errors of Compare.
absl::StatusOr<std::vector<RunComparison>> CompareAll(absl::Span<const EvaluationRun> before,
                                                      absl::Span<const EvaluationRun> after);

// A table. `before`: what the earlier runs are called.
std::string ComparisonText(absl::Span<const RunComparison> comparisons, absl::string_view before);

struct GateVerdict {
  bool passed = true;
  // What regressed by how much, or what would have been seen; whole lines.
  std::string text;
};

// Fails when a metric of a run is lower than before beyond chance: when its one-sided p-value is below `level` after
// the correction of Holm ("A simple sequentially rejective multiple test procedure", 1979) for all metrics of all runs,
// so that a change without effect fails it with a probability of at most `level`. REQUIRES: 0 < level < 1
GateVerdict JudgeRegression(absl::Span<const RunComparison> comparisons, double level);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_RUN_COMPARISON_H_
