// Servers that a benchmark starts one after the other, asks together and ends.
#ifndef BEDSIDE_TOOLS_BENCH_MEASURED_SERVERS_H_
#define BEDSIDE_TOOLS_BENCH_MEASURED_SERVERS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "nlohmann/json.hpp"
#include "tools/bench/bench_run.h"
#include "tools/bench/bench_server.h"
#include "tools/bench/search_load.h"

namespace bedside {

class MeasuredServers {
 public:
  // `run` must outlive the object.
  explicit MeasuredServers(const BenchRun* run) : run_(run) {}

  // One more, with the configuration at this path. Errors are those of BenchServer::Start.
  absl::Status Start(const std::string& config_path);

  // Clients that are spread over all of them.
  SearchLoadOptions Load(int clients) const;

  std::vector<pid_t> processes() const;

  // "start_wall_seconds", until it serves; "started_gib" and "resident_gib", then and now: an array each, a server an
  // element. INTERNAL: one has ended.
  absl::StatusOr<nlohmann::json> ToJson() const;

 private:
  const BenchRun* run_;
  std::vector<std::unique_ptr<BenchServer>> servers_;
  std::vector<double> start_seconds_;
  std::vector<double> started_gib_;
};

// What is resident of each process, in GiB. INTERNAL: one has ended.
absl::StatusOr<std::vector<double>> ResidentGib(absl::Span<const pid_t> processes);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_MEASURED_SERVERS_H_
