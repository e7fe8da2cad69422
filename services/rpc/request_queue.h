// Runs requests on a fixed number of threads, from a bounded queue: what does not fit is refused at once, so that those
// who are admitted are served.
//
// Thread-safe. The destructor runs what was admitted and joins the threads.
#ifndef BEDSIDE_SERVICES_RPC_REQUEST_QUEUE_H_
#define BEDSIDE_SERVICES_RPC_REQUEST_QUEUE_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "services/access/access_door.h"
#include "services/rpc/call_recorder.h"
#include "services/trace/trace_context.h"

namespace bedside {

// Told of what becomes of requests, from any thread. Either may be empty.
struct QueueObserver {
  // How long one that is about to run has waited.
  std::function<void(absl::Duration)> on_wait;
  std::function<void()> on_refused;
};

// Who stands beside the calls that the requests are of; all must outlive the queue.
struct CallKeepers {
  // Knows who calls; null where access is not controlled.
  const AccessDoor* door = nullptr;
  // Null where no call is recorded.
  const CallRecorder* recorder = nullptr;
};

class RequestQueue {
 public:
  struct Load {
    size_t waiting = 0;
    size_t running = 0;
  };

  // REQUIRES: workers >= 1. `max_waiting`: requests that wait, those that run not counted.
  RequestQueue(size_t workers, size_t max_waiting, QueueObserver observer = {}, CallKeepers keepers = {});
  ~RequestQueue();

  RequestQueue(const RequestQueue&) = delete;
  RequestQueue& operator=(const RequestQueue&) = delete;

  // Whether the request was admitted; `run` is then called once, on one of the threads, in the trace that is current
  // here.
  bool Submit(std::function<void()> run);

  const CallKeepers& keepers() const { return keepers_; }
  Load load() const;
  size_t workers() const { return threads_.size(); }
  size_t max_waiting() const { return max_waiting_; }

 private:
  struct Request {
    std::function<void()> run;
    absl::Time arrival;
    absl::optional<TraceContext> trace;
  };

  void Work();
  bool Admit(std::function<void()> run);
  bool HasWorkOrEnds() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !waiting_.empty() || ends_; }

  const size_t max_waiting_;
  const QueueObserver observer_;
  const CallKeepers keepers_;
  mutable absl::Mutex mutex_;
  std::deque<Request> waiting_ ABSL_GUARDED_BY(mutex_);
  size_t running_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ends_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_REQUEST_QUEUE_H_
