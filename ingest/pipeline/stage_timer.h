// Adds the wall time of a scope to a sum of seconds.
//
//   {
//     StageTimer timer(&seconds.embed);
//     ...
//   }
#ifndef BEDSIDE_INGEST_PIPELINE_STAGE_TIMER_H_
#define BEDSIDE_INGEST_PIPELINE_STAGE_TIMER_H_

#include <chrono>

namespace bedside {

// Of one run.
struct StageSeconds {
  double read = 0;
  double embed = 0;
  double index = 0;
  double publish = 0;
  double total = 0;
};

class StageTimer {
 public:
  // `seconds` must outlive the timer.
  explicit StageTimer(double* seconds) : seconds_(seconds), start_(std::chrono::steady_clock::now()) {}
  ~StageTimer() { *seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;

 private:
  double* seconds_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_STAGE_TIMER_H_
