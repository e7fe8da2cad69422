// bedside_server: serves evidence and answers over gRPC until SIGTERM or SIGINT.

#include <signal.h>

#include <iostream>
#include <memory>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "services/grpc_server.h"
#include "services/service_assembly.h"

ABSL_FLAG(std::string, config, "", "file with the configuration: a bedside.config.ServerConfig as text proto");
ABSL_FLAG(std::string, listen, "", "host:port instead of listen_address in the configuration; port 0 takes a free one");

namespace {

constexpr char kDefaultAddress[] = "127.0.0.1:8443";
constexpr uint32_t kDefaultDelayMs = 5'000;
constexpr uint32_t kDefaultGraceMs = 30'000;
// How often readiness is looked at: it changes with the first import.
constexpr timespec kReadinessInterval = {0, 200'000'000};

int Fail(const absl::Status& status) {
  std::cerr << "bedside_server: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}

std::string AddressOf(const bedside::config::ServerConfig& config) {
  if (!absl::GetFlag(FLAGS_listen).empty()) return absl::GetFlag(FLAGS_listen);
  return config.listen_address().empty() ? kDefaultAddress : config.listen_address();
}

// Blocks the signals that end the process in every thread that is started from now on.
sigset_t BlockEndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void ServeUntilSignal(const sigset_t& signals, const bedside::ServiceAssembly& assembly, bedside::GrpcServer& server) {
  do {
    server.SetReady(assembly.is_ready());
  } while (sigtimedwait(&signals, nullptr, &kReadinessInterval) < 0);
}

absl::Status Serve(const bedside::config::ServerConfig& config, const sigset_t& signals) {
  auto assembly = bedside::ServiceAssembly::Create(config);
  if (!assembly.ok()) return assembly.status();
  auto server = bedside::GrpcServer::Start(AddressOf(config), (*assembly)->services());
  if (!server.ok()) return server.status();
  std::cerr << "bedside_server: serving on " << (*server)->address() << std::endl;
  ServeUntilSignal(signals, **assembly, **server);
  std::cerr << "bedside_server: ending" << std::endl;
  const uint32_t delay = config.has_shutdown_delay_ms() ? config.shutdown_delay_ms() : kDefaultDelayMs;
  const uint32_t grace = config.shutdown_grace_ms() == 0 ? kDefaultGraceMs : config.shutdown_grace_ms();
  (*assembly)->CancelJobs();
  (*server)->Shutdown(absl::Milliseconds(delay), absl::Milliseconds(grace));
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "serves evidence and answers over gRPC.\n"
      "  bedside_server --config=samples/server.textproto\n"
      "SIGTERM and SIGINT end it gracefully. Exit: 0 ended as asked, 1 failed, 2 a bad configuration.");
  absl::ParseCommandLine(argc, argv);
  if (absl::GetFlag(FLAGS_config).empty()) {
    return Fail(absl::InvalidArgumentError("--config is required; samples/server.textproto is an example"));
  }
  bedside::config::ServerConfig config;
  const absl::Status read = bedside::ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config);
  if (!read.ok()) return Fail(read);
  const absl::Status served = Serve(config, BlockEndSignals());
  return served.ok() ? 0 : Fail(served);
}
