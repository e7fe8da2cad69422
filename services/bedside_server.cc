// bedside_server: serves evidence and answers over gRPC until SIGTERM or SIGINT.

#include <glog/logging.h>
#include <google/protobuf/stubs/logging.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <memory>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "services/grpc_server.h"
#include "services/http_door.h"
#include "services/metrics/metrics_endpoint.h"
#include "services/service_assembly.h"
#include "services/trace/json_log.h"

ABSL_FLAG(std::string, config, "", "file with the configuration: a bedside.config.ServerConfig as text proto");
ABSL_FLAG(std::string, listen, "", "host:port instead of listen_address in the configuration; port 0 takes a free one");
ABSL_FLAG(std::string, http, "", "host:port to serve HTTP on, instead of http.listen_address in the configuration");

namespace {

constexpr char kHelp[] =
    R"(usage: bedside_server --config=FILE [--listen=HOST:PORT] [--http=HOST:PORT]

Serves evidence and answers over gRPC and, where it is configured, over HTTP.

  --config=FILE       a text proto of bedside.config.ServerConfig;
                      samples/server.textproto is an example
  --listen=HOST:PORT  instead of listen_address in the configuration; port 0
                      takes a free one and says which
  --http=HOST:PORT    the same for HTTP, instead of http.listen_address
  --help              this text

SIGTERM and SIGINT end it gracefully; a second one skips the delay before it
stops accepting.

Exit status: 0 ended as asked; 1 failed; 2 a bad configuration.
)";
constexpr char kDefaultAddress[] = "127.0.0.1:8443";
constexpr uint32_t kDefaultDelayMs = 5'000;
constexpr uint32_t kDefaultGraceMs = 30'000;
// How often readiness is looked at: it changes with the first import.
constexpr absl::Duration kReadinessInterval = absl::Milliseconds(200);

// Set where the log is JSON.
std::unique_ptr<bedside::JsonLog> json_log;

// Connections are files, and gRPC 1.51 never accepts again once it has run out of them: as many as the process may
// have.
void RaiseFileLimit() {
  rlimit files = {};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

// A line for those who run the server.
void Say(absl::string_view text) {
  if (json_log != nullptr) {
    LOG(INFO) << text;
  } else {
    std::cerr << "bedside_server: " << text << std::endl;
  }
}

int Fail(const absl::Status& status) {
  if (json_log != nullptr) {
    LOG(ERROR) << status.message();
  } else {
    std::cerr << "bedside_server: " << status.message() << "\n";
  }
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}

bool AsksForHelp(const char* argument) {
  const absl::string_view text = argument;
  return text == "--help" || text == "-help" || text == "-h";
}

std::string AddressOf(const bedside::config::ServerConfig& config) {
  return config.listen_address().empty() ? kDefaultAddress : config.listen_address();
}

// A request that does not parse is answered with what is wrong; the library would write a line to the log as well.
void KeepProtobufQuiet() { google::protobuf::SetLogHandler(nullptr); }

// Posted once for each signal that asks the process to end. Signals are handled, not blocked: libraries start threads
// before main, and a blocked signal would reach one of those, which would end the process at once.
sem_t end_signals;

void NoteEndSignal(int) { sem_post(&end_signals); }

void HandleEndSignals() {
  sem_init(&end_signals, 0, 0);
  struct sigaction action = {};
  action.sa_handler = &NoteEndSignal;
  action.sa_flags = SA_RESTART;
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

// Whether a signal came before `longest` had passed.
bool AwaitEndSignal(absl::Duration longest) {
  const timespec deadline = absl::ToTimespec(absl::Now() + longest);
  while (sem_timedwait(&end_signals, &deadline) != 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

void ServeUntilSignal(const bedside::ServiceAssembly& assembly, bedside::GrpcServer& server) {
  do {
    server.SetReady(assembly.is_ready());
  } while (!AwaitEndSignal(kReadinessInterval));
}

// From the first signal to the last reply. `door`: null where there is none.
void End(const bedside::config::ServerConfig& config, bedside::ServiceAssembly& assembly, bedside::GrpcServer& server,
         bedside::HttpDoor* door) {
  const uint32_t delay = config.has_shutdown_delay_ms() ? config.shutdown_delay_ms() : kDefaultDelayMs;
  const uint32_t grace = config.shutdown_grace_ms() == 0 ? kDefaultGraceMs : config.shutdown_grace_ms();
  server.SetReady(false);
  assembly.CancelJobs();
  if (AwaitEndSignal(absl::Milliseconds(delay))) Say("ending without delay");
  // The other port takes calls until this one has ended, and gives them what is left.
  const absl::Time deadline = absl::Now() + absl::Milliseconds(grace);
  if (door != nullptr) door->Shutdown(absl::Milliseconds(grace) / 2);
  server.Shutdown(deadline - absl::Now());
}

// Null where the configuration names no address for them.
absl::StatusOr<std::unique_ptr<bedside::MetricsEndpoint>> ServeMetrics(const bedside::config::ServerConfig& config,
                                                                       const bedside::ServiceAssembly& assembly) {
  if (config.metrics_address().empty()) return nullptr;
  auto endpoint = bedside::MetricsEndpoint::Start(config.metrics_address(), assembly.metrics());
  if (endpoint.ok()) Say(absl::StrCat("metrics on ", (*endpoint)->address()));
  return endpoint;
}

// Null where the configuration has no HTTP.
absl::StatusOr<std::unique_ptr<bedside::HttpDoor>> OpenHttp(const bedside::config::ServerConfig& config,
                                                            const bedside::ServiceAssembly& assembly,
                                                            bedside::GrpcServer& server) {
  if (!config.has_http()) return nullptr;
  auto door = bedside::HttpDoor::Open(config, assembly.access(), assembly.keepers(), server.InProcessChannel(),
                                      [&server] { return server.is_ready(); });
  if (door.ok()) Say(absl::StrCat("http on ", (*door)->address()));
  return door;
}

absl::Status Serve(const bedside::config::ServerConfig& config) {
  auto assembly = bedside::ServiceAssembly::Create(config);
  if (!assembly.ok()) return assembly.status();
  bedside::Listening listening = {AddressOf(config), (*assembly)->access().credentials(), config.health_address(),
                                  (*assembly)->interceptors()};
  auto server = bedside::GrpcServer::Start(std::move(listening), (*assembly)->services());
  if (!server.ok()) return server.status();
  auto metrics = ServeMetrics(config, **assembly);
  if (!metrics.ok()) return metrics.status();
  auto http = OpenHttp(config, **assembly, **server);
  if (!http.ok()) return http.status();
  if (!(*server)->health_address().empty()) Say(absl::StrCat("health on ", (*server)->health_address()));
  Say(absl::StrCat("serving on ", (*server)->address()));
  ServeUntilSignal(**assembly, **server);
  Say("ending");
  End(config, **assembly, **server, http->get());
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (std::any_of(argv + 1, argv + argc, AsksForHelp)) {
    std::cout << kHelp;
    return 0;
  }
  absl::SetProgramUsageMessage(kHelp);
  absl::ParseCommandLine(argc, argv);
  KeepProtobufQuiet();
  if (absl::GetFlag(FLAGS_config).empty()) {
    return Fail(absl::InvalidArgumentError("--config is required; samples/server.textproto is an example"));
  }
  bedside::config::ServerConfig config;
  const absl::Status read = bedside::ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config);
  if (!read.ok()) return Fail(read);
  if (config.log_format() == bedside::config::LOG_FORMAT_JSON) {
    json_log = std::make_unique<bedside::JsonLog>("bedside_server");
  }
  if (!absl::GetFlag(FLAGS_listen).empty()) config.set_listen_address(absl::GetFlag(FLAGS_listen));
  if (!absl::GetFlag(FLAGS_http).empty()) config.mutable_http()->set_listen_address(absl::GetFlag(FLAGS_http));
  RaiseFileLimit();
  HandleEndSignals();
  const absl::Status served = Serve(config);
  const int exit_status = served.ok() ? 0 : Fail(served);
  json_log.reset();
  return exit_status;
}
