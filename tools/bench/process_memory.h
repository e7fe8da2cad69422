// The memory of a process, as the kernel counts it.
#ifndef BEDSIDE_TOOLS_BENCH_PROCESS_MEMORY_H_
#define BEDSIDE_TOOLS_BENCH_PROCESS_MEMORY_H_

#include <sys/types.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

struct ProcessMemory {
  // Resident now, and the most that was.
  double resident_gib;
  double peak_gib;
};

// VmRSS and VmHWM in the text of /proc/PID/status (proc(5)). INVALID_ARGUMENT: one is not there.
absl::StatusOr<ProcessMemory> ParseProcessMemory(absl::string_view status);

// Of a running process. INTERNAL: there is no such process.
absl::StatusOr<ProcessMemory> MemoryOf(pid_t pid);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_PROCESS_MEMORY_H_
