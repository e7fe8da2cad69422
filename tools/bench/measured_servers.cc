#include "tools/bench/measured_servers.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "tools/bench/process_memory.h"

namespace bedside {

absl::Status MeasuredServers::Start(const std::string& config_path) {
  const absl::Time begin = absl::Now();
  ASSIGN_OR_RETURN(std::unique_ptr<BenchServer> server,
                   BenchServer::Start(run_->Program("services/bedside_server"), config_path,
                                      run_->Work(absl::StrCat("server_", servers_.size(), ".log"))));
  start_seconds_.push_back(absl::ToDoubleSeconds(absl::Now() - begin));
  ASSIGN_OR_RETURN(const ProcessMemory memory, MemoryOf(server->pid()));
  started_gib_.push_back(memory.resident_gib);
  servers_.push_back(std::move(server));
  return absl::OkStatus();
}

SearchLoadOptions MeasuredServers::Load(int clients) const {
  SearchLoadOptions options;
  options.clients = clients;
  for (const auto& server : servers_) options.addresses.push_back(server->address());
  return options;
}

std::vector<pid_t> MeasuredServers::processes() const {
  std::vector<pid_t> processes;
  for (const auto& server : servers_) processes.push_back(server->pid());
  return processes;
}

absl::StatusOr<nlohmann::json> MeasuredServers::ToJson() const {
  ASSIGN_OR_RETURN(const std::vector<double> resident_gib, ResidentGib(processes()));
  return nlohmann::json{
      {"start_wall_seconds", start_seconds_}, {"started_gib", started_gib_}, {"resident_gib", resident_gib}};
}

absl::StatusOr<std::vector<double>> ResidentGib(absl::Span<const pid_t> processes) {
  std::vector<double> resident;
  for (const pid_t process : processes) {
    ASSIGN_OR_RETURN(const ProcessMemory memory, MemoryOf(process));
    resident.push_back(memory.resident_gib);
  }
  return resident;
}

}  // namespace bedside
