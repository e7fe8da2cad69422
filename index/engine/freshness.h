// How long ago the state of what others write was known, and why it cannot be known now.
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_ENGINE_FRESHNESS_H_
#define BEDSIDE_INDEX_ENGINE_FRESHNESS_H_

#include <cstdint>
#include <functional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace bedside {

class Freshness {
 public:
  using Clock = std::function<absl::Time()>;

  // `max_lag_ms`: 0 stands for 30,000.
  Freshness(uint32_t max_lag_ms, Clock clock);

  absl::Time now() const { return clock_(); }
  absl::Duration max_lag() const { return max_lag_; }

  // The state is known as of `time`; an earlier one changes nothing.
  void Seen(absl::Time time);

  // What the last look came to.
  void Looked(const absl::Status& status);

  // Infinite, where the state was never known.
  absl::Duration lag() const;
  absl::Status problem() const;

  // UNAVAILABLE: it is longer ago than max_lag(), so that what was retracted meanwhile cannot be known. `who`: what
  // stands before how long: "this server has not seen its cluster".
  absl::Status Check(absl::string_view who) const;

 private:
  const absl::Duration max_lag_;
  const Clock clock_;
  mutable absl::Mutex mutex_;
  absl::Time last_seen_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Status problem_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_FRESHNESS_H_
