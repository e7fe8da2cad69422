// What the sections of a benchmark share: what they run, where, and what they found.
#ifndef BEDSIDE_TOOLS_BENCH_BENCH_RUN_H_
#define BEDSIDE_TOOLS_BENCH_BENCH_RUN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/server_config.pb.h"
#include "tools/bench/goals.h"

namespace bedside {

struct BenchOptions {
  // Folder in which the programs are as in the build: services/bedside_server and so on.
  std::string bin_dir;
  // For stores and logs. Exists.
  std::string work_dir;
  // In the format of BEIR.
  std::string dataset;
  // Embedder, index and pipeline are taken from here.
  config::ServerConfig config;
  // Questions that are asked, from the first.
  int limit_queries = 300;
  // Clients that ask at the same time where throughput is measured.
  int clients = 8;
  // Times that the peer and Bedside are measured, one after the other.
  int pairs = 3;
  // Python that has what the peer needs; empty: Bedside is measured alone.
  std::string peer_python;
  std::string peer_script;
  // "ov" (OpenVINO) and "ort" (ONNX Runtime).
  std::vector<std::string> peer_runtimes;
  // Documents of the smaller synthetic store; the larger one has ten times as many.
  int documents = 20'000;
  // Passages of the benchmarks of one index; 0: what they choose.
  int index_passages = 0;
};

struct BenchReport {
  // By section.
  nlohmann::json results = nlohmann::json::object();
  std::vector<Goal> goals;
  // Every program that was run, with its arguments.
  std::vector<std::string> commands;
};

class BenchRun {
 public:
  explicit BenchRun(BenchOptions options) : options_(std::move(options)) {}

  const BenchOptions& options() const { return options_; }
  BenchReport& report() { return report_; }

  // The path of a program of the build, for example "services/bedside_server".
  std::string Program(absl::string_view name) const;
  // A path in the working folder.
  std::string Work(absl::string_view name) const;

  // RunProgram and RunForJson, noted in the report; the log is NAME.log in the working folder.
  absl::StatusOr<double> Run(const std::vector<std::string>& arguments, absl::string_view name);
  absl::StatusOr<nlohmann::json> RunJson(const std::vector<std::string>& arguments, absl::string_view name);

  // Removes what the working folder holds by this name, and writes NAME.server.textproto and NAME.ingest.textproto for
  // a store NAME. Returns the path of the first. INTERNAL: they cannot be written.
  absl::StatusOr<std::string> NewStore(absl::string_view name);
  std::string ServerConfigOf(absl::string_view store) const;
  std::string IngestConfigOf(absl::string_view store) const;

  // The same of NAME.server.textproto, for a server of the cluster with a cache NAME.
  absl::StatusOr<std::string> NewCache(absl::string_view name, const config::ClusterConfig& cluster);

  void Add(Goal goal) { report_.goals.push_back(std::move(goal)); }

 private:
  // Removes what the working folder holds by this name.
  config::ServerConfig Emptied(absl::string_view name) const;

  BenchOptions options_;
  BenchReport report_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_BENCH_RUN_H_
