// What the machine uses while an answer is made: the energy counters of its processor packages where the kernel shows
// them (RAPL, https://docs.kernel.org/power/powercap/powercap.html; to root only, on most machines), and otherwise the
// CPU time of this process times a figure for the power of a busy core. Both are of everything that runs meanwhile.
//
// Thread-safe, immutable. Cost: a small file a package and one system call a reading.
#ifndef BEDSIDE_SERVICES_ANSWER_ENERGY_METER_H_
#define BEDSIDE_SERVICES_ANSWER_ENERGY_METER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

class EnergyMeter {
 public:
  // Where Linux shows the counters.
  static constexpr char kPowercapFolder[] = "/sys/class/powercap";

  struct Reading {
    // Of each package; empty where one cannot be read.
    std::vector<uint64_t> microjoules;
    // Of all threads of this process.
    absl::Duration cpu_time;
  };

  // Finds the packages once.
  explicit EnergyMeter(double watts_per_core, const std::string& powercap_folder = kPowercapFolder);

  Reading Read() const;

  // From `begin` to `end`. A counter that began again in between is followed over its end once.
  v1::EnergyUse Between(const Reading& begin, const Reading& end) const;

 private:
  struct Package {
    std::string counter_file;
    // The counter begins again after this value.
    uint64_t last_microjoule;
  };

  double watts_per_core_;
  std::vector<Package> packages_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ENERGY_METER_H_
