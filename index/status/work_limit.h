// Until when the result of a piece of work is wanted, and whether it still is. It goes down with the work, and each
// stage asks before it begins, so that what nobody waits for ends within one stage.
#ifndef BEDSIDE_INDEX_STATUS_WORK_LIMIT_H_
#define BEDSIDE_INDEX_STATUS_WORK_LIMIT_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace bedside {

struct WorkLimit {
  absl::Time deadline = absl::InfiniteFuture();
  // Whether nobody waits any more. Thread-safe; empty: somebody always does.
  std::function<bool()> is_cancelled;

  bool IsCancelled() const { return is_cancelled && is_cancelled(); }

  // Whether `stage` ("to search") should begin. DEADLINE_EXCEEDED, which a deadline that has cancelled is, too;
  // CANCELLED.
  absl::Status Check(absl::string_view stage) const {
    if (absl::Now() >= deadline) return absl::DeadlineExceededError(absl::StrCat("no time was left ", stage));
    if (IsCancelled()) return absl::CancelledError("the request was cancelled");
    return absl::OkStatus();
  }
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STATUS_WORK_LIMIT_H_
