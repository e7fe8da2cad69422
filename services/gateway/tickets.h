// Counts what is under way, so that who owns what it uses can wait for its end.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_TICKETS_H_
#define BEDSIDE_SERVICES_GATEWAY_TICKETS_H_

#include <cstddef>
#include <limits>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace bedside {

class Tickets {
 public:
  explicit Tickets(size_t most = std::numeric_limits<size_t>::max()) : most_(most) {}

  // To be held while something is under way; null: there are as many as there may be, or none begins any more.
  std::shared_ptr<void> Take() {
    absl::MutexLock lock(&mutex_);
    if (closed_ || held_ >= most_) return nullptr;
    ++held_;
    return std::shared_ptr<void>(this, [](Tickets* tickets) { tickets->Return(); });
  }

  // Gives out none any more.
  void Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }

  // Whether none is held, or comes to be before `longest` has passed.
  bool AwaitNone(absl::Duration longest = absl::InfiniteDuration()) {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithTimeout(absl::Condition(
                                       +[](size_t* held) { return *held == 0; }, &held_),
                                   longest);
  }

 private:
  void Return() {
    absl::MutexLock lock(&mutex_);
    --held_;
  }

  const size_t most_;
  absl::Mutex mutex_;
  size_t held_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_TICKETS_H_
