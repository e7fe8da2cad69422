// Long-running jobs of this process, as google.longrunning operations: one at a time a corpus, each on a thread of its
// own, which runs in what requests leave of the processors. Operations are kept in memory, the last
// 100 that are done among them: after a restart they are NOT_FOUND, and what they published is in the store.
//
// Thread-safe. The destructor cancels what runs, waits for it, and replies to everybody who waits.
#ifndef BEDSIDE_SERVICES_RPC_OPERATION_REGISTRY_H_
#define BEDSIDE_SERVICES_RPC_OPERATION_REGISTRY_H_

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "google/longrunning/operations_proto.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// What a job is given to report with and to ask.
struct JobContext {
  std::function<void(const v1::JobProgress&)> report_progress;
  std::function<bool()> is_cancelled;
};

// What an operation was asked for.
struct JobRequest {
  std::string corpus;
  // Chosen by the caller; empty: every request starts a job.
  std::string request_id;
  // Everything else that was asked for, as bytes: a repetition has the same.
  std::string content;
};

using Job = std::function<absl::StatusOr<v1::JobReport>(const JobContext&)>;

class OperationRegistry {
 public:
  using Reply = std::function<void(const absl::StatusOr<google::longrunning::Operation>&)>;

  // So many may wait at once, for all operations together.
  static constexpr size_t kMaxWaiters = 1000;

  // `on_end` is told how each job ended, from any thread; may be empty.
  explicit OperationRegistry(std::function<void(absl::StatusCode)> on_end = {});
  ~OperationRegistry();

  OperationRegistry(const OperationRegistry&) = delete;
  OperationRegistry& operator=(const OperationRegistry&) = delete;

  // Starts `job` on the corpus, or returns the operation that the same request has started. ABORTED: another job of the
  // corpus runs, which the message names, or a change of the corpus. INVALID_ARGUMENT: another request has used the
  // request_id. UNAVAILABLE: the process is ending.
  absl::StatusOr<google::longrunning::Operation> Start(const JobRequest& request, Job job);

  // Runs `change` while no job of the corpus runs, and lets none start meanwhile. Changes may run beside each other.
  // ABORTED: a job runs; the message names its operation. Otherwise what `change` returns.
  absl::Status ChangeBetweenJobs(const std::string& corpus, const std::function<absl::Status()>& change);

  // NOT_FOUND: no such operation.
  absl::StatusOr<google::longrunning::Operation> Get(const std::string& name) const;
  // Asks the job to stop; it ends with CANCELLED, or as it would have when it was about to.
  absl::Status Cancel(const std::string& name);
  // Forgets an operation that is done. FAILED_PRECONDITION: it runs.
  absl::Status Delete(const std::string& name);
  // Calls `reply` once: with the operation, when it is done or `deadline` has come, whichever is first, on a thread of
  // the registry; or before this returns with NOT_FOUND, or RESOURCE_EXHAUSTED when kMaxWaiters wait. Does not block,
  // and `reply` must not.
  void WhenDone(const std::string& name, absl::Time deadline, const Reply& reply);

  // Jobs that have not ended.
  size_t Running() const;

  // Oldest first.
  std::vector<google::longrunning::Operation> List() const;

  // Cancels what runs, and refuses what comes.
  void Shutdown();

 private:
  struct Entry {
    google::longrunning::Operation operation;
    JobRequest request;
    std::atomic<bool> cancelled{false};
    std::thread thread;
  };
  // Somebody who waits for the end of an operation.
  struct Waiter {
    std::shared_ptr<Entry> entry;
    Reply reply;
  };

  // The operation of an earlier request with the same request_id; null when there is none.
  absl::StatusOr<std::shared_ptr<Entry>> FindRepeated(const JobRequest& request) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // ABORTED when a job of the corpus runs.
  absl::Status CheckIdle(const std::string& corpus) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Run(const std::shared_ptr<Entry>& entry, const Job& job);
  void End(Entry* entry, absl::StatusOr<v1::JobReport> report) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ForgetOldest() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<std::shared_ptr<Entry>> Find(const std::string& name) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Status AddWaiter(const std::string& name, absl::Time deadline, const Reply& reply)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Replies to waiters as they become ready, until the registry ends and nobody waits.
  void ReplyToWaiters();
  absl::Time NextDeadline() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<Waiter> TakeReadyWaiters() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::function<void(absl::StatusCode)> on_end_;
  mutable absl::Mutex mutex_;
  std::deque<std::shared_ptr<Entry>> entries_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 1;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  // Corpora with a change under way, once for each.
  std::multiset<std::string> changing_ ABSL_GUARDED_BY(mutex_);

  // By deadline.
  std::multimap<absl::Time, Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
  // Whether something has happened that may make a waiter ready, or its deadline the next.
  bool look_at_waiters_ ABSL_GUARDED_BY(mutex_) = false;
  // Whether every job has ended for good.
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  // Last: it uses all that stands above.
  std::thread waiters_thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_OPERATION_REGISTRY_H_
