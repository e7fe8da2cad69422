#include "index/cluster/patience.h"

#include "index/cluster/cluster_client.h"

namespace bedside {

absl::Status Patience::Try(const std::function<absl::Status()>& attempt) const {
  absl::Status status = attempt();
  absl::Duration pause = kFirstPause;
  for (int attempts = 1; attempts < attempts_ && IsTransient(status); ++attempts, pause *= 2) {
    sleep_(pause);
    status = attempt();
  }
  return status;
}

}  // namespace bedside
