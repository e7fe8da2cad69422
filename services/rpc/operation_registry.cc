#include "services/rpc/operation_registry.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/util/time_util.h"
#include "index/status/status_macros.h"
#include "index/status/work_priority.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/status_mapping.h"

namespace bedside {
namespace {

constexpr size_t kKeptOperations = 100;

// What is known of a job before it says anything.
v1::JobProgress FirstProgress(const std::string& corpus) {
  v1::JobProgress progress;
  progress.set_corpus(absl::StrCat("corpora/", corpus));
  *progress.mutable_start_time() = google::protobuf::util::TimeUtil::GetCurrentTime();
  return progress;
}

}  // namespace

OperationRegistry::OperationRegistry(std::function<void(absl::StatusCode)> on_end)
    : on_end_(std::move(on_end)), waiters_thread_([this] { ReplyToWaiters(); }) {}

OperationRegistry::~OperationRegistry() {
  Shutdown();
  std::deque<std::shared_ptr<Entry>> entries;
  {
    absl::MutexLock lock(&mutex_);
    entries.swap(entries_);
  }
  for (const std::shared_ptr<Entry>& entry : entries) entry->thread.join();
  {
    absl::MutexLock lock(&mutex_);
    ended_ = true;
    look_at_waiters_ = true;
  }
  waiters_thread_.join();
}

void OperationRegistry::Shutdown() {
  absl::MutexLock lock(&mutex_);
  ending_ = true;
  for (const std::shared_ptr<Entry>& entry : entries_) entry->cancelled = true;
}

absl::StatusOr<std::shared_ptr<OperationRegistry::Entry>> OperationRegistry::FindRepeated(
    const JobRequest& request) const {
  if (request.request_id.empty()) return nullptr;
  for (const std::shared_ptr<Entry>& entry : entries_) {
    if (entry->request.request_id != request.request_id || entry->request.corpus != request.corpus) continue;
    if (entry->request.content == request.content) return entry;
    FieldViolations violations;
    violations.Add("request_id", absl::StrCat("was used for another request, ", entry->operation.name(),
                                              "; nothing was started. Use a new one."));
    return violations.ToStatus();
  }
  return nullptr;
}

absl::Status OperationRegistry::CheckIdle(const std::string& corpus) const {
  for (const std::shared_ptr<Entry>& entry : entries_) {
    if (entry->request.corpus != corpus || entry->operation.done()) continue;
    return absl::AbortedError(absl::StrCat("a job of corpus ", corpus, " is running as ", entry->operation.name(),
                                           "; wait for it or cancel it"));
  }
  return absl::OkStatus();
}

absl::StatusOr<google::longrunning::Operation> OperationRegistry::Start(const JobRequest& request, Job job) {
  absl::MutexLock lock(&mutex_);
  if (ending_) return absl::UnavailableError("the server is shutting down; ask another");
  ASSIGN_OR_RETURN(const std::shared_ptr<Entry> repeated, FindRepeated(request));
  if (repeated != nullptr) return repeated->operation;
  RETURN_IF_ERROR(CheckIdle(request.corpus));
  if (changing_.count(request.corpus) > 0) {
    return absl::AbortedError(
        absl::StrCat("a generation of corpus ", request.corpus, " is being activated; try again in a moment"));
  }
  ForgetOldest();
  auto entry = std::make_shared<Entry>();
  entry->operation.set_name(absl::StrCat("operations/", request.corpus, "-", next_number_++));
  entry->operation.mutable_metadata()->PackFrom(FirstProgress(request.corpus));
  entry->request = request;
  entries_.push_back(entry);
  entry->thread = std::thread([this, entry, job = std::move(job)] { Run(entry, job); });
  return entry->operation;
}

void OperationRegistry::Run(const std::shared_ptr<Entry>& entry, const Job& job) {
  const JobContext context = {[this, &entry](const v1::JobProgress& progress) {
                                absl::MutexLock lock(&mutex_);
                                entry->operation.mutable_metadata()->PackFrom(progress);
                              },
                              [&entry] { return entry->cancelled.load(); }};
  RunWhenIdle();
  absl::StatusOr<v1::JobReport> report = job(context);
  absl::MutexLock lock(&mutex_);
  End(entry.get(), std::move(report));
}

void OperationRegistry::End(Entry* entry, absl::StatusOr<v1::JobReport> report) {
  if (absl::IsCancelled(report.status()) && ending_) {
    report = absl::CancelledError(absl::StrCat("the server is ending: ", report.status().message()));
  }
  if (on_end_) on_end_(report.status().code());
  entry->operation.set_done(true);
  if (report.ok()) {
    entry->operation.mutable_response()->PackFrom(*report);
  } else {
    *entry->operation.mutable_error() = ToRpcStatus(report.status());
  }
  look_at_waiters_ = true;
}

size_t OperationRegistry::Running() const {
  absl::MutexLock lock(&mutex_);
  return static_cast<size_t>(std::count_if(
      entries_.begin(), entries_.end(), [](const std::shared_ptr<Entry>& entry) { return !entry->operation.done(); }));
}

absl::Status OperationRegistry::ChangeBetweenJobs(const std::string& corpus,
                                                  const std::function<absl::Status()>& change) {
  {
    absl::MutexLock lock(&mutex_);
    RETURN_IF_ERROR(CheckIdle(corpus));
    changing_.insert(corpus);
  }
  const absl::Status status = change();
  absl::MutexLock lock(&mutex_);
  changing_.erase(changing_.find(corpus));
  return status;
}

void OperationRegistry::ForgetOldest() {
  if (entries_.size() < kKeptOperations) return;
  const auto oldest = std::find_if(entries_.begin(), entries_.end(),
                                   [](const std::shared_ptr<Entry>& entry) { return entry->operation.done(); });
  if (oldest == entries_.end()) return;
  // The thread has nothing left to do but return.
  (*oldest)->thread.detach();
  entries_.erase(oldest);
}

absl::StatusOr<std::shared_ptr<OperationRegistry::Entry>> OperationRegistry::Find(const std::string& name) const {
  for (const std::shared_ptr<Entry>& entry : entries_) {
    if (entry->operation.name() == name) return entry;
  }
  return absl::NotFoundError(
      "there is no such operation; ListOperations has those of this run of the server, earlier ones are forgotten");
}

absl::StatusOr<google::longrunning::Operation> OperationRegistry::Get(const std::string& name) const {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(const std::shared_ptr<Entry> entry, Find(name));
  return entry->operation;
}

absl::Status OperationRegistry::Cancel(const std::string& name) {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(const std::shared_ptr<Entry> entry, Find(name));
  entry->cancelled = true;
  return absl::OkStatus();
}

absl::Status OperationRegistry::Delete(const std::string& name) {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(const std::shared_ptr<Entry> entry, Find(name));
  if (!entry->operation.done()) return absl::FailedPreconditionError("the operation is running; cancel it first");
  entry->thread.detach();
  entries_.erase(std::find(entries_.begin(), entries_.end(), entry));
  return absl::OkStatus();
}

absl::Status OperationRegistry::AddWaiter(const std::string& name, absl::Time deadline, const Reply& reply) {
  ASSIGN_OR_RETURN(const std::shared_ptr<Entry> entry, Find(name));
  if (waiters_.size() >= kMaxWaiters) {
    return absl::ResourceExhaustedError(absl::StrCat(
        kMaxWaiters, " calls wait for operations, the most that may; use GetOperation, or wait again in a moment"));
  }
  if (entry->operation.done() || deadline < NextDeadline()) look_at_waiters_ = true;
  waiters_.emplace(deadline, Waiter{entry, reply});
  return absl::OkStatus();
}

void OperationRegistry::WhenDone(const std::string& name, absl::Time deadline, const Reply& reply) {
  absl::Status status;
  {
    absl::MutexLock lock(&mutex_);
    status = AddWaiter(name, deadline, reply);
  }
  if (!status.ok()) reply(status);
}

void OperationRegistry::ReplyToWaiters() {
  for (bool ended = false; !ended;) {
    std::vector<std::pair<Reply, google::longrunning::Operation>> ready;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithDeadline(absl::Condition(&look_at_waiters_), NextDeadline());
      look_at_waiters_ = false;
      for (Waiter& waiter : TakeReadyWaiters()) ready.emplace_back(std::move(waiter.reply), waiter.entry->operation);
      ended = ended_;
    }
    for (const auto& [reply, operation] : ready) reply(operation);
  }
}

absl::Time OperationRegistry::NextDeadline() const {
  return waiters_.empty() ? absl::InfiniteFuture() : waiters_.begin()->first;
}

std::vector<OperationRegistry::Waiter> OperationRegistry::TakeReadyWaiters() {
  const absl::Time now = absl::Now();
  std::vector<Waiter> taken;
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    const bool ready = waiter->first <= now || waiter->second.entry->operation.done();
    if (ready) taken.push_back(std::move(waiter->second));
    waiter = ready ? waiters_.erase(waiter) : std::next(waiter);
  }
  return taken;
}

std::vector<google::longrunning::Operation> OperationRegistry::List() const {
  absl::MutexLock lock(&mutex_);
  std::vector<google::longrunning::Operation> operations;
  for (const std::shared_ptr<Entry>& entry : entries_) operations.push_back(entry->operation);
  return operations;
}

}  // namespace bedside
