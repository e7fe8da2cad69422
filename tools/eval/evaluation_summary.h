// A run in a few numbers.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_SUMMARY_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_SUMMARY_H_

#include <array>
#include <cstddef>
#include <vector>

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "tools/eval/evaluation_run.h"
#include "tools/eval/found_evidence.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

// All intervals are from 1,000 resamples of the questions with a fixed seed.
struct EvaluationSummary {
  size_t questions = 0;
  size_t changed_questions = 0;
  size_t degraded_questions = 0;
  // By Metric.
  std::array<Estimate, kMetrics> metrics = {};
  Estimate latency_ms_p50 = {};
  Estimate latency_ms_p90 = {};
  Estimate latency_ms_p99 = {};

  const Estimate& metric(Metric metric) const { return metrics[static_cast<size_t>(metric)]; }
};

// REQUIRES: !run.questions.empty()
EvaluationSummary Summarise(const EvaluationRun& run);

// Mean of `values` with the interval of all that is reported. REQUIRES: !values.empty()
Estimate MeanEstimate(absl::Span<const double> values);

// A percentile of times, with the interval of all that is reported. REQUIRES: !milliseconds.empty()
Estimate LatencyEstimate(const std::vector<double>& milliseconds, double percent);

// nDCG@10 of the ranking by `stage`, over the questions for which the search gave a score of the stage; unset when that
// is none.
absl::optional<Estimate> StageQuality(const EvaluationRun& run, Stage stage);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_SUMMARY_H_
