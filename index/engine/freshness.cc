#include "index/engine/freshness.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultMaxLagMs = 30'000;

}  // namespace

Freshness::Freshness(uint32_t max_lag_ms, Clock clock)
    : max_lag_(absl::Milliseconds(max_lag_ms == 0 ? kDefaultMaxLagMs : max_lag_ms)), clock_(std::move(clock)) {}

void Freshness::Seen(absl::Time time) {
  absl::MutexLock lock(&mutex_);
  last_seen_ = std::max(last_seen_, time);
}

void Freshness::Looked(const absl::Status& status) {
  absl::MutexLock lock(&mutex_);
  problem_ = status;
}

absl::Duration Freshness::lag() const {
  const absl::Time now = clock_();
  absl::MutexLock lock(&mutex_);
  return now - last_seen_;
}

absl::Status Freshness::problem() const {
  absl::MutexLock lock(&mutex_);
  return problem_;
}

absl::Status Freshness::Check(absl::string_view who) const {
  const absl::Duration late = lag();
  if (late <= max_lag_) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(who, " for ", absl::FormatDuration(absl::Trunc(late, absl::Seconds(1))),
                                             ", so that it cannot know what was retracted; at most ",
                                             absl::FormatDuration(max_lag_), " are allowed. ", problem().message()));
}

}  // namespace bedside
