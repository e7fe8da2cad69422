#include "tools/bench/load_cost.h"

#include <unistd.h>

#include <cstdint>

#include "index/status/status_macros.h"
#include "tools/bench/loopback_traffic.h"
#include "tools/bench/process_cpu.h"

namespace bedside {
namespace {

// Since the start of each, but for the loopback: of the machine.
struct Counters {
  double servers_cpu = 0;
  double nodes_cpu = 0;
  double client_cpu = 0;
  uint64_t loopback_bytes = 0;
};

absl::StatusOr<Counters> Count(const SearchedProcesses& processes) {
  Counters counters;
  ASSIGN_OR_RETURN(counters.servers_cpu, CpuSecondsOf(processes.servers));
  ASSIGN_OR_RETURN(counters.nodes_cpu, CpuSecondsOf(processes.nodes));
  ASSIGN_OR_RETURN(counters.client_cpu, CpuSecondsOf({getpid()}));
  ASSIGN_OR_RETURN(counters.loopback_bytes, LoopbackBytes());
  return counters;
}

Counters operator-(const Counters& after, const Counters& before) {
  return {after.servers_cpu - before.servers_cpu, after.nodes_cpu - before.nodes_cpu,
          after.client_cpu - before.client_cpu, after.loopback_bytes - before.loopback_bytes};
}

}  // namespace

absl::StatusOr<nlohmann::json> MeasureCost(absl::Span<const std::string> questions, const SearchLoadOptions& options,
                                           const SearchedProcesses& processes) {
  ASSIGN_OR_RETURN(const Counters before, Count(processes));
  ASSIGN_OR_RETURN(const SearchLoad load, MeasureSearches(questions, options));
  ASSIGN_OR_RETURN(const Counters after, Count(processes));
  const Counters taken = after - before;
  const auto queries = static_cast<double>(questions.size());
  const double cores = static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN));
  return nlohmann::json{
      {"clients", options.clients},
      {"wall_clock_on_shared_cores", LoadJson(load)},
      {"servers_cpu_seconds_per_query", taken.servers_cpu / queries},
      {"nodes_cpu_seconds_per_query", taken.nodes_cpu / queries},
      {"client_cpu_seconds_per_query", taken.client_cpu / queries},
      {"loopback_bytes_per_query", static_cast<double>(taken.loopback_bytes) / queries},
      {"busy_share_of_cores", (taken.servers_cpu + taken.nodes_cpu + taken.client_cpu) / (load.seconds * cores)}};
}

}  // namespace bedside
