#include "tools/eval/evaluation.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "tools/eval/ranking_metrics.h"

namespace bedside {
namespace {

constexpr size_t kWarmUpQuestions = 20;
constexpr size_t kResamples = 1000;
constexpr uint64_t kSeed = 20021001;

// One value a question.
struct Measurements {
  std::vector<double> ndcg_at_10;
  std::vector<double> recall_at_10;
  std::vector<double> recall_at_100;
  std::vector<double> reciprocal_rank;
  std::vector<double> latency_ms;
  size_t degraded = 0;
};

absl::StatusOr<FoundDocuments> Ask(const JudgedQuestion& question, const SearchFunction& search) {
  absl::StatusOr<FoundDocuments> found = search(question.text);
  if (found.ok()) return found;
  return absl::Status(found.status().code(),
                      absl::StrCat("the search for question ", question.id, " failed: ", found.status().message()));
}

void Measure(const FoundDocuments& found, const Judgements& judgements, Measurements* measurements) {
  measurements->ndcg_at_10.push_back(NdcgAt(10, found.ids, judgements));
  measurements->recall_at_10.push_back(RecallAt(10, found.ids, judgements));
  measurements->recall_at_100.push_back(RecallAt(100, found.ids, judgements));
  measurements->reciprocal_rank.push_back(ReciprocalRank(found.ids, judgements));
  if (found.degraded) ++measurements->degraded;
}

Evaluation Summary(const Measurements& measurements) {
  Evaluation evaluation;
  evaluation.questions = measurements.latency_ms.size();
  evaluation.degraded_questions = measurements.degraded;
  evaluation.ndcg_at_10 = BootstrapMean(measurements.ndcg_at_10, kResamples, kSeed);
  evaluation.recall_at_10 = BootstrapMean(measurements.recall_at_10, kResamples, kSeed);
  evaluation.recall_at_100 = BootstrapMean(measurements.recall_at_100, kResamples, kSeed);
  evaluation.mrr = BootstrapMean(measurements.reciprocal_rank, kResamples, kSeed);
  evaluation.latency_ms_p50 = Percentile(measurements.latency_ms, 50);
  evaluation.latency_ms_p90 = Percentile(measurements.latency_ms, 90);
  evaluation.latency_ms_p99 = Percentile(measurements.latency_ms, 99);
  return evaluation;
}

}  // namespace

absl::StatusOr<Evaluation> Evaluate(absl::Span<const JudgedQuestion> questions, const SearchFunction& search) {
  for (const JudgedQuestion& question : questions.subspan(0, std::min(questions.size(), kWarmUpQuestions))) {
    RETURN_IF_ERROR(Ask(question, search).status());
  }
  Measurements measurements;
  for (const JudgedQuestion& question : questions) {
    const absl::Time start = absl::Now();
    ASSIGN_OR_RETURN(const FoundDocuments found, Ask(question, search));
    measurements.latency_ms.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
    Measure(found, question.judgements, &measurements);
  }
  return Summary(measurements);
}

}  // namespace bedside
