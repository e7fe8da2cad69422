#include "tools/eval/evaluation_report.h"

#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "nlohmann/json.hpp"

namespace bedside {
namespace {

std::vector<std::pair<std::string, Estimate>> MetricsOf(const Evaluation& evaluation) {
  return {{"ndcg@10", evaluation.ndcg_at_10},
          {"recall@10", evaluation.recall_at_10},
          {"recall@100", evaluation.recall_at_100},
          {"mrr", evaluation.mrr}};
}

}  // namespace

std::string ReportText(const EvaluationReport& report) {
  const Evaluation& evaluation = report.evaluation;
  std::string text = absl::StrFormat("%s: %d questions", report.dataset, evaluation.questions);
  if (report.unjudged_questions > 0) {
    absl::StrAppendFormat(&text, " (%d without a relevant document left out)", report.unjudged_questions);
  }
  absl::StrAppendFormat(&text, "\n\n%-11s %7s  %s\n", "metric", "mean", "95 % interval");
  for (const auto& [name, estimate] : MetricsOf(evaluation)) {
    absl::StrAppendFormat(&text, "%-11s %7.4f  %.4f to %.4f\n", name, estimate.mean, estimate.low, estimate.high);
  }
  absl::StrAppendFormat(&text, "\nlatency     p50 %.1f ms, p90 %.1f ms, p99 %.1f ms (%d passages, one client, warm)\n",
                        evaluation.latency_ms_p50, evaluation.latency_ms_p90, evaluation.latency_ms_p99,
                        report.page_size);
  absl::StrAppendFormat(&text, "ingest      %.1f s\n", report.ingest_seconds);
  if (evaluation.degraded_questions > 0) {
    absl::StrAppendFormat(&text, "warning     %d questions were answered by a part of the search only\n",
                          evaluation.degraded_questions);
  }
  return text;
}

std::string ReportJson(const EvaluationReport& report) {
  const Evaluation& evaluation = report.evaluation;
  nlohmann::ordered_json json = {{"dataset", report.dataset},
                                 {"questions", evaluation.questions},
                                 {"unjudged_questions", report.unjudged_questions},
                                 {"degraded_questions", evaluation.degraded_questions},
                                 {"page_size", report.page_size},
                                 {"ingest_seconds", report.ingest_seconds}};
  for (const auto& [name, estimate] : MetricsOf(evaluation)) {
    json["metrics"][name] = {{"mean", estimate.mean}, {"low", estimate.low}, {"high", estimate.high}};
  }
  json["latency_ms"] = {
      {"p50", evaluation.latency_ms_p50}, {"p90", evaluation.latency_ms_p90}, {"p99", evaluation.latency_ms_p99}};
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace bedside
