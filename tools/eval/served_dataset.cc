#include "tools/eval/served_dataset.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <fstream>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "google/protobuf/text_format.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/config_check.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "tools/eval/program_path.h"

namespace bedside {
namespace {

constexpr absl::Duration kStartLimit = absl::Minutes(5);
constexpr int kLookMilliseconds = 20;
constexpr absl::string_view kReadyLine = "bedside_server: serving on ";

absl::Status WriteTextproto(const google::protobuf::Message& message, const std::string& path) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(message, &text);
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

absl::Status Ingest(const ServedDatasetOptions& options, const config::ServerConfig& config) {
  config::IngestConfig ingest_config;
  *ingest_config.mutable_index() = config.index();
  *ingest_config.mutable_pipeline() = config.pipeline();
  const std::string config_path = absl::StrCat(options.folder, "/ingest.textproto");
  RETURN_IF_ERROR(WriteTextproto(ingest_config, config_path));
  // A folder that is used again may hold another dataset: full, so that none of it is left.
  ASSIGN_OR_RETURN(auto ingest, ChildProcess::Start({options.ingest_program, absl::StrCat("--config=", config_path),
                                                     absl::StrCat("--report=", options.folder, "/ingest_report.json"),
                                                     "--mode=full", options.corpus_path},
                                                    STDERR_FILENO));
  ASSIGN_OR_RETURN(const int exit_status, ingest->Wait());
  if (exit_status == 0) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat("bedside_ingest ended with exit status ", exit_status, "; it says why above"));
}

// The address in the line that the server prints when it serves; unset as long as there is none.
absl::optional<std::string> AddressIn(const std::string& log_path) {
  std::ifstream log(log_path);
  std::string line;
  while (std::getline(log, line)) {
    absl::string_view address = line;
    // Until its line break is there, the line may be half written.
    if (!log.eof() && absl::ConsumePrefix(&address, kReadyLine)) return std::string(address);
  }
  return absl::nullopt;
}

// "" when there is none.
std::string LastLine(const std::string& path) {
  std::ifstream file(path);
  std::string last;
  for (std::string line; std::getline(file, line);) last = line;
  return last;
}

absl::StatusOr<std::string> AwaitAddress(const std::string& log_path, ChildProcess* server) {
  const absl::Time deadline = absl::Now() + kStartLimit;
  while (absl::Now() < deadline) {
    const bool running = server->IsRunning();
    if (absl::optional<std::string> address = AddressIn(log_path)) return *std::move(address);
    if (!running) {
      return absl::InternalError(absl::StrCat("bedside_server ended before it served. It said: ", LastLine(log_path)));
    }
    if (poll(nullptr, 0, kLookMilliseconds) < 0) return absl::CancelledError("a signal arrived");
  }
  return absl::InternalError(absl::StrCat("bedside_server did not serve within ", absl::FormatDuration(kStartLimit),
                                          ". It said: ", LastLine(log_path)));
}

absl::StatusOr<std::unique_ptr<ChildProcess>> StartServer(const ServedDatasetOptions& options,
                                                          const config::ServerConfig& config,
                                                          const std::string& log_path) {
  const std::string config_path = absl::StrCat(options.folder, "/server.textproto");
  RETURN_IF_ERROR(WriteTextproto(config, config_path));
  const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (log < 0) return absl::InternalError(absl::StrCat(log_path, " cannot be written"));
  auto close_log = absl::MakeCleanup([log] { close(log); });
  return ChildProcess::Start({options.server_program, absl::StrCat("--config=", config_path), "--listen=127.0.0.1:0"},
                             log);
}

}  // namespace

absl::Status FindPrograms(const std::string& bin_dir, ServedDatasetOptions* options) {
  ASSIGN_OR_RETURN(options->ingest_program, ProgramPath(bin_dir, "ingest", "bedside_ingest"));
  ASSIGN_OR_RETURN(options->server_program, ProgramPath(bin_dir, "services", "bedside_server"));
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<ServedDataset>> ServedDataset::Create(const ServedDatasetOptions& options) {
  config::ServerConfig config = options.config;
  if (!options.corpus_path.empty()) config.mutable_index()->set_store_path(absl::StrCat(options.folder, "/store"));
  config.set_shutdown_delay_ms(0);
  // Who asks twice wants to know what it takes, not what a server remembers.
  config.mutable_retrieval()->set_kept_rankings(0);
  RETURN_IF_ERROR(ToStatus(FindViolations(config)));
  auto served = std::unique_ptr<ServedDataset>(new ServedDataset());
  if (!options.corpus_path.empty()) {
    const absl::Time start = absl::Now();
    RETURN_IF_ERROR(Ingest(options, config));
    served->ingest_time_ = absl::Now() - start;
  }
  const std::string log_path = absl::StrCat(options.folder, "/server.log");
  ASSIGN_OR_RETURN(served->server_, StartServer(options, config, log_path));
  ASSIGN_OR_RETURN(served->address_, AwaitAddress(log_path, served->server_.get()));
  return served;
}

}  // namespace bedside
