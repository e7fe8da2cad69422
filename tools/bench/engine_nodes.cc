#include "tools/bench/engine_nodes.h"

#include <fcntl.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

constexpr absl::Duration kStartLimit = absl::Minutes(5);
constexpr absl::Duration kLookInterval = absl::Milliseconds(100);

}  // namespace

absl::StatusOr<std::unique_ptr<EngineNodes>> EngineNodes::Start(const std::string& program, int nodes,
                                                                const std::string& heap, const std::string& log_path) {
  const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (log < 0) return absl::InternalError(absl::StrCat(log_path, " cannot be written"));
  const auto close_log = absl::MakeCleanup([log] { close(log); });
  ASSIGN_OR_RETURN(std::unique_ptr<ChildProcess> process,
                   ChildProcess::Start({program, absl::StrCat("--nodes=", nodes), absl::StrCat("--heap=", heap)}, log));
  std::unique_ptr<EngineNodes> started(new EngineNodes(std::move(process)));
  const absl::Time deadline = absl::Now() + kStartLimit;
  for (; started->program_->IsRunning() && absl::Now() < deadline; absl::SleepFor(kLookInterval)) {
    ASSIGN_OR_RETURN(const std::string text, ReadTextFile(log_path));
    const absl::StatusOr<nlohmann::json> line = LastJsonLine(text);
    if (!line.ok()) continue;
    started->urls_ = line->at("urls").get<std::vector<std::string>>();
    started->processes_ = line->at("pids").get<std::vector<pid_t>>();
    return started;
  }
  return absl::InternalError(absl::StrCat(program, " does not serve; ", log_path, " says why"));
}

}  // namespace bedside
