#include "tests/cluster/open_search_cluster.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/fakes/free_port.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

constexpr char kJava[] = "/usr/bin/java";
constexpr char kClassPath[] = "tests/cluster:external/opensearch/*";
constexpr absl::Duration kPatience = absl::Minutes(2);
constexpr absl::Duration kLookInterval = absl::Milliseconds(100);
// Of one look. A suspended node does not answer at all.
constexpr long kLookTimeoutMs = 2000;
constexpr size_t kShownOfLog = 4000;

// Different ones, of which nobody listens on any now.
std::vector<int> FreePorts(size_t count) {
  std::set<int> ports;
  while (ports.size() < count) ports.insert(FreePort());
  return {ports.begin(), ports.end()};
}

std::string NodeName(size_t node) { return absl::StrCat("node-", node); }

template <typename Name>
std::string NamesOf(size_t nodes, const Name& name) {
  std::vector<std::string> names;
  for (size_t node = 0; node < nodes; ++node) names.push_back(name(node));
  return absl::StrJoin(names, ",");
}

std::vector<std::string> JavaCommand(const OpenSearchCluster::Java& java, const OpenSearchCluster::Settings& settings) {
  std::vector<std::string> command = {kJava,
                                      absl::StrCat("-Xmx", java.heap),
                                      absl::StrCat("-XX:TieredStopAtLevel=", java.is_optimising ? 4 : 1),
                                      "-Dorg.apache.logging.log4j.level=INFO",
                                      "-Dlog4j2.disable.jmx=true",
                                      "-cp",
                                      kClassPath,
                                      "OpenSearchNode"};
  for (const auto& [name, value] : settings) command.push_back(absl::StrCat(name, "=", value));
  return command;
}

// `requirement`: parameters of _cluster/health. Status 0: no answer; 408: not yet.
HttpReply AskHealth(const std::string& url, const std::string& requirement) {
  HttpCall call;
  call.url = absl::StrCat(url, "/_cluster/health?timeout=1s&", requirement);
  call.timeout_ms = kLookTimeoutMs;
  return SendHttp(call);
}

}  // namespace

absl::StatusOr<std::unique_ptr<OpenSearchCluster>> OpenSearchCluster::Start(size_t nodes, const Settings& settings,
                                                                            const Java& java) {
  const std::string folder = TempFolder();
  const std::vector<int> ports = FreePorts(2 * nodes);
  const auto transport = [&](size_t node) { return absl::StrCat("127.0.0.1:", ports[nodes + node]); };
  std::unique_ptr<OpenSearchCluster> cluster(new OpenSearchCluster);
  for (size_t i = 0; i < nodes; ++i) {
    const std::string home = absl::StrCat(folder, "/", NodeName(i));
    std::filesystem::create_directories(home);
    Settings all = settings;
    all.insert({{"path.home", home},
                {"cluster.name", "bedside-test"},
                {"node.name", NodeName(i)},
                {"network.host", "127.0.0.1"},
                {"http.port", absl::StrCat(ports[i])},
                {"transport.port", absl::StrCat(ports[nodes + i])},
                {"discovery.seed_hosts", NamesOf(nodes, transport)},
                {"cluster.initial_cluster_manager_nodes", NamesOf(nodes, NodeName)},
                {"cluster.routing.allocation.disk.threshold_enabled", "false"}});
    cluster->urls_.push_back(absl::StrCat("http://127.0.0.1:", ports[i]));
    cluster->nodes_.push_back({JavaCommand(java, all), absl::StrCat(home, "/node.log"), nullptr});
    if (const absl::Status status = cluster->Launch(i); !status.ok()) return status;
  }
  for (size_t i = 0; i < nodes; ++i) {
    if (const absl::Status status = cluster->AwaitMembership(i, nodes); !status.ok()) return status;
  }
  return cluster;
}

OpenSearchCluster::~OpenSearchCluster() {
  // All at once, for each takes a while to go.
  for (const Node& node : nodes_) {
    if (node.process != nullptr) node.process->Signal(SIGKILL);
  }
}

std::string OpenSearchCluster::Log(size_t node) const {
  std::ostringstream log;
  log << std::ifstream(nodes_[node].log_file).rdbuf();
  return log.str();
}

void OpenSearchCluster::Kill(size_t node) {
  if (nodes_[node].process == nullptr) return;
  nodes_[node].process->Signal(SIGKILL);
  nodes_[node].process.reset();
}

void OpenSearchCluster::Suspend(size_t node) { nodes_[node].process->Signal(SIGSTOP); }

void OpenSearchCluster::Resume(size_t node) { nodes_[node].process->Signal(SIGCONT); }

absl::Status OpenSearchCluster::Restart(size_t node) {
  Kill(node);
  if (const absl::Status status = Launch(node); !status.ok()) return status;
  return AwaitMembership(node, 1);
}

absl::Status OpenSearchCluster::WaitForHealth(const std::string& status, size_t nodes) const {
  const std::string requirement = absl::StrCat("wait_for_status=", status, "&wait_for_nodes=", nodes);
  std::string last = "nothing";
  for (const absl::Time deadline = absl::Now() + kPatience; absl::Now() < deadline; absl::SleepFor(kLookInterval)) {
    for (const std::string& url : urls_) {
      const HttpReply reply = AskHealth(url, requirement);
      if (reply.status == 200) return absl::OkStatus();
      if (reply.status != 0) last = reply.body;
    }
  }
  return absl::DeadlineExceededError(absl::StrCat("wanted ", nodes, " nodes and health ", status, ", got ", last,
                                                  " for ", absl::FormatDuration(kPatience)));
}

absl::Status OpenSearchCluster::Launch(size_t node) {
  const int log = open(nodes_[node].log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const auto close_log = absl::MakeCleanup([log] { close(log); });
  auto process = ChildProcess::Start(nodes_[node].command, log);
  if (!process.ok()) return process.status();
  nodes_[node].process = *std::move(process);
  return absl::OkStatus();
}

absl::Status OpenSearchCluster::AwaitMembership(size_t node, size_t nodes) {
  const std::string requirement = absl::StrCat("wait_for_nodes=ge(", nodes, ")");
  const absl::Time deadline = absl::Now() + kPatience;
  while (nodes_[node].process->IsRunning() && absl::Now() < deadline) {
    if (AskHealth(urls_[node], requirement).status == 200) return absl::OkStatus();
    absl::SleepFor(kLookInterval);
  }
  const std::string log = Log(node);
  return absl::InternalError(absl::StrCat(NodeName(node), " of ", nodes_.size(), " is in no cluster of ", nodes,
                                          "; its log ends:\n",
                                          log.substr(log.size() - std::min(log.size(), kShownOfLog))));
}

}  // namespace bedside
