// Which calls may wait for a worker, and which of them is next: the rules of RequestQueue, without its threads and its
// clock.
//
// What waits is bounded by time. By Little's law (A proof for the queuing formula L = λW, 1961) a call waits for as
// long as those before it, times the mean interval at which they begin. That interval is measured while calls wait, so
// the number that may wait follows what the server does, whatever slows it down. A call is refused on arrival
//   - that would wait for longer than its patience: `max_wait` (ten times that for reads, a hundred times for changes),
//     or what calls of its priority take themselves, where that is longer. Waiting then at most doubles what they take,
//     and there is never a queue that stands for long (Nichols and Jacobson, Controlling queue delay, 2012; Maurer,
//     Fail at scale, 2015, which bounds the queues of servers likewise);
//   - that would wait past its deadline;
//   - that finds `max_waiting` calls of its priority waiting.
// The first of a line always may wait: so the interval is measured anew where it has changed.
//
// Lines of different priority share the workers by stride scheduling (Waldspurger and Weihl, 1995), 16 to 4 to 1, so
// that none starves; all that are no questions together run on half of the workers at most, so that what takes long
// leaves some to those who ask.
//
// Not thread-safe. Cost: no call takes longer than a look at three lines.
#ifndef BEDSIDE_SERVICES_RPC_ADMISSION_H_
#define BEDSIDE_SERVICES_RPC_ADMISSION_H_

#include <array>
#include <cstddef>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "services/rpc/call_priority.h"

namespace bedside {

enum class RefusalReason { kWait, kDeadline, kFull };

// "wait", "deadline", "full".
const char* ReasonLabel(RefusalReason reason);

struct Refusal {
  RefusalReason reason;
  // How long the call would have waited.
  absl::Duration wait;
  // When to come again. Each refused call is given a turn behind those that were refused before it, at the pace at
  // which calls begin, so that they do not all come back at once; ten seconds at most.
  absl::Duration retry;
};

struct AdmissionLimits {
  size_t workers = 1;
  // Of each priority, those that run not counted.
  size_t max_waiting = 256;
  absl::Duration max_wait = absl::Milliseconds(100);
};

class Admission {
 public:
  // REQUIRES: limits.workers >= 1
  explicit Admission(const AdmissionLimits& limits) : limits_(limits) {}

  // A call comes. Unset: it waits now.
  absl::optional<Refusal> Arrive(CallPriority priority, absl::Time now, absl::Time deadline);

  // Of which line the first is to run next; unset: none waits that may run. A worker is free.
  absl::optional<CallPriority> Next() const;

  // It begins. REQUIRES: a call of this priority waits.
  void Begin(CallPriority priority, absl::Time now);

  // So many that waited are gone, and were not begun.
  void Leave(CallPriority priority, size_t calls) { LineOf(priority).waiting -= calls; }

  // One that began has ended.
  void End(CallPriority priority, absl::Duration took);

  // Of a call that came now.
  absl::Duration ExpectedWait(CallPriority priority) const;

  size_t waiting() const;
  size_t running() const;
  const AdmissionLimits& limits() const { return limits_; }

 private:
  struct Line {
    size_t waiting = 0;
    size_t running = 0;
    // Means: of the time that the first of the line waits as the first; of what a call takes.
    absl::Duration interval;
    absl::Duration run_time;
    // Since when it does; InfinitePast(): there is none, or a worker was free when it came.
    absl::Time first_since = absl::InfinitePast();
    // The turn that was given last to one that was refused.
    absl::Time last_turn = absl::InfinitePast();
    // Of stride scheduling: the line with the least is next.
    double pass = 0;
  };

  Line& LineOf(CallPriority priority) { return lines_[static_cast<size_t>(priority)]; }
  const Line& LineOf(CallPriority priority) const { return lines_[static_cast<size_t>(priority)]; }
  absl::optional<RefusalReason> ReasonToRefuse(CallPriority priority, absl::Time now, absl::Time deadline) const;
  absl::Duration NextTurn(CallPriority priority, absl::Time now);
  bool MayRun(CallPriority priority) const;

  AdmissionLimits limits_;
  std::array<Line, kCallPriorities> lines_;
  // The pass of the line that was next last: one that was empty does not make up for that.
  double pass_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_ADMISSION_H_
