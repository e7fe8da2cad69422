#include "services/rpc/request_queue.h"

#include <utility>

namespace bedside {

RequestQueue::RequestQueue(size_t workers, size_t max_waiting, const AccessDoor* door, const CallRecorder* recorder)
    : max_waiting_(max_waiting), door_(door), recorder_(recorder) {
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
  absl::MutexLock lock(&mutex_);
  if (ends_ || waiting_.size() >= max_waiting_) return false;
  waiting_.push_back(std::move(run));
  return true;
}

void RequestQueue::Work() {
  for (;;) {
    std::function<void()> run;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &RequestQueue::HasWorkOrEnds));
      if (waiting_.empty()) return;
      run = std::move(waiting_.front());
      waiting_.pop_front();
    }
    run();
  }
}

}  // namespace bedside
