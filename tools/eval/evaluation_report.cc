#include "tools/eval/evaluation_report.h"

#include "absl/strings/str_format.h"
#include "tools/eval/evaluation_summary.h"
#include "tools/eval/relevance_quality.h"

namespace bedside {
namespace {

std::string Heading(const EvaluationRun& run, const EvaluationSummary& summary) {
  std::string text = absl::StrFormat("%s: %d questions", RunName(run), summary.questions);
  if (!run.perturbation.empty()) absl::StrAppendFormat(&text, ", %d of them changed", summary.changed_questions);
  if (run.unjudged_questions > 0) {
    absl::StrAppendFormat(&text, " (%d without a relevant document left out)", run.unjudged_questions);
  }
  return text;
}

// What the calibrated relevance is worth; empty where the search gives none.
std::string RelevanceLines(const EvaluationRun& run) {
  std::string text;
  if (const absl::optional<Calibration> calibration = CalibrationOf(run); calibration.has_value()) {
    const Estimate& error = calibration->error;
    absl::StrAppendFormat(&text, "relevance   calibration error %.3f (%.3f to %.3f)\n", error.mean, error.low,
                          error.high);
  }
  if (const auto points = FilterTradeOff(run); points.has_value()) {
    const Estimate& removed = FilteredAt(*points, 0.1).removed;
    absl::StrAppendFormat(
        &text,
        "filter      of the first %d passages, a filter that loses 10 %% of the relevant removes %.3f "
        "of the others (%.3f to %.3f)\n",
        kJudgedPassages, removed.mean, removed.low, removed.high);
  }
  return text;
}

}  // namespace

std::string RunText(const EvaluationRun& run) {
  const EvaluationSummary summary = Summarise(run);
  std::string text = Heading(run, summary);
  absl::StrAppendFormat(&text, "\n\n%-11s %7s  %s\n", "metric", "mean", "95 % interval");
  for (const Metric metric : kAllMetrics) {
    const Estimate& estimate = summary.metric(metric);
    absl::StrAppendFormat(&text, "%-11s %7.4f  %.4f to %.4f\n", MetricName(metric), estimate.mean, estimate.low,
                          estimate.high);
  }
  absl::StrAppendFormat(&text, "\nlatency     p50 %.1f ms, p90 %.1f ms, p99 %.1f ms (%d passages, one client, warm)\n",
                        summary.latency_ms_p50.mean, summary.latency_ms_p90.mean, summary.latency_ms_p99.mean,
                        run.page_size);
  if (run.passages > 0)
    absl::StrAppendFormat(&text, "index       %d passages of %d documents\n", run.passages, run.documents);
  if (run.ingest_seconds > 0) absl::StrAppendFormat(&text, "ingest      %.1f s\n", run.ingest_seconds);
  text += RelevanceLines(run);
  if (run.missing_documents > 0) {
    absl::StrAppendFormat(&text, "warning     %d documents judged relevant are not in the index, and count as missed\n",
                          run.missing_documents);
  }
  if (summary.degraded_questions > 0) {
    absl::StrAppendFormat(&text, "warning     %d questions were answered by a part of the search only\n",
                          summary.degraded_questions);
  }
  return text;
}

}  // namespace bedside
