#include "services/follow_loop.h"

#include <glog/logging.h>

#include <string>

#include "absl/status/status.h"

namespace bedside {

FollowLoop::FollowLoop(FollowingEngine* engine, absl::Duration period)
    : engine_(engine), thread_([this, period] { Run(period); }) {}

FollowLoop::~FollowLoop() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  thread_.join();
}

void FollowLoop::Run(absl::Duration period) {
  std::string told;
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&ending_), period)) return;
    }
    const std::string problem = std::string(engine_->Follow().message());
    if (problem == told) continue;
    if (problem.empty()) {
      LOG(INFO) << "The store can be followed again.";
    } else {
      LOG(WARNING) << "The store cannot be followed, its last state serves on until max_lag_ms: " << problem;
    }
    told = problem;
  }
}

}  // namespace bedside
