#include "services/watch_loop.h"

#include <glog/logging.h>

#include <utility>

namespace bedside {

WatchLoop::WatchLoop(Lines lines, std::function<absl::Status()> look, absl::Duration period)
    : lines_(std::move(lines)), look_(std::move(look)), thread_([this, period] { Run(period); }) {}

WatchLoop::~WatchLoop() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  thread_.join();
}

void WatchLoop::Run(absl::Duration period) {
  std::string told;
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&ending_), period)) return;
    }
    const std::string problem = std::string(look_().message());
    if (problem == told) continue;
    if (problem.empty()) {
      LOG(INFO) << lines_.again;
    } else {
      LOG(WARNING) << lines_.problem << ": " << problem;
    }
    told = problem;
  }
}

}  // namespace bedside
