// An evaluation for people and for programs.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_REPORT_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_REPORT_H_

#include <cstddef>
#include <string>

#include "tools/eval/evaluation.h"

namespace bedside {

struct EvaluationReport {
  // Folder of the dataset.
  std::string dataset;
  Evaluation evaluation;
  // Questions without a relevant document.
  size_t unjudged_questions = 0;
  // Passages asked for.
  int page_size = 0;
  double ingest_seconds = 0;
};

// A table.
std::string ReportText(const EvaluationReport& report);

// One JSON object: "dataset", "questions", "unjudged_questions", "degraded_questions", "page_size", "ingest_seconds";
// "metrics": by "ndcg@10", "recall@10", "recall@100", "mrr" an object of "mean", "low", "high" (95 % interval);
// "latency_ms": "p50", "p90", "p99".
std::string ReportJson(const EvaluationReport& report);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_REPORT_H_
