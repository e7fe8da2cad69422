// Runs calls on a fixed number of threads. What cannot be served in time is refused at once, so that those who are
// admitted are served; who waits, and who is next, is for Admission to say (admission.h). Before a call is refused,
// those leave the line that nobody waits for any more, so that calls which are cancelled at once keep nobody out.
//
// Thread-safe. The destructor runs what was admitted and joins the threads.
#ifndef BEDSIDE_SERVICES_RPC_REQUEST_QUEUE_H_
#define BEDSIDE_SERVICES_RPC_REQUEST_QUEUE_H_

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "index/status/work_limit.h"
#include "services/rpc/admission.h"
#include "services/rpc/call_keepers.h"
#include "services/rpc/call_priority.h"
#include "services/trace/trace_context.h"

namespace bedside {

// Told of what becomes of calls, from any thread. Either may be empty.
struct QueueObserver {
  // How long one that is about to run has waited.
  std::function<void(absl::Duration)> on_wait;
  std::function<void(CallPriority, RefusalReason)> on_refused;
};

class RequestQueue {
 public:
  struct Load {
    size_t waiting = 0;
    size_t running = 0;
    // Of a question that came now.
    absl::Duration expected_wait;
  };

  // REQUIRES: limits.workers >= 1.
  explicit RequestQueue(const AdmissionLimits& limits, QueueObserver observer = {}, CallKeepers keepers = {});
  ~RequestQueue();

  RequestQueue(const RequestQueue&) = delete;
  RequestQueue& operator=(const RequestQueue&) = delete;

  // Unset: the call was admitted, and `run` is called once, on one of the threads, in the trace that is current here.
  // When `until` is over it is called, too, perhaps on a thread that submits, and must end without work.
  absl::optional<Refusal> Submit(CallPriority priority, const WorkLimit& until, std::function<void()> run);

  const CallKeepers& keepers() const { return keepers_; }
  Load load() const;
  const AdmissionLimits& limits() const { return limits_; }

 private:
  struct Request {
    WorkLimit until;
    std::function<void()> run;
    absl::Time arrival;
    absl::optional<TraceContext> trace;
  };

  void Work();
  // Waits for the next call and runs it; false: the queue ends.
  bool RunNext();
  // Moves out of `request` if it is admitted.
  absl::optional<Refusal> Admit(CallPriority priority, Request* request);
  // Ends what nobody waits for any more; whether there was such.
  bool Sweep(CallPriority priority);
  // Waits until there is one, and begins it; unset: the queue ends.
  absl::optional<CallPriority> BeginNext(Request* request);
  void Run(const Request& request);
  bool HasWorkOrEnds() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return admission_.Next().has_value() || (ends_ && admission_.waiting() == 0);
  }

  const AdmissionLimits limits_;
  const QueueObserver observer_;
  const CallKeepers keepers_;
  mutable absl::Mutex mutex_;
  Admission admission_ ABSL_GUARDED_BY(mutex_);
  // By priority.
  std::array<std::deque<Request>, kCallPriorities> lines_ ABSL_GUARDED_BY(mutex_);
  bool ends_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_REQUEST_QUEUE_H_
