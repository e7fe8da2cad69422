// Slows a run down, so that those who ask meanwhile are answered: sleeps between batches of the model until no more was
// embedded in a second, and no more of the time was spent, than the settings allow. Not thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_PACE_H_
#define BEDSIDE_INGEST_PIPELINE_PACE_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "proto/bedside/config/ingest_config.pb.h"

namespace bedside {

class Pace {
 public:
  // `clock` gives the time of now; `sleep` passes it.
  explicit Pace(const config::ThrottleConfig& config, std::function<absl::Time()> clock = absl::Now,
                std::function<void(absl::Duration)> sleep = absl::SleepFor)
      : config_(config), clock_(std::move(clock)), sleep_(std::move(sleep)) {}

  // To be called after each batch, first before the first one. `embedded`: passages that the model was run on since
  // the beginning. An error of `go_on`, which is asked several times a second, ends the sleep.
  absl::Status Keep(int64_t embedded, const std::function<absl::Status()>& go_on);

 private:
  // When the next batch may begin.
  absl::Time Due(absl::Time now, int64_t embedded) const;

  config::ThrottleConfig config_;
  std::function<absl::Time()> clock_;
  std::function<void(absl::Duration)> sleep_;
  // Before the first call: the infinite past.
  absl::Time last_end_ = absl::InfinitePast();
  int64_t last_embedded_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_PACE_H_
