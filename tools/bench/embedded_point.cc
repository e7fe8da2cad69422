#include <cstdint>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/bench/engine_points.h"
#include "tools/bench/load_cost.h"
#include "tools/bench/measured_servers.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

constexpr char kStore[] = "store";

uint64_t BytesOf(const std::string& folder) {
  uint64_t bytes = 0;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file(error)) bytes += entry.file_size(error);
  }
  return bytes;
}

}  // namespace

absl::StatusOr<nlohmann::json> BuildStore(BenchRun* run, int documents) {
  ASSIGN_OR_RETURN(const std::string config_path, run->NewStore(kStore));
  return run->RunJson({run->Program("tools/bench/synthetic_store"), absl::StrCat("--config=", config_path),
                       absl::StrCat("--dataset=", run->options().dataset), absl::StrCat("--documents=", documents)},
                      "build");
}

absl::StatusOr<nlohmann::json> MeasureEmbedded(BenchRun* run, const BenchQuestions& questions) {
  MeasuredServers servers(run);
  RETURN_IF_ERROR(servers.Start(run->ServerConfigOf(kStore)));
  const SearchedProcesses processes = {servers.processes(), {}};
  const SearchLoadOptions one = servers.Load(1);
  const SearchLoadOptions many = servers.Load(run->options().clients);
  nlohmann::json point = {{"engine", "embedded"}, {"nodes", 0}, {"servers", 1}};
  RETURN_IF_ERROR(MeasureSearches(questions.warm_up, one).status());
  ASSIGN_OR_RETURN(point["one_client"], MeasureCost(questions.one, one, processes));
  ASSIGN_OR_RETURN(point["many_clients"], MeasureCost(questions.many, many, processes));
  ASSIGN_OR_RETURN(point["asked_again"], MeasureCost(questions.many, many, processes));
  ASSIGN_OR_RETURN(point["of_servers"], servers.ToJson());
  point["disk_bytes"] = BytesOf(run->Work(kStore));
  return point;
}

}  // namespace bedside
