#include "services/answer/energy_meter.h"

#include <time.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/types/optional.h"

namespace bedside {
namespace {

absl::optional<uint64_t> ReadNumber(const std::string& path) {
  std::ifstream file(path);
  uint64_t number;
  if (!(file >> number)) return absl::nullopt;
  return number;
}

// "intel-rapl:0" of "package-0"; its parts "intel-rapl:0:0" (cores, memory) are inside it. AMD's have the same names.
bool IsPackage(const std::filesystem::path& zone) {
  std::ifstream file(zone / "name");
  std::string name;
  return absl::StartsWith(zone.filename().string(), "intel-rapl:") && file >> name &&
         absl::StartsWith(name, "package-");
}

absl::Duration ProcessCpuTime() {
  timespec time;
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) != 0) return absl::ZeroDuration();
  return absl::DurationFromTimespec(time);
}

}  // namespace

EnergyMeter::EnergyMeter(double watts_per_core, const std::string& powercap_folder) : watts_per_core_(watts_per_core) {
  std::error_code error;
  std::set<std::filesystem::path> zones;
  for (const auto& entry : std::filesystem::directory_iterator(powercap_folder, error)) zones.insert(entry.path());
  for (const std::filesystem::path& zone : zones) {
    if (!IsPackage(zone)) continue;
    packages_.push_back({zone / "energy_uj", ReadNumber(zone / "max_energy_range_uj").value_or(0)});
  }
}

EnergyMeter::Reading EnergyMeter::Read() const {
  Reading reading{{}, ProcessCpuTime()};
  for (const Package& package : packages_) {
    const absl::optional<uint64_t> counter = ReadNumber(package.counter_file);
    if (!counter.has_value()) return {{}, reading.cpu_time};
    reading.microjoules.push_back(*counter);
  }
  return reading;
}

v1::EnergyUse EnergyMeter::Between(const Reading& begin, const Reading& end) const {
  v1::EnergyUse energy;
  if (begin.microjoules.empty() || end.microjoules.empty()) {
    energy.set_source(v1::ENERGY_SOURCE_ESTIMATED);
    energy.set_joules(absl::ToDoubleSeconds(end.cpu_time - begin.cpu_time) * watts_per_core_);
    return energy;
  }
  uint64_t microjoules = 0;
  for (size_t i = 0; i < packages_.size(); ++i) {
    const uint64_t first = begin.microjoules[i], last = end.microjoules[i];
    microjoules += last >= first ? last - first : packages_[i].last_microjoule - first + last;
  }
  energy.set_source(v1::ENERGY_SOURCE_MEASURED);
  energy.set_joules(static_cast<double>(microjoules) / 1e6);
  return energy;
}

}  // namespace bedside
