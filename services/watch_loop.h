// Looks at something outside of the process that may change, again and again, on a thread of its own, and says in the
// log when what it is now cannot be used, and when it can again.
#ifndef BEDSIDE_SERVICES_WATCH_LOOP_H_
#define BEDSIDE_SERVICES_WATCH_LOOP_H_

#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace bedside {

class WatchLoop {
 public:
  struct Lines {
    // What stands before a problem.
    std::string problem;
    // Said when there is none any more.
    std::string again;
  };

  // `look` is called on the thread only; its message must be fit for the log. `period`: between the end of a look and
  // the next.
  WatchLoop(Lines lines, std::function<absl::Status()> look, absl::Duration period);
  // Returns when the last look is over.
  ~WatchLoop();

  WatchLoop(const WatchLoop&) = delete;
  WatchLoop& operator=(const WatchLoop&) = delete;

 private:
  void Run(absl::Duration period);

  const Lines lines_;
  const std::function<absl::Status()> look_;
  absl::Mutex mutex_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_WATCH_LOOP_H_
