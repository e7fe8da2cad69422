// A cluster of OpenSearch 2.19 on the loopback: each node is a process of its own, with its modules and the k-NN plugin
// (engine "lucene"; these artefacts have no native libraries), without the security plugin.
//
//   auto cluster = OpenSearchCluster::Start(3);
//   ASSERT_THAT(cluster, IsOk());
//   ... (*cluster)->urls()[0] ...
//   (*cluster)->Kill(1);
//   EXPECT_THAT((*cluster)->WaitForHealth("yellow", 2), IsOk());
//
// On two idle cores one node serves after 4 s and three after 10 s; a node takes 0.3 GB of memory and 4 s of a core to
// start. A test that starts some has the tag "cpu:2". Nodes keep what they store in a TempFolder(). They end with the
// object, or within seconds of the test's process, however that ends; a suspended one only with the object. Not
// thread-safe.
#ifndef BEDSIDE_TESTS_CLUSTER_OPEN_SEARCH_CLUSTER_H_
#define BEDSIDE_TESTS_CLUSTER_OPEN_SEARCH_CLUSTER_H_

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/eval/child_process.h"

namespace bedside {

class OpenSearchCluster {
 public:
  // Of every node, as in opensearch.yml; lists have commas.
  using Settings = std::map<std::string, std::string>;

  // What a node's Java is started with.
  struct Java {
    // Of one node, as java -Xmx has it.
    std::string heap = "512m";
    // All of its compilers, as where a node serves, so that its speed can be measured. Without, by the first only, a
    // node starts in two thirds of the time.
    bool is_optimising = false;
  };

  // Returns when each of the nodes answers and is one of a cluster of `nodes`. `settings` go before those that every
  // node gets here.
  // INTERNAL: a node has ended, or the cluster has not formed within two minutes; with the end of the node's log.
  // REQUIRES: nodes > 0
  static absl::StatusOr<std::unique_ptr<OpenSearchCluster>> Start(size_t nodes, const Settings& settings,
                                                                  const Java& java);
  static absl::StatusOr<std::unique_ptr<OpenSearchCluster>> Start(size_t nodes, const Settings& settings = {}) {
    return Start(nodes, settings, Java());
  }

  // Kills the nodes.
  ~OpenSearchCluster();

  // "http://127.0.0.1:PORT" of each node, whether it runs or not.
  const std::vector<std::string>& urls() const { return urls_; }

  // To look at what the kernel says of it. REQUIRES: the node runs
  pid_t pid(size_t node) const { return nodes_[node].process->pid(); }

  // All that the node has logged, of all its runs.
  std::string Log(size_t node) const;

  // Ends the node without a chance to say goodbye. Its data and its ports stay its own.
  void Kill(size_t node);

  // The node keeps its connections, and does nothing until Resume. The others drop it after 33 s, or 65 s when it is
  // the cluster manager; after 2 to 3 s with cluster.fault_detection.{follower,leader}_check.{timeout=1s,retry_count=1}
  // and cluster.publish.timeout=1s, which also drop a node that is only slow. REQUIRES: the node runs
  void Suspend(size_t node);
  void Resume(size_t node);

  // Kills the node where it runs, and starts it with the same data and ports. Returns when it answers and is in a
  // cluster again. Errors as of Start.
  absl::Status Restart(size_t node);

  // Waits until a node says that the cluster has `nodes` nodes and is "green", or "yellow", which green is, too.
  // DEADLINE_EXCEEDED: not within two minutes; with what was answered last.
  absl::Status WaitForHealth(const std::string& status, size_t nodes) const;

 private:
  struct Node {
    std::vector<std::string> command;
    std::string log_file;
    // Null while it does not run.
    std::unique_ptr<ChildProcess> process;
  };

  OpenSearchCluster() = default;

  absl::Status Launch(size_t node);
  // Until the node answers as one of a cluster of at least `nodes`.
  absl::Status AwaitMembership(size_t node, size_t nodes);

  std::vector<std::string> urls_;
  std::vector<Node> nodes_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_CLUSTER_OPEN_SEARCH_CLUSTER_H_
