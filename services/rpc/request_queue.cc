#include "services/rpc/request_queue.h"

#include <utility>

#include "absl/time/clock.h"

namespace bedside {
namespace {

absl::optional<TraceContext> TraceHere() {
  return CurrentTrace() == nullptr ? absl::nullopt : absl::make_optional(*CurrentTrace());
}

}  // namespace

RequestQueue::RequestQueue(size_t workers, size_t max_waiting, QueueObserver observer, CallKeepers keepers)
    : max_waiting_(max_waiting), observer_(std::move(observer)), keepers_(keepers) {
  for (size_t i = 0; i < workers; ++i) threads_.emplace_back([this] { Work(); });
}

RequestQueue::~RequestQueue() {
  {
    absl::MutexLock lock(&mutex_);
    ends_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

bool RequestQueue::Submit(std::function<void()> run) {
  const bool admitted = Admit(std::move(run));
  if (!admitted && observer_.on_refused) observer_.on_refused();
  return admitted;
}

bool RequestQueue::Admit(std::function<void()> run) {
  absl::MutexLock lock(&mutex_);
  if (ends_ || waiting_.size() >= max_waiting_) return false;
  waiting_.push_back({std::move(run), absl::Now(), TraceHere()});
  return true;
}

RequestQueue::Load RequestQueue::load() const {
  absl::MutexLock lock(&mutex_);
  return {waiting_.size(), running_};
}

void RequestQueue::Work() {
  for (;;) {
    Request request;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &RequestQueue::HasWorkOrEnds));
      if (waiting_.empty()) return;
      request = std::move(waiting_.front());
      waiting_.pop_front();
      ++running_;
    }
    if (observer_.on_wait) observer_.on_wait(absl::Now() - request.arrival);
    {
      const ScopedTrace scoped(request.trace.has_value() ? &*request.trace : nullptr);
      request.run();
    }
    absl::MutexLock lock(&mutex_);
    --running_;
  }
}

}  // namespace bedside
