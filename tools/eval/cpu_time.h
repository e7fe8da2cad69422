// Processor time that was spent: what work costs, whatever else runs beside it.
#ifndef BEDSIDE_TOOLS_EVAL_CPU_TIME_H_
#define BEDSIDE_TOOLS_EVAL_CPU_TIME_H_

#include <ctime>

#include "absl/time/time.h"

namespace bedside {

inline absl::Duration CpuTimeBy(clockid_t clock) {
  timespec time = {};
  clock_gettime(clock, &time);
  return absl::DurationFromTimespec(time);
}

// Of the calling thread, since it began.
inline absl::Duration ThreadCpuTime() { return CpuTimeBy(CLOCK_THREAD_CPUTIME_ID); }

// Of all threads of the process, since it began.
inline absl::Duration ProcessCpuTime() { return CpuTimeBy(CLOCK_PROCESS_CPUTIME_ID); }

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_CPU_TIME_H_
