#include "tools/bench/process_trend.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "tools/bench/process_memory.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {
namespace {

constexpr size_t kParts = 10;

// 0 of a process that there is not, or that may not be looked at.
double OpenFilesOf(pid_t pid) {
  std::error_code error;
  const std::filesystem::directory_iterator files(absl::StrCat("/proc/", pid, "/fd"), error);
  if (error) return 0;
  return static_cast<double>(std::distance(begin(files), end(files)));
}

std::vector<double> MediansOfParts(const std::vector<double>& sample) {
  const size_t parts = std::min(kParts, sample.size());
  std::vector<double> medians;
  for (size_t part = 0; part < parts; ++part) {
    const auto at = [&](size_t i) { return sample.begin() + static_cast<ptrdiff_t>(i * sample.size() / parts); };
    medians.push_back(std::round(Percentile({at(part), at(part + 1)}, 50)));
  }
  return medians;
}

}  // namespace

ProcessTrend::ProcessTrend(pid_t pid, absl::Duration interval)
    : thread_([this, pid, interval] { Watch(pid, interval); }) {}

ProcessTrend::~ProcessTrend() { End(); }

void ProcessTrend::End() {
  if (!thread_.joinable()) return;
  end_.Notify();
  thread_.join();
}

void ProcessTrend::Watch(pid_t pid, absl::Duration interval) {
  do {
    const absl::StatusOr<ProcessMemory> memory = MemoryOf(pid);
    if (!memory.ok()) return;
    resident_mib_.push_back(memory->resident_gib * 1024);
    open_files_.push_back(OpenFilesOf(pid));
  } while (!end_.WaitForNotificationWithTimeout(interval));
}

nlohmann::json ProcessTrend::ToJson() {
  End();
  return {{"resident_mib", MediansOfParts(resident_mib_)}, {"open_files", MediansOfParts(open_files_)}};
}

}  // namespace bedside
