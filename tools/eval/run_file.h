// Runs as a JSON file, so that one measurement can be compared with another. docs/formats/evaluation-runs.md has the
// format.
#ifndef BEDSIDE_TOOLS_EVAL_RUN_FILE_H_
#define BEDSIDE_TOOLS_EVAL_RUN_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/eval/evaluation_run.h"

namespace bedside {

// The whole file, with means and intervals for readers that are no bedside_eval.
std::string RunsJson(absl::Span<const EvaluationRun> runs);

// INVALID_ARGUMENT: not such a file, of another version, damaged, a value out of its range, a question twice in a run
// or a run without questions; the message says where.
absl::StatusOr<std::vector<EvaluationRun>> ParseRuns(absl::string_view json);

// INTERNAL: cannot be written.
absl::Status WriteRuns(absl::Span<const EvaluationRun> runs, const std::string& path);

// NOT_FOUND: cannot be opened. Errors of ParseRuns, with the path.
absl::StatusOr<std::vector<EvaluationRun>> ReadRuns(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_RUN_FILE_H_
