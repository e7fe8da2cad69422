// open_search_nodes: a cluster of OpenSearch on this machine for as long as somebody wants it. tools/opensearch builds
// it and starts it.

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tests/cluster/open_search_cluster.h"
#include "tools/bench/bench_main.h"
#include "tools/eval/temporary_folder.h"

// What each is for: kUsage.
ABSL_FLAG(int, nodes, 1, "see --help");
ABSL_FLAG(std::string, heap, "1g", "see --help");

namespace bedside {
namespace {

namespace fs = std::filesystem;

constexpr int kMostNodes = 9;

constexpr absl::string_view kUsage =
    R"(usage: tools/opensearch [OPTION...]

Runs a cluster of OpenSearch with its k-NN plugin (engine "lucene") on free
ports of this machine, without access control and with nothing in it, to try
index.cluster with. Prints one line of JSON when it serves, and runs until
SIGINT (Ctrl-C), SIGTERM, or the end of the process that started it; what was
stored is gone then.

  --nodes=N    1 to 9; default 1
  --heap=SIZE  memory for the Java heap of each, as java -Xmx has it; default 1g
  --help       this text

The line:   {"urls": ["http://127.0.0.1:PORT", ...], "pids": [PID, ...]}
For it:     index { cluster { urls: "http://127.0.0.1:PORT"
                              vector_engine: CLUSTER_VECTOR_ENGINE_LUCENE
                              replicas: 0 } }        # replicas: below --nodes

What is stored is below TMPDIR. Exit status: 0 ended, 1 failed or an unknown
option, 2 a bad value.
)";

// Java and its classes are found from the folder of what this program needs at run time.
void EnterRunfiles() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  fs::current_path(absl::StrCat(program.string(), ".runfiles/bedside"), error);
}

void AwaitEnd() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  int signal = 0;
  sigwait(&ends, &signal);
}

std::string LineOf(const OpenSearchCluster& cluster) {
  nlohmann::json line = {{"urls", cluster.urls()}, {"pids", nlohmann::json::array()}};
  for (size_t node = 0; node < cluster.urls().size(); ++node) line["pids"].push_back(cluster.pid(node));
  return line.dump();
}

absl::StatusOr<std::string> Run() {
  const int nodes = absl::GetFlag(FLAGS_nodes);
  if (nodes < 1 || nodes > kMostNodes) {
    return absl::InvalidArgumentError(absl::StrCat("--nodes: wanted 1 to ", kMostNodes, ", got ", nodes));
  }
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  EnterRunfiles();
  ASSIGN_OR_RETURN(const std::string folder, MakeTemporaryFolder("bedside_opensearch"));
  const auto remove_folder = absl::MakeCleanup([&folder] {
    std::error_code error;
    fs::remove_all(folder, error);
  });
  setenv("TEST_TMPDIR", folder.c_str(), /*overwrite=*/1);
  OpenSearchCluster::Java java;
  java.heap = absl::GetFlag(FLAGS_heap);
  java.is_optimising = true;
  ASSIGN_OR_RETURN(std::unique_ptr<OpenSearchCluster> cluster,
                   OpenSearchCluster::Start(static_cast<size_t>(nodes), {}, java));
  std::cout << LineOf(*cluster) << std::endl;
  AwaitEnd();
  // Before their folder is removed.
  cluster.reset();
  return "";
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) { return bedside::BenchMain("opensearch", bedside::kUsage, &bedside::Run, argc, argv); }
