#include "services/rpc/request_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "services/trace/trace_span.h"

namespace bedside {
namespace {

absl::optional<TraceContext> TraceHere() {
  return CurrentTrace() == nullptr ? absl::nullopt : absl::make_optional(*CurrentTrace());
}

}  // namespace

RequestQueue::RequestQueue(const AdmissionLimits& limits, QueueObserver observer, CallKeepers keepers)
    : limits_(limits), observer_(std::move(observer)), keepers_(keepers), admission_(limits) {
  for (size_t i = 0; i < limits.workers; ++i) threads_.emplace_back([this] { Work(); });
}

RequestQueue::~RequestQueue() {
  {
    absl::MutexLock lock(&mutex_);
    ends_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

absl::optional<Refusal> RequestQueue::Submit(CallPriority priority, const WorkLimit& until, std::function<void()> run) {
  Request request = {until, std::move(run), absl::Now(), TraceHere()};
  absl::optional<Refusal> refusal = Admit(priority, &request);
  if (refusal.has_value() && Sweep(priority)) refusal = Admit(priority, &request);
  if (refusal.has_value() && observer_.on_refused) observer_.on_refused(priority, refusal->reason);
  return refusal;
}

absl::optional<Refusal> RequestQueue::Admit(CallPriority priority, Request* request) {
  absl::MutexLock lock(&mutex_);
  const absl::optional<Refusal> refusal = admission_.Arrive(priority, request->arrival, request->until.deadline);
  if (!refusal.has_value()) lines_[static_cast<size_t>(priority)].push_back(std::move(*request));
  return refusal;
}

bool RequestQueue::Sweep(CallPriority priority) {
  std::vector<Request> over;
  {
    absl::MutexLock lock(&mutex_);
    std::deque<Request>& line = lines_[static_cast<size_t>(priority)];
    const auto wanted = [](const Request& request) { return request.until.Check("to begin").ok(); };
    const auto begin = std::stable_partition(line.begin(), line.end(), wanted);
    over.assign(std::make_move_iterator(begin), std::make_move_iterator(line.end()));
    line.erase(begin, line.end());
    admission_.Leave(priority, over.size());
  }
  for (const Request& request : over) Run(request);
  return !over.empty();
}

RequestQueue::Load RequestQueue::load() const {
  absl::MutexLock lock(&mutex_);
  return {admission_.waiting(), admission_.running(), admission_.ExpectedWait(CallPriority::kQuestion)};
}

void RequestQueue::Work() {
  while (RunNext()) {
  }
}

bool RequestQueue::RunNext() {
  Request request;
  const absl::optional<CallPriority> priority = BeginNext(&request);
  if (!priority.has_value()) return false;
  const absl::Time begin = absl::Now();
  Run(request);
  absl::MutexLock lock(&mutex_);
  admission_.End(*priority, absl::Now() - begin);
  return true;
}

absl::optional<CallPriority> RequestQueue::BeginNext(Request* request) {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &RequestQueue::HasWorkOrEnds));
  const absl::optional<CallPriority> next = admission_.Next();
  if (!next.has_value()) return absl::nullopt;
  std::deque<Request>& line = lines_[static_cast<size_t>(*next)];
  *request = std::move(line.front());
  line.pop_front();
  admission_.Begin(*next, absl::Now());
  return next;
}

void RequestQueue::Run(const Request& request) {
  if (observer_.on_wait) observer_.on_wait(absl::Now() - request.arrival);
  const ScopedTrace scoped(request.trace.has_value() ? &*request.trace : nullptr);
  AddSpan("wait", request.arrival, absl::Now());
  request.run();
}

}  // namespace bedside
