#include "services/rpc/operation_registry.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/status_mapping.h"

namespace bedside {
namespace {

constexpr size_t kKeptOperations = 100;

}  // namespace

OperationRegistry::~OperationRegistry() {
  Shutdown();
  std::deque<std::shared_ptr<Entry>> entries;
  {
    absl::MutexLock lock(&mutex_);
    entries.swap(entries_);
  }
  for (const std::shared_ptr<Entry>& entry : entries) entry->thread.join();
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
    if (entry->request.request_id != request.request_id) continue;
    if (entry->request.corpus == request.corpus && entry->request.content == request.content) return entry;
    FieldViolations violations;
    violations.Add("request_id", absl::StrCat("was used for another request, ", entry->operation.name(),
                                              "; nothing was started. Use a new one."));
    return violations.ToStatus();
  }
  return nullptr;
}

absl::StatusOr<google::longrunning::Operation> OperationRegistry::Start(const JobRequest& request, Job job) {
  absl::MutexLock lock(&mutex_);
  if (ending_) return absl::UnavailableError("the server is shutting down; ask another");
  ASSIGN_OR_RETURN(const std::shared_ptr<Entry> repeated, FindRepeated(request));
  if (repeated != nullptr) return repeated->operation;
  for (const std::shared_ptr<Entry>& entry : entries_) {
    if (entry->request.corpus != request.corpus || entry->operation.done()) continue;
    return absl::AbortedError(absl::StrCat("a job of corpus ", request.corpus, " is running as ",
                                           entry->operation.name(), "; wait for it or cancel it"));
  }
  ForgetOldest();
  auto entry = std::make_shared<Entry>();
  entry->operation.set_name(absl::StrCat("operations/", request.corpus, "-", next_number_++));
  entry->operation.mutable_metadata()->PackFrom(v1::JobProgress());
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
  const absl::StatusOr<v1::JobReport> report = job(context);
  absl::MutexLock lock(&mutex_);
  entry->operation.set_done(true);
  if (report.ok()) {
    entry->operation.mutable_response()->PackFrom(*report);
  } else {
    *entry->operation.mutable_error() = ToRpcStatus(report.status());
  }
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

absl::StatusOr<google::longrunning::Operation> OperationRegistry::Wait(const std::string& name,
                                                                       absl::Time deadline) const {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(const std::shared_ptr<Entry> entry, Find(name));
  const auto is_done = [](Entry* waited) { return waited->operation.done(); };
  mutex_.AwaitWithDeadline(absl::Condition(+is_done, entry.get()), deadline);
  return entry->operation;
}

std::vector<google::longrunning::Operation> OperationRegistry::List() const {
  absl::MutexLock lock(&mutex_);
  std::vector<google::longrunning::Operation> operations;
  for (const std::shared_ptr<Entry>& entry : entries_) operations.push_back(entry->operation);
  return operations;
}

}  // namespace bedside
