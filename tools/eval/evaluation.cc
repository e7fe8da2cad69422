#include "tools/eval/evaluation.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/retrieval/ranking_metrics.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr size_t kWarmUpQuestions = 20;

absl::StatusOr<FoundEvidence> Ask(const JudgedQuestion& question, const SearchFunction& search) {
  absl::StatusOr<FoundEvidence> found = search(question.text);
  if (found.ok()) return found;
  return absl::Status(found.status().code(),
                      absl::StrCat("the search for question ", question.id, " failed: ", found.status().message()));
}

void MeasureStages(const FoundEvidence& found, const Judgements& judgements, QuestionResult* result) {
  for (const Stage stage : kStages) {
    const std::vector<std::string> ranking = RankedDocuments(found, stage);
    if (ranking.empty() && !found.passages.empty()) continue;
    result->stage_ndcg[static_cast<size_t>(stage)] = NdcgAt(10, ranking, judgements);
  }
}

void KeepPassages(const FoundEvidence& found, const Judgements& judgements, QuestionResult* result) {
  for (const FoundPassage& passage : found.passages) {
    result->best_cosine = std::max(result->best_cosine, passage.cosine);
    if (result->passages.size() == kJudgedPassages) continue;
    const auto judged = judgements.find(passage.document);
    result->passages.push_back({judged != judgements.end() && judged->second > 0, passage.relevance});
  }
}

QuestionResult Measured(const JudgedQuestion& question, const FoundEvidence& found) {
  const Judgements& judgements = question.judgements;
  const std::vector<std::string> ranking = RankedDocuments(found, Stage::kFinal);
  QuestionResult result;
  result.id = question.id;
  result.type = question.type;
  result.degraded = found.degraded;
  result.metrics = {NdcgAt(10, ranking, judgements), RecallAt(10, ranking, judgements),
                    RecallAt(100, ranking, judgements), ReciprocalRank(ranking, judgements)};
  MeasureStages(found, judgements, &result);
  KeepPassages(found, judgements, &result);
  return result;
}

}  // namespace

absl::StatusOr<std::vector<QuestionResult>> Evaluate(absl::Span<const JudgedQuestion> questions,
                                                     const SearchFunction& search) {
  for (const JudgedQuestion& question : questions.subspan(0, std::min(questions.size(), kWarmUpQuestions))) {
    RETURN_IF_ERROR(Ask(question, search).status());
  }
  std::vector<QuestionResult> results;
  for (const JudgedQuestion& question : questions) {
    const absl::Time start = absl::Now();
    ASSIGN_OR_RETURN(const FoundEvidence found, Ask(question, search));
    const absl::Duration latency = absl::Now() - start;
    results.push_back(Measured(question, found));
    results.back().latency_ms = absl::ToDoubleMilliseconds(latency);
  }
  return results;
}

}  // namespace bedside
