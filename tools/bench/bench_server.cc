#include "tools/bench/bench_server.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

constexpr absl::Duration kStartLimit = absl::Minutes(10);
constexpr int kLookMilliseconds = 20;
constexpr absl::string_view kReadyLine = "bedside_server: serving on ";

// The address in the whole line that the server prints when it serves; "" as long as there is none.
std::string AddressIn(absl::string_view log) {
  log = log.substr(0, log.rfind('\n') + 1);
  for (absl::string_view line : absl::StrSplit(log, '\n')) {
    if (absl::ConsumePrefix(&line, kReadyLine)) return std::string(line);
  }
  return "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<BenchServer>> BenchServer::Start(const std::string& program,
                                                                const std::string& config_path,
                                                                const std::string& log_path) {
  const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (log < 0) return absl::InternalError(absl::StrCat(log_path, " cannot be written"));
  auto close_log = absl::MakeCleanup([log] { close(log); });
  auto server = std::unique_ptr<BenchServer>(new BenchServer());
  ASSIGN_OR_RETURN(server->process_,
                   ChildProcess::Start({program, absl::StrCat("--config=", config_path), "--listen=127.0.0.1:0"}, log));
  const absl::Time deadline = absl::Now() + kStartLimit;
  while (server->process_->IsRunning() && absl::Now() < deadline) {
    ASSIGN_OR_RETURN(const std::string text, ReadTextFile(log_path));
    server->address_ = AddressIn(text);
    if (!server->address_.empty()) return server;
    if (poll(nullptr, 0, kLookMilliseconds) != 0) return absl::CancelledError("a signal arrived");
  }
  return absl::InternalError(absl::StrCat(program, " does not serve; ", log_path, " says why"));
}

}  // namespace bedside
