#include "ingest/lease_keeper.h"

#include "absl/status/status.h"

namespace bedside {

LeaseKeeper::LeaseKeeper(const ShardLeases* leases, const ShardTask& task)
    : leases_(leases), task_(task), thread_([this] { Run(); }) {}

LeaseKeeper::~LeaseKeeper() {
  stop_.Notify();
  thread_.join();
}

void LeaseKeeper::Run() {
  while (!is_lost_ && !stop_.WaitForNotificationWithTimeout(leases_->job().lease / kRenewals)) {
    is_lost_ = absl::IsAborted(leases_->Renew(task_));
  }
}

}  // namespace bedside
