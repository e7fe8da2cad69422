// Names: https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics. Fields of /proc/self/stat:
// proc(5).
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "services/metrics/metric_samples.h"
#include "services/metrics/state_gauges.h"

namespace bedside {
namespace {

using prometheus::MetricFamily;

// Positions after the name of the program, which may hold blanks: `state` is 0.
constexpr size_t kUserTicks = 11;
constexpr size_t kSystemTicks = 12;
constexpr size_t kThreads = 17;
constexpr size_t kStartTicks = 19;
constexpr size_t kVirtualBytes = 20;
constexpr size_t kResidentPages = 21;
constexpr size_t kFields = 22;

std::string ReadFile(const char* path) {
  std::ifstream input(path);
  return std::string((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
}

// Empty when they cannot be read.
std::vector<double> StatFields() {
  const std::string stat = ReadFile("/proc/self/stat");
  const size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return {};
  std::vector<double> fields;
  for (absl::string_view field : absl::StrSplit(stat.substr(name_end + 1), ' ', absl::SkipEmpty())) {
    double value = 0;
    fields.push_back(absl::SimpleAtod(field, &value) ? value : 0);
  }
  return fields.size() < kFields ? std::vector<double>() : fields;
}

// Seconds of the Unix epoch at which the machine started.
absl::optional<double> BootTime() {
  for (absl::string_view line : absl::StrSplit(ReadFile("/proc/stat"), '\n')) {
    double seconds = 0;
    if (absl::ConsumePrefix(&line, "btime ") && absl::SimpleAtod(line, &seconds)) return seconds;
  }
  return absl::nullopt;
}

absl::optional<double> OpenDescriptors() {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end;
       entry.increment(error)) {
    ++count;
  }
  return error ? absl::nullopt : absl::make_optional(count);
}

void AddDescriptors(std::vector<MetricFamily>* families) {
  if (const absl::optional<double> open = OpenDescriptors(); open.has_value()) {
    families->push_back(OneGauge("process_open_fds", "Open file descriptors.", *open));
  }
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    families->push_back(
        OneGauge("process_max_fds", "File descriptors that may be open.", static_cast<double>(limit.rlim_cur)));
  }
}

}  // namespace

std::vector<MetricFamily> ProcessGauges::Collect() const {
  std::vector<MetricFamily> families;
  AddDescriptors(&families);
  const std::vector<double> fields = StatFields();
  if (fields.empty()) return families;
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  families.push_back(OneCounter("process_cpu_seconds_total", "User and system CPU time.",
                                (fields[kUserTicks] + fields[kSystemTicks]) / ticks));
  families.push_back(OneGauge("process_resident_memory_bytes", "Resident memory.",
                              fields[kResidentPages] * static_cast<double>(sysconf(_SC_PAGESIZE))));
  families.push_back(OneGauge("process_virtual_memory_bytes", "Virtual memory.", fields[kVirtualBytes]));
  families.push_back(OneGauge("process_threads", "Threads.", fields[kThreads]));
  if (const absl::optional<double> boot = BootTime(); boot.has_value()) {
    families.push_back(OneGauge("process_start_time_seconds", "When the process started, since the Unix epoch.",
                                *boot + fields[kStartTicks] / ticks));
  }
  return families;
}

}  // namespace bedside
