// Programs that a benchmark runs to their end.
#ifndef BEDSIDE_TOOLS_BENCH_PROGRAM_RUN_H_
#define BEDSIDE_TOOLS_BENCH_PROGRAM_RUN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace bedside {

// Runs the program at the path arguments[0] with standard output and error going to the file `log_path`, which is
// written anew; returns the seconds from its start to its end. INTERNAL: it ended with another status than 0; the
// message names it, its status and the log. Errors of ChildProcess. REQUIRES: !arguments.empty()
absl::StatusOr<double> RunProgram(const std::vector<std::string>& arguments, const std::string& log_path);

// As RunProgram; returns what the program printed: one JSON object in the last line that begins with '{'. INTERNAL:
// there is none.
absl::StatusOr<nlohmann::json> RunForJson(const std::vector<std::string>& arguments, const std::string& log_path);

// The JSON object in the last line of `text` that begins with '{'. INVALID_ARGUMENT: there is none.
absl::StatusOr<nlohmann::json> LastJsonLine(absl::string_view text);

// INTERNAL: the file cannot be read.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_PROGRAM_RUN_H_
