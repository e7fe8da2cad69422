// Measures a search over the questions of a dataset.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "tools/eval/beir_dataset.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {

struct FoundDocuments {
  // Best first, each once.
  std::vector<std::string> ids;
  // A path of the search was not available.
  bool degraded = false;
};

// Finds documents for the text of a question.
using SearchFunction = std::function<absl::StatusOr<FoundDocuments>(const std::string& question)>;

struct Evaluation {
  size_t questions = 0;
  size_t degraded_questions = 0;
  Estimate ndcg_at_10;
  Estimate recall_at_10;
  Estimate recall_at_100;
  // Mean reciprocal rank.
  Estimate mrr;
  // Of one search as its caller sees it.
  double latency_ms_p50 = 0;
  double latency_ms_p90 = 0;
  double latency_ms_p99 = 0;
};

// Asks every question, one after the other; the first 20 are asked once before, unmeasured, so that what is measured is
// warm. Intervals are from 1,000 resamples of the questions with a fixed seed. An error of `search` ends it; the
// message names the question by its id. REQUIRES: !questions.empty()
absl::StatusOr<Evaluation> Evaluate(absl::Span<const JudgedQuestion> questions, const SearchFunction& search);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_H_
