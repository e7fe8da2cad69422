// Lets work that can wait stand back behind work that somebody waits for, where processors are short. For good, and for
// the threads that the calling one starts from then on. Linux only, which counts priorities by thread.
#ifndef BEDSIDE_INDEX_STATUS_WORK_PRIORITY_H_
#define BEDSIDE_INDEX_STATUS_WORK_PRIORITY_H_

#include <sched.h>
#include <unistd.h>

namespace bedside {

// About a tenth of a processor that others want as well. A thread that wakes up does not take the place of this one
// before the kernel next balances its processors, some ten milliseconds later.
inline void StandBack() {
  constexpr int kNicer = 10;
  // Cannot fail in this direction.
  [[maybe_unused]] const int niceness = nice(kNicer);
}

// Next to nothing of a processor that others want as well, and a thread that wakes up takes its place at once.
inline void RunWhenIdle() {
  constexpr sched_param kNoPriority = {};
  // Cannot fail in this direction.
  [[maybe_unused]] const int result = sched_setscheduler(0, SCHED_IDLE, &kNoPriority);
}

// Whether the calling thread does.
inline bool RunsWhenIdle() { return sched_getscheduler(0) == SCHED_IDLE; }

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STATUS_WORK_PRIORITY_H_
