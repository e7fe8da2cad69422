#include "ingest/pipeline/pace.h"

#include <algorithm>

#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr absl::Duration kSlice = absl::Milliseconds(100);

}  // namespace

absl::Time Pace::Due(absl::Time now, int64_t embedded) const {
  absl::Time due = now;
  if (config_.passages_per_second() != 0) {
    const double passages = static_cast<double>(embedded - last_embedded_);
    due = std::max(due, last_end_ + absl::Seconds(passages / config_.passages_per_second()));
  }
  if (config_.has_busy_share()) due = std::max(due, last_end_ + (now - last_end_) / config_.busy_share());
  return due;
}

absl::Status Pace::Keep(int64_t embedded, const std::function<absl::Status()>& go_on) {
  absl::Time now = clock_();
  const bool is_first = last_end_ == absl::InfinitePast();
  const absl::Time due = is_first ? now : Due(now, embedded);
  RETURN_IF_ERROR(go_on());
  for (; now < due; now = clock_()) {
    sleep_(std::min(kSlice, due - now));
    RETURN_IF_ERROR(go_on());
  }
  last_end_ = now;
  last_embedded_ = embedded;
  return absl::OkStatus();
}

}  // namespace bedside
