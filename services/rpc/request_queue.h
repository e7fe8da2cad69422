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
#include "services/access/access_door.h"
#include "services/rpc/call_recorder.h"

namespace bedside {

class RequestQueue {
 public:
  // REQUIRES: workers >= 1. `max_waiting`: requests that wait, those that run not counted. `door`: that the requests
  // came through; null where access is not controlled. `recorder`: of their calls; null where none is recorded. Both
  // must outlive the queue.
  RequestQueue(size_t workers, size_t max_waiting, const AccessDoor* door = nullptr,
               const CallRecorder* recorder = nullptr);
  ~RequestQueue();

  RequestQueue(const RequestQueue&) = delete;
  RequestQueue& operator=(const RequestQueue&) = delete;

  // Whether the request was admitted; `run` is then called once, on one of the threads.
  bool Submit(std::function<void()> run);

  // Knows who sent the requests.
  const AccessDoor* door() const { return door_; }
  const CallRecorder* recorder() const { return recorder_; }

 private:
  void Work();
  bool HasWorkOrEnds() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !waiting_.empty() || ends_; }

  const size_t max_waiting_;
  const AccessDoor* const door_;
  const CallRecorder* const recorder_;
  absl::Mutex mutex_;
  std::deque<std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
  bool ends_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_REQUEST_QUEUE_H_
