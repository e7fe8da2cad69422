// What searches cost, by who bears it.
#ifndef BEDSIDE_TOOLS_BENCH_LOAD_COST_H_
#define BEDSIDE_TOOLS_BENCH_LOAD_COST_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "nlohmann/json.hpp"
#include "tools/bench/search_load.h"

namespace bedside {

// Who answers. The clients are this process.
struct SearchedProcesses {
  std::vector<pid_t> servers;
  // Of a cluster; empty: there is none.
  std::vector<pid_t> nodes;
};

// MeasureSearches, with
//   "wall_clock_on_shared_cores"      LoadJson: what callers saw while servers, nodes and clients shared this machine;
//                                     no capacity of anything
//   "{servers,nodes,client}_cpu_seconds_per_query"
//                                     what each would take on cores of its own, but for the caches that they share here
//   "loopback_bytes_per_query"        between client and servers, servers and nodes, and node and node together
//   "busy_share_of_cores"             the processor time of all three over that of all cores: near 1, cores are what
//                                     the rate was limited by
// Errors are those of MeasureSearches, CpuSecondsOf and LoopbackBytes. REQUIRES: as MeasureSearches, and nothing else
// uses the loopback
absl::StatusOr<nlohmann::json> MeasureCost(absl::Span<const std::string> questions, const SearchLoadOptions& options,
                                           const SearchedProcesses& processes);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_LOAD_COST_H_
