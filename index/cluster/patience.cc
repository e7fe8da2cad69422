#include "index/cluster/patience.h"

namespace bedside {

bool Patience::IsForNow(const absl::Status& status) {
  return absl::IsResourceExhausted(status) || absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

absl::Status Patience::Try(const std::function<absl::Status()>& attempt) const {
  absl::Status status = attempt();
  absl::Duration pause = kFirstPause;
  for (int attempts = 1; attempts < kAttempts && IsForNow(status); ++attempts, pause *= 2) {
    sleep_(pause);
    status = attempt();
  }
  return status;
}

}  // namespace bedside
