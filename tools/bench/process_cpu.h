// The processor time of a process, as the kernel counts it: what its work costs, whatever else shares the cores.
#ifndef BEDSIDE_TOOLS_BENCH_PROCESS_CPU_H_
#define BEDSIDE_TOOLS_BENCH_PROCESS_CPU_H_

#include <sys/types.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace bedside {

// Seconds of all its threads, the ended ones too, in user and in kernel mode: utime and stime in the text of
// /proc/PID/stat (proc(5)), which count `ticks_a_second`. INVALID_ARGUMENT: it is no such text.
absl::StatusOr<double> ParseCpuSeconds(absl::string_view stat, double ticks_a_second);

// The sum of what running processes have taken so far, to a hundredth of a second each. INTERNAL: one is not there.
absl::StatusOr<double> CpuSecondsOf(absl::Span<const pid_t> processes);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_PROCESS_CPU_H_
