// The questions that a benchmark asks.
#ifndef BEDSIDE_TOOLS_BENCH_BENCH_QUESTIONS_H_
#define BEDSIDE_TOOLS_BENCH_BENCH_QUESTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace bedside {

// The first `limit` judged questions of a BEIR folder, in the order of the file; 0: all. Errors of ReadBeirDataset.
// INVALID_ARGUMENT: a negative limit.
absl::StatusOr<std::vector<std::string>> ReadBenchQuestions(const std::string& folder, int limit);

// All of them, `rounds` times over.
std::vector<std::string> Repeated(absl::Span<const std::string> questions, int rounds);

// Each `times` times in succession.
std::vector<std::string> EachRepeated(absl::Span<const std::string> questions, int times);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_BENCH_QUESTIONS_H_
