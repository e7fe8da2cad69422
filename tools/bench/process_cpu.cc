#include "tools/bench/process_cpu.h"

#include <unistd.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

// Fields 14 and 15 of proc(5), counted from the third, which follows the name of the program: that may hold anything.
constexpr size_t kUserTime = 11;
constexpr size_t kKernelTime = 12;

}  // namespace

absl::StatusOr<double> ParseCpuSeconds(absl::string_view stat, double ticks_a_second) {
  const size_t end_of_name = stat.rfind(')');
  if (end_of_name != absl::string_view::npos) {
    const std::vector<absl::string_view> fields = absl::StrSplit(stat.substr(end_of_name + 1), ' ', absl::SkipEmpty());
    uint64_t user = 0, kernel = 0;
    if (fields.size() > kKernelTime && absl::SimpleAtoi(fields[kUserTime], &user) &&
        absl::SimpleAtoi(fields[kKernelTime], &kernel)) {
      return static_cast<double>(user + kernel) / ticks_a_second;
    }
  }
  return absl::InvalidArgumentError("no utime and stime in what the kernel says of the process");
}

absl::StatusOr<double> CpuSecondsOf(absl::Span<const pid_t> processes) {
  const auto ticks_a_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  double sum = 0;
  for (const pid_t process : processes) {
    ASSIGN_OR_RETURN(const std::string stat, ReadTextFile(absl::StrCat("/proc/", process, "/stat")));
    ASSIGN_OR_RETURN(const double seconds, ParseCpuSeconds(stat, ticks_a_second));
    sum += seconds;
  }
  return sum;
}

}  // namespace bedside
