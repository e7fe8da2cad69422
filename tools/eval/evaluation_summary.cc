#include "tools/eval/evaluation_summary.h"

#include <algorithm>
#include <cstdint>

namespace bedside {
namespace {

constexpr size_t kResamples = 1000;
constexpr uint64_t kSeed = 20021001;

size_t Count(const EvaluationRun& run, bool QuestionResult::*member) {
  return static_cast<size_t>(std::count_if(run.questions.begin(), run.questions.end(),
                                           [member](const QuestionResult& question) { return question.*member; }));
}

}  // namespace

Estimate MeanEstimate(absl::Span<const double> values) { return BootstrapMean(values, kResamples, kSeed); }

Estimate LatencyEstimate(const std::vector<double>& milliseconds, double percent) {
  return BootstrapPercentile(milliseconds, percent, kResamples, kSeed);
}

EvaluationSummary Summarise(const EvaluationRun& run) {
  EvaluationSummary summary;
  summary.questions = run.questions.size();
  summary.changed_questions = Count(run, &QuestionResult::changed);
  summary.degraded_questions = Count(run, &QuestionResult::degraded);
  for (const Metric metric : kAllMetrics) {
    summary.metrics[static_cast<size_t>(metric)] = MeanEstimate(MetricValues(run, metric));
  }
  const std::vector<double> latencies = Latencies(run);
  summary.latency_ms_p50 = LatencyEstimate(latencies, 50);
  summary.latency_ms_p90 = LatencyEstimate(latencies, 90);
  summary.latency_ms_p99 = LatencyEstimate(latencies, 99);
  return summary;
}

absl::optional<Estimate> StageQuality(const EvaluationRun& run, Stage stage) {
  std::vector<double> values;
  for (const QuestionResult& question : run.questions) {
    const absl::optional<double>& value = question.stage_ndcg[static_cast<size_t>(stage)];
    if (value.has_value()) values.push_back(*value);
  }
  if (values.empty()) return absl::nullopt;
  return MeanEstimate(values);
}

}  // namespace bedside
