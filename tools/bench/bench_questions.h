// The questions that a benchmark asks.
#ifndef BEDSIDE_TOOLS_BENCH_BENCH_QUESTIONS_H_
#define BEDSIDE_TOOLS_BENCH_BENCH_QUESTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace bedside {

// Disjoint parts of the questions of a dataset: a server may remember what it was asked.
struct BenchQuestions {
  // To be asked before a measurement.
  std::vector<std::string> warm_up;
  // For one client.
  std::vector<std::string> one;
  // For several.
  std::vector<std::string> many;
};

// The judged questions of a BEIR folder, in the order of the file: the last 20 for the warm-up (of fewer than 80 the
// last quarter, and at least one), of the others the first `limit` for one client, or half if there are fewer than
// twice as many, and the rest for several. Errors of ReadBeirDataset. INVALID_ARGUMENT: limit < 1, or fewer than three
// questions.
absl::StatusOr<BenchQuestions> ReadBenchQuestions(const std::string& folder, int limit);

// All of them, `rounds` times over.
std::vector<std::string> Repeated(absl::Span<const std::string> questions, int rounds);

// Each `times` times in succession.
std::vector<std::string> EachRepeated(absl::Span<const std::string> questions, int times);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_BENCH_QUESTIONS_H_
