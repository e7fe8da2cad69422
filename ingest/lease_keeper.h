// Renews a lease as long as it lives, from a thread of its own, whatever the worker is busy with.
//
// A cluster that does not answer is asked again: whether the lease is lost, only the cluster can say. Thread-safe.
#ifndef BEDSIDE_INGEST_LEASE_KEEPER_H_
#define BEDSIDE_INGEST_LEASE_KEEPER_H_

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "index/cluster/shard_leases.h"

namespace bedside {

class LeaseKeeper {
 public:
  // Renewals to a lease: as many as may fail.
  static constexpr int kRenewals = 4;

  // `leases` must outlive the object.
  LeaseKeeper(const ShardLeases* leases, const ShardTask& task);
  // Waits for a renewal that is under way.
  ~LeaseKeeper();

  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

  // Whether another worker has taken the part over.
  bool is_lost() const { return is_lost_; }

 private:
  void Run();

  const ShardLeases* leases_;
  const ShardTask task_;
  std::atomic<bool> is_lost_{false};
  absl::Notification stop_;
  std::thread thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_LEASE_KEEPER_H_
