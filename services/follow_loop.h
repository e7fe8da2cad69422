// Looks at the store that a server follows, again and again, on a thread of its own, and says in the log when it cannot
// be followed and when it can again.
#ifndef BEDSIDE_SERVICES_FOLLOW_LOOP_H_
#define BEDSIDE_SERVICES_FOLLOW_LOOP_H_

#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "index/engine/following_engine.h"

namespace bedside {

class FollowLoop {
 public:
  // `engine` must outlive the loop. `period`: between the end of a look and the next.
  FollowLoop(FollowingEngine* engine, absl::Duration period);

  // Returns when the last look is over.
  ~FollowLoop();

  FollowLoop(const FollowLoop&) = delete;
  FollowLoop& operator=(const FollowLoop&) = delete;

 private:
  void Run(absl::Duration period);

  FollowingEngine* engine_;
  absl::Mutex mutex_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FOLLOW_LOOP_H_
