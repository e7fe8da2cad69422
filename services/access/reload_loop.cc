#include "services/access/reload_loop.h"

#include <glog/logging.h>

#include <utility>

namespace bedside {

ReloadLoop::ReloadLoop(std::string what, std::function<absl::Status()> look, absl::Duration period)
    : what_(std::move(what)), look_(std::move(look)), thread_([this, period] { Run(period); }) {}

ReloadLoop::~ReloadLoop() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  thread_.join();
}

void ReloadLoop::Run(absl::Duration period) {
  std::string told;
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&ending_), period)) return;
    }
    const std::string problem = std::string(look_().message());
    if (problem == told) continue;
    if (problem.empty()) {
      LOG(INFO) << "The " << what_ << " can be used again.";
    } else {
      LOG(WARNING) << "The new " << what_ << " cannot be used, the old goes on: " << problem;
    }
    told = problem;
  }
}

}  // namespace bedside
