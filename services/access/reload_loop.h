// Looks at files that may change, again and again, on a thread of its own, and says in the log when one cannot be used
// and when it can again.
#ifndef BEDSIDE_SERVICES_ACCESS_RELOAD_LOOP_H_
#define BEDSIDE_SERVICES_ACCESS_RELOAD_LOOP_H_

#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace bedside {

class ReloadLoop {
 public:
  // `what`: for the log. `look` is called on the thread only; its message must be fit for the log. `period`: between
  // the end of a look and the next.
  ReloadLoop(std::string what, std::function<absl::Status()> look, absl::Duration period);

  // Returns when the last look is over.
  ~ReloadLoop();

  ReloadLoop(const ReloadLoop&) = delete;
  ReloadLoop& operator=(const ReloadLoop&) = delete;

 private:
  void Run(absl::Duration period);

  const std::string what_;
  const std::function<absl::Status()> look_;
  absl::Mutex mutex_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_RELOAD_LOOP_H_
