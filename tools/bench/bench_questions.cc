#include "tools/bench/bench_questions.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/eval/beir_dataset.h"

namespace bedside {

namespace {

constexpr size_t kWarmUp = 20;

std::vector<std::string> TextsOf(absl::Span<const JudgedQuestion> questions) {
  std::vector<std::string> texts;
  for (const JudgedQuestion& question : questions) texts.push_back(question.text);
  return texts;
}

}  // namespace

absl::StatusOr<BenchQuestions> ReadBenchQuestions(const std::string& folder, int limit) {
  if (limit < 1) return absl::InvalidArgumentError("--limit_queries: wanted 1 or more");
  ASSIGN_OR_RETURN(const EvaluationDataset dataset, ReadBeirDataset(folder));
  const size_t count = dataset.questions.size();
  if (count < 3)
    return absl::InvalidArgumentError(absl::StrCat(folder, " has ", count, " questions, wanted 3 or more"));
  const size_t measured = count - std::clamp<size_t>(count / 4, 1, kWarmUp);
  const size_t one = std::min(static_cast<size_t>(limit), measured / 2);
  const absl::Span<const JudgedQuestion> all = dataset.questions;
  return BenchQuestions{TextsOf(all.subspan(measured)), TextsOf(all.subspan(0, one)),
                        TextsOf(all.subspan(one, measured - one))};
}

std::vector<std::string> Repeated(absl::Span<const std::string> questions, int rounds) {
  std::vector<std::string> repeated;
  for (int round = 0; round < rounds; ++round) repeated.insert(repeated.end(), questions.begin(), questions.end());
  return repeated;
}

std::vector<std::string> EachRepeated(absl::Span<const std::string> questions, int times) {
  std::vector<std::string> repeated;
  for (const std::string& question : questions) repeated.insert(repeated.end(), times, question);
  return repeated;
}

}  // namespace bedside
