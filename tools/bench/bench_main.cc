#include "tools/bench/bench_main.h"

#include <algorithm>
#include <iostream>
#include <vector>

#include "absl/flags/parse.h"

namespace bedside {
namespace {

// Before Abseil sees it, whose own answer is an error and names files of the source.
bool IsHelpWanted(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc, [](absl::string_view argument) { return argument == "--help"; });
}

}  // namespace

int BenchMain(absl::string_view program, absl::string_view usage,
              const std::function<absl::StatusOr<std::string>()>& run, int argc, char** argv) {
  if (IsHelpWanted(argc, argv)) {
    std::cout << usage;
    return 0;
  }
  if (const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv); arguments.size() > 1) {
    std::cerr << program << ": " << arguments[1] << " is no option; see --help\n";
    return 2;
  }
  const absl::StatusOr<std::string> result = run();
  if (result.ok()) {
    std::cout << *result << std::flush;
    return 0;
  }
  std::cerr << program << ": " << result.status().message() << "\n";
  return absl::IsInvalidArgument(result.status()) || absl::IsNotFound(result.status()) ? 2 : 1;
}

}  // namespace bedside
