#include "tools/bench/bench_questions.h"

#include <utility>

#include "index/status/status_macros.h"
#include "tools/eval/beir_dataset.h"

namespace bedside {

absl::StatusOr<std::vector<std::string>> ReadBenchQuestions(const std::string& folder, int limit) {
  if (limit < 0) return absl::InvalidArgumentError("--limit_queries: wanted 0 or more");
  ASSIGN_OR_RETURN(BeirDataset dataset, ReadBeirDataset(folder));
  std::vector<std::string> questions;
  for (JudgedQuestion& question : dataset.questions) questions.push_back(std::move(question.text));
  const size_t wanted = static_cast<size_t>(limit);
  if (wanted > 0 && wanted < questions.size()) questions.resize(wanted);
  return questions;
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
