#include "tools/eval/evaluation_run.h"

#include "absl/strings/str_cat.h"

namespace bedside {

absl::string_view MetricName(Metric metric) {
  switch (metric) {
    case Metric::kNdcgAt10:
      return "ndcg@10";
    case Metric::kRecallAt10:
      return "recall@10";
    case Metric::kRecallAt100:
      return "recall@100";
    case Metric::kReciprocalRank:
      break;
  }
  return "mrr";
}

std::string RunName(const EvaluationRun& run) {
  return run.perturbation.empty() ? run.dataset : absl::StrCat(run.dataset, ", ", run.perturbation);
}

std::vector<double> MetricValues(const EvaluationRun& run, Metric metric) {
  std::vector<double> values;
  for (const QuestionResult& question : run.questions) values.push_back(question.metric(metric));
  return values;
}

std::vector<double> Latencies(const EvaluationRun& run) {
  std::vector<double> values;
  for (const QuestionResult& question : run.questions) values.push_back(question.latency_ms);
  return values;
}

}  // namespace bedside
