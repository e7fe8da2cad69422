// The embedded engine and a cluster beside it, on one store: what searches, starts, memory, disk and publishing cost.
//
// All processes share the cores of one machine, so that what is measured by the clock says what one machine does. What
// is measured in CPU seconds is what a capacity is worked out from.
#ifndef BEDSIDE_TOOLS_BENCH_ENGINE_POINTS_H_
#define BEDSIDE_TOOLS_BENCH_ENGINE_POINTS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "tools/bench/bench_questions.h"
#include "tools/bench/bench_run.h"

namespace bedside {

struct EnginePlan {
  // How many nodes a cluster has, how many servers ask it: every pair is measured.
  std::vector<int> nodes;
  std::vector<int> servers;
  // Memory for the Java heap of a node.
  std::string heap;
  // Copies of each shard beside the first. A segment has as many shards as there are nodes.
  int replicas = 0;
};

// Builds the store "store" in the working folder, of synthetic documents. Returns "documents", "passages" and
// "seconds". Errors are those of BenchRun::RunJson.
absl::StatusOr<nlohmann::json> BuildStore(BenchRun* run, int documents);

// One server on that store. Every question is asked once, and those of several clients once more, when their vectors
// are known: the difference is what the encoder costs. Errors are those of BenchServer and MeasureCost.
absl::StatusOr<nlohmann::json> MeasureEmbedded(BenchRun* run, const BenchQuestions& questions);

// A cluster of `nodes` that that store is published to, and servers with empty caches that ask it. Appends a point for
// each count of servers. Errors beside those of MeasureEmbedded are those of EngineNodes and ClusterPublisher.
absl::Status MeasureCluster(BenchRun* run, const EnginePlan& plan, int nodes, const BenchQuestions& questions,
                            nlohmann::json* points);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_ENGINE_POINTS_H_
