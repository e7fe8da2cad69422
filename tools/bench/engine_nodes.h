// A cluster of OpenSearch as a program of its own (tools/opensearch), as long as the object lives.
#ifndef BEDSIDE_TOOLS_BENCH_ENGINE_NODES_H_
#define BEDSIDE_TOOLS_BENCH_ENGINE_NODES_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/eval/child_process.h"

namespace bedside {

class EngineNodes {
 public:
  // Returns when all of the nodes serve: at most five minutes. `program` is the path of open_search_nodes, `heap` as
  // its option; its output goes to `log_path`. INTERNAL: it ended, or does not serve in time; the message names the
  // log. Errors of ChildProcess::Start.
  static absl::StatusOr<std::unique_ptr<EngineNodes>> Start(const std::string& program, int nodes,
                                                            const std::string& heap, const std::string& log_path);

  // Of each node.
  const std::vector<std::string>& urls() const { return urls_; }
  const std::vector<pid_t>& processes() const { return processes_; }

 private:
  explicit EngineNodes(std::unique_ptr<ChildProcess> program) : program_(std::move(program)) {}

  std::unique_ptr<ChildProcess> program_;
  std::vector<std::string> urls_;
  std::vector<pid_t> processes_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_ENGINE_NODES_H_
