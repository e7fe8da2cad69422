// cluster_bench: what a search costs with the embedded engine and with a cluster, by the number of passages, nodes and
// servers. tools/bench/run --scale builds it and starts it.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/bench/bench_main.h"
#include "tools/bench/bench_questions.h"
#include "tools/bench/bench_run.h"
#include "tools/bench/engine_points.h"
#include "tools/bench/machine.h"
#include "tools/eval/temporary_folder.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, dataset, "", "see --help");
ABSL_FLAG(std::string, config, "", "see --help");
ABSL_FLAG(std::vector<std::string>, documents, (std::vector<std::string>{"10000", "30000", "100000"}), "see --help");
ABSL_FLAG(std::vector<std::string>, nodes, (std::vector<std::string>{"1", "3"}), "see --help");
ABSL_FLAG(std::vector<std::string>, servers, (std::vector<std::string>{"1", "2", "4"}), "see --help");
ABSL_FLAG(int, replicas, 0, "see --help");
ABSL_FLAG(std::string, heap, "1g", "see --help");
ABSL_FLAG(int, clients, 8, "see --help");
ABSL_FLAG(int, limit_queries, 300, "see --help");
ABSL_FLAG(std::string, output, "", "see --help");
ABSL_FLAG(std::string, work, "", "see --help");
ABSL_FLAG(std::string, commit, "", "see --help");

namespace bedside {
namespace {

namespace fs = std::filesystem;

// More than are asked, with all that a question may be read as.
constexpr uint32_t kKeptQuestions = 100'000;

constexpr absl::string_view kUsage =
    R"(usage: tools/bench/run --scale --dataset=DIR [OPTION...]

Measures the embedded engine beside a cluster of OpenSearch, which it starts, on
synthetic stores of several sizes: CPU seconds of servers and of nodes, memory,
disk, bytes over the loopback and times, as JSON for tools/bench/scale_model.py.
All share this machine: what is measured by the clock, and named so, is no
capacity. Nothing else should run on the machine.

  --dataset=DIR      folder in the format of BEIR: the questions, and the words
                     of the synthetic documents
  --config=FILE      a text proto of bedside.config.ServerConfig, of which
                     index, pipeline and retrieval are used; default: an empty
                     one with the model in .deps/bge-small-en-v1.5
  --documents=A,B,C  sizes, about a passage a document; default
                     10000,30000,100000
  --nodes=A,B        nodes of the cluster; default 1,3. A segment has as many
                     shards
  --servers=A,B      servers that ask it; default 1,2,4
  --replicas=N       copies of each shard beside the first; default 0
  --heap=SIZE        Java heap of a node; default 1g
  --clients=N        clients for throughput; default 8
  --limit_queries=N  questions of one client, and of several; default 300
  --output=FILE      the JSON, written anew after each size; default: none
  --work=DIR         folder for stores and logs, kept; default: a new one,
                     removed when all went well
  --help             this text

Prints the JSON. Exit status: 0 measured, 1 failed or an unknown option, 2 a bad
value, configuration or dataset.
)";

absl::StatusOr<std::vector<int>> CountsOf(absl::string_view flag, const std::vector<std::string>& texts) {
  std::vector<int> counts;
  if (texts.empty()) return absl::InvalidArgumentError(absl::StrCat("--", flag, ": wanted numbers from 1, got none"));
  for (const std::string& text : texts) {
    int count = 0;
    if (!absl::SimpleAtoi(text, &count) || count < 1) {
      return absl::InvalidArgumentError(absl::StrCat("--", flag, ": wanted numbers from 1, got \"", text, "\""));
    }
    counts.push_back(count);
  }
  return counts;
}

absl::StatusOr<EnginePlan> PlanOfFlags() {
  EnginePlan plan;
  ASSIGN_OR_RETURN(plan.nodes, CountsOf("nodes", absl::GetFlag(FLAGS_nodes)));
  ASSIGN_OR_RETURN(plan.servers, CountsOf("servers", absl::GetFlag(FLAGS_servers)));
  plan.heap = absl::GetFlag(FLAGS_heap);
  plan.replicas = absl::GetFlag(FLAGS_replicas);
  if (plan.replicas < 0) return absl::InvalidArgumentError("--replicas: wanted 0 or more");
  for (const int nodes : plan.nodes) {
    if (plan.replicas < nodes) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("--replicas: ", plan.replicas, " beside the first have no place on ", nodes, " nodes"));
  }
  return plan;
}

absl::StatusOr<std::string> WorkFolder() {
  const std::string folder = absl::GetFlag(FLAGS_work);
  if (folder.empty()) return MakeTemporaryFolder("bedside_bench");
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("--work: ", folder, ": ", error.message()));
  return fs::absolute(folder).string();
}

absl::StatusOr<config::ServerConfig> ConfigOfFlags() {
  config::ServerConfig read;
  if (absl::GetFlag(FLAGS_config).empty()) {
    read.mutable_index()->mutable_embedder()->set_model_path(".deps/bge-small-en-v1.5");
  } else {
    RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &read));
  }
  config::ServerConfig config;
  *config.mutable_index() = read.index();
  *config.mutable_pipeline() = read.pipeline();
  *config.mutable_retrieval() = read.retrieval();
  config.mutable_index()->clear_cluster();
  config.mutable_index()->mutable_embedder()->set_kept_questions(kKeptQuestions);
  config.mutable_retrieval()->set_kept_rankings(0);
  return config;
}

absl::StatusOr<BenchOptions> OptionsOfFlags() {
  BenchOptions options;
  std::error_code error;
  options.bin_dir = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path().parent_path().string();
  options.dataset = absl::GetFlag(FLAGS_dataset);
  options.limit_queries = absl::GetFlag(FLAGS_limit_queries);
  options.clients = absl::GetFlag(FLAGS_clients);
  if (options.dataset.empty()) return absl::InvalidArgumentError("--dataset is required: a BEIR folder");
  if (options.clients < 1) return absl::InvalidArgumentError("--clients: wanted 1 or more");
  ASSIGN_OR_RETURN(options.config, ConfigOfFlags());
  return options;
}

// As many of one client as of several.
absl::StatusOr<BenchQuestions> QuestionsOf(const BenchOptions& options) {
  ASSIGN_OR_RETURN(BenchQuestions questions, ReadBenchQuestions(options.dataset, options.limit_queries));
  questions.many.resize(std::min(questions.many.size(), questions.one.size()));
  return questions;
}

absl::Status MeasureSize(BenchRun* run, const EnginePlan& plan, int documents, const BenchQuestions& questions,
                         nlohmann::json* points) {
  ASSIGN_OR_RETURN(const nlohmann::json store, BuildStore(run, documents));
  nlohmann::json of_size = nlohmann::json::array();
  ASSIGN_OR_RETURN(of_size.emplace_back(), MeasureEmbedded(run, questions));
  for (const int nodes : plan.nodes) RETURN_IF_ERROR(MeasureCluster(run, plan, nodes, questions, &of_size));
  for (nlohmann::json& point : of_size) {
    point["documents"] = store["documents"];
    point["passages"] = store["passages"];
    points->push_back(point);
  }
  return absl::OkStatus();
}

nlohmann::json HeadOf(const BenchOptions& options) {
  return {{"machine", ThisMachine()},
          {"date", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(), absl::UTCTimeZone())},
          {"commit", absl::GetFlag(FLAGS_commit)},
          {"dataset", fs::path(options.dataset).filename().string()},
          {"has_ranker", options.config.retrieval().has_ranker()},
          {"vectors", "synthetic: 1,000 centres with noise"},
          {"points", nlohmann::json::array()}};
}

absl::Status WriteOutput(const nlohmann::json& json) {
  const std::string path = absl::GetFlag(FLAGS_output);
  if (path.empty()) return absl::OkStatus();
  std::ofstream file(path, std::ios::binary);
  file << json.dump(1) << "\n" << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat("--output: ", path, " cannot be written"));
}

absl::StatusOr<std::string> Run() {
  ASSIGN_OR_RETURN(const std::vector<int> sizes, CountsOf("documents", absl::GetFlag(FLAGS_documents)));
  ASSIGN_OR_RETURN(const EnginePlan plan, PlanOfFlags());
  ASSIGN_OR_RETURN(BenchOptions options, OptionsOfFlags());
  ASSIGN_OR_RETURN(const BenchQuestions questions, QuestionsOf(options));
  ASSIGN_OR_RETURN(options.work_dir, WorkFolder());
  nlohmann::json report = HeadOf(options);
  BenchRun run(std::move(options));
  for (const int documents : sizes) {
    RETURN_IF_ERROR(MeasureSize(&run, plan, documents, questions, &report["points"]));
    RETURN_IF_ERROR(WriteOutput(report));
  }
  std::error_code error;
  if (absl::GetFlag(FLAGS_work).empty()) fs::remove_all(run.options().work_dir, error);
  return absl::StrCat(report.dump(), "\n");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  return bedside::BenchMain("cluster_bench", bedside::kUsage, &bedside::Run, argc, argv);
}
