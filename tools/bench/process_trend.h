// How the memory and the open files of a process change while something else is done: what a leak shows in.
//
//   ProcessTrend trend(pid, absl::Seconds(1));
//   ... the load ...
//   trend.ToJson()
//
// Not thread-safe; has a thread of its own.
#ifndef BEDSIDE_TOOLS_BENCH_PROCESS_TREND_H_
#define BEDSIDE_TOOLS_BENCH_PROCESS_TREND_H_

#include <sys/types.h>

#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"

namespace bedside {

class ProcessTrend {
 public:
  // Looks at the process now and then every `interval`, until the end of either.
  ProcessTrend(pid_t pid, absl::Duration interval);
  ~ProcessTrend();

  ProcessTrend(const ProcessTrend&) = delete;
  ProcessTrend& operator=(const ProcessTrend&) = delete;

  // Ends the looking. "resident_mib" and "open_files", each the median of every tenth of the time, in order; fewer
  // where there were fewer looks.
  nlohmann::json ToJson();

 private:
  void Watch(pid_t pid, absl::Duration interval);
  void End();

  std::vector<double> resident_mib_;
  std::vector<double> open_files_;
  absl::Notification end_;
  std::thread thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_PROCESS_TREND_H_
