// What was measured in one run: a dataset, asked as it is or perturbed, question by question.
#ifndef BEDSIDE_TOOLS_EVAL_EVALUATION_RUN_H_
#define BEDSIDE_TOOLS_EVAL_EVALUATION_RUN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

// Of the ranking of documents. All 0 to 1.
enum class Metric { kNdcgAt10, kRecallAt10, kRecallAt100, kReciprocalRank };

inline constexpr size_t kMetrics = 4;
inline constexpr Metric kAllMetrics[kMetrics] = {Metric::kNdcgAt10, Metric::kRecallAt10, Metric::kRecallAt100,
                                                 Metric::kReciprocalRank};

// "ndcg@10", "recall@10", "recall@100", "mrr"
absl::string_view MetricName(Metric metric);

// Passages of one question that are kept in its result: as many as an answer may be made from.
inline constexpr size_t kJudgedPassages = 16;

struct JudgedPassage {
  // The document of the passage is judged relevant. What nobody judged counts as not relevant.
  bool relevant = false;
  // As in FoundPassage.
  absl::optional<double> relevance;
};

// What is kept of a question: never its words.
struct QuestionResult {
  std::string id;
  std::string type;
  // The perturbation changed its words.
  bool changed = false;
  bool degraded = false;
  // By Metric.
  std::array<double, kMetrics> metrics = {};
  // nDCG@10 by Stage; unset where the search gives no score of the stage.
  std::array<absl::optional<double>, 4> stage_ndcg;
  double latency_ms = 0;
  // Highest of the passages; unset when none has one.
  absl::optional<double> best_cosine;
  // The first kJudgedPassages, best first.
  std::vector<JudgedPassage> passages;

  double metric(Metric metric) const { return metrics[static_cast<size_t>(metric)]; }
};

// What every question took at an index of one size, in milliseconds: asked, and asked at once again.
struct GrowthPoint {
  int64_t passages = 0;
  std::vector<double> first_ms;
  std::vector<double> again_ms;
};

struct EvaluationRun {
  // EvaluationDataset.name and .format.
  std::string dataset;
  std::string format;
  // "" for the questions as they are; else the name of the perturbation and, where chance is in it, its seed.
  std::string perturbation;
  // Configuration that was measured, as text; "" for a server that ran already.
  std::string settings;
  // When it was measured, YYYY-MM-DD, UTC; "" in files of earlier versions.
  std::string date;
  // Resource name of the generation that answered, and what it holds; empty and 0 where the server did not say.
  std::string generation;
  std::string model;
  int64_t documents = 0;
  int64_t passages = 0;
  // Passages asked for.
  int page_size = 0;
  double ingest_seconds = 0;
  size_t unjudged_questions = 0;
  // Documents judged relevant that the index does not have: nothing can find them, and every one counts as missed.
  size_t missing_documents = 0;
  std::vector<QuestionResult> questions;
  // Of shares of the corpus and of all of it, by size; empty where it was not measured. Each has times.
  std::vector<GrowthPoint> growth;
};

// What two runs must share to be compared: "bioasq-dev", "bioasq-dev, typo 1".
std::string RunName(const EvaluationRun& run);

// One value a question, in their order.
std::vector<double> MetricValues(const EvaluationRun& run, Metric metric);
std::vector<double> Latencies(const EvaluationRun& run);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_EVALUATION_RUN_H_
