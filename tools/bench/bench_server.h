// bedside_server as a program of its own on a free loopback port, as long as the object lives.
#ifndef BEDSIDE_TOOLS_BENCH_BENCH_SERVER_H_
#define BEDSIDE_TOOLS_BENCH_BENCH_SERVER_H_

#include <sys/types.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/eval/child_process.h"

namespace bedside {

class BenchServer {
 public:
  // Returns when it serves: at most ten minutes. Its output goes to `log_path`. INTERNAL: it ended, or does not serve
  // in time; the message names the log. CANCELLED: a signal arrived. Errors of ChildProcess::Start.
  static absl::StatusOr<std::unique_ptr<BenchServer>> Start(const std::string& program, const std::string& config_path,
                                                            const std::string& log_path);

  // host:port
  const std::string& address() const { return address_; }
  pid_t pid() const { return process_->pid(); }

 private:
  BenchServer() = default;

  std::unique_ptr<ChildProcess> process_;
  std::string address_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_BENCH_SERVER_H_
