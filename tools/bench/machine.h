// The machine that something was measured on.
#ifndef BEDSIDE_TOOLS_BENCH_MACHINE_H_
#define BEDSIDE_TOOLS_BENCH_MACHINE_H_

#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace bedside {

// "cpu", "cores", "cpu_flags" (those that decide how fast a model runs), "memory_gib" and "load" (the mean of one
// minute), from the texts of /proc/cpuinfo, /proc/meminfo and /proc/loadavg (proc(5)). What they do not say is left
// out.
nlohmann::json MachineJson(absl::string_view cpuinfo, absl::string_view meminfo, absl::string_view loadavg);

// This one, with "kernel".
nlohmann::json ThisMachine();

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_MACHINE_H_
