// Counts what is under way, so that who owns what it uses can wait for its end.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_OPEN_CALLS_H_
#define BEDSIDE_SERVICES_GATEWAY_OPEN_CALLS_H_

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bedside {

class OpenCalls {
 public:
  // To be held while the call is under way; null: no call begins any more.
  std::shared_ptr<void> Enter() {
    absl::MutexLock lock(&mutex_);
    if (closed_) return nullptr;
    ++open_;
    return std::shared_ptr<void>(this, [](OpenCalls* calls) { calls->Leave(); });
  }

  // Lets no call begin any more, and returns when no ticket is held.
  void Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    mutex_.Await(absl::Condition(
        +[](size_t* open) { return *open == 0; }, &open_));
  }

 private:
  void Leave() {
    absl::MutexLock lock(&mutex_);
    --open_;
  }

  absl::Mutex mutex_;
  size_t open_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_OPEN_CALLS_H_
