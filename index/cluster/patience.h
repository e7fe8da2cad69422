// Asks a cluster that has no room or no time now again, later and later.
//
// Immutable, thread-safe where what it sleeps with is.
#ifndef BEDSIDE_INDEX_CLUSTER_PATIENCE_H_
#define BEDSIDE_INDEX_CLUSTER_PATIENCE_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace bedside {

class Patience {
 public:
  static constexpr int kAttempts = 8;
  // Before the second attempt; twice as long before each that follows: about half a minute in all.
  static constexpr absl::Duration kFirstPause = absl::Milliseconds(250);

  using Sleep = std::function<void(absl::Duration)>;

  explicit Patience(Sleep sleep = &absl::SleepFor, int attempts = kAttempts)
      : sleep_(std::move(sleep)), attempts_(attempts) {}

  // What became of the last attempt: the first that goes well or fails for good
  // (IsTransient), or the last that is made.
  absl::Status Try(const std::function<absl::Status()>& attempt) const;

 private:
  const Sleep sleep_;
  const int attempts_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_PATIENCE_H_
