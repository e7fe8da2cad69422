// How every program of a benchmark starts and ends.
#ifndef BEDSIDE_TOOLS_BENCH_BENCH_MAIN_H_
#define BEDSIDE_TOOLS_BENCH_BENCH_MAIN_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// Parses the flags, calls `run` and prints what it returns; --help prints `usage` instead. Returns
// the exit status: 0 measured, 1 failed or an unknown option, 2 a bad value, configuration or dataset.
int BenchMain(absl::string_view program, absl::string_view usage,
              const std::function<absl::StatusOr<std::string>()>& run, int argc, char** argv);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_BENCH_MAIN_H_
