// search_bench: what a search takes beside the encoder.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "services/grpc_server.h"
#include "services/service_assembly.h"
#include "tools/bench/bench_main.h"
#include "tools/bench/bench_questions.h"
#include "tools/bench/search_load.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, config, "", "see --help");
ABSL_FLAG(std::string, dataset, "", "see --help");
ABSL_FLAG(int, limit_queries, 300, "see --help");
ABSL_FLAG(int, clients, 1, "see --help");
ABSL_FLAG(int, page_size, 10, "see --help");
ABSL_FLAG(int, rounds, 1, "see --help");

namespace bedside {
namespace {

// More than are asked, with all that a question may be read as.
constexpr uint32_t kKeptQuestions = 100'000;

constexpr absl::string_view kUsage =
    R"(usage: search_bench --config=FILE --dataset=DIR [OPTION...]

Measures searches over gRPC without the encoder: the questions are asked once
before, and the server, which runs in this process, keeps their vectors.
Prints one JSON object.

  --config=FILE      a text proto of bedside.config.ServerConfig; its store
                     must hold a corpus "default" and be in nobody's use
  --dataset=DIR      folder in the format of BEIR with the questions
  --limit_queries=N  questions to ask, from the first; default 300
  --clients=N        clients that ask at the same time; default 1
  --page_size=N      passages asked for; default 10
  --rounds=N         times that all questions are asked; default 1
  --help             this text

Exit status: 0 measured, 1 failed or an unknown option, 2 a bad value,
configuration or dataset.
)";

absl::StatusOr<std::string> Run() {
  if (absl::GetFlag(FLAGS_clients) < 1) return absl::InvalidArgumentError("--clients: wanted 1 or more");
  if (absl::GetFlag(FLAGS_rounds) < 1) return absl::InvalidArgumentError("--rounds: wanted 1 or more");
  config::ServerConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config));
  ASSIGN_OR_RETURN(const BenchQuestions questions,
                   ReadBenchQuestions(absl::GetFlag(FLAGS_dataset), absl::GetFlag(FLAGS_limit_queries)));
  config.mutable_index()->mutable_embedder()->set_kept_questions(kKeptQuestions);
  config.mutable_retrieval()->set_kept_rankings(0);
  ASSIGN_OR_RETURN(const auto assembly, ServiceAssembly::Create(config));
  ASSIGN_OR_RETURN(const auto server, GrpcServer::Start({"127.0.0.1:0"}, assembly->services()));
  SearchLoadOptions options;
  options.addresses = {server->address()};
  options.clients = absl::GetFlag(FLAGS_clients);
  options.warm_up = questions.warm_up;
  options.warm_up.insert(options.warm_up.end(), questions.one.begin(), questions.one.end());
  options.page_size = absl::GetFlag(FLAGS_page_size);
  const absl::StatusOr<SearchLoad> load =
      MeasureSearches(Repeated(questions.one, absl::GetFlag(FLAGS_rounds)), options);
  server->Shutdown(absl::ZeroDuration());
  RETURN_IF_ERROR(load.status());
  return absl::StrCat(LoadJson(*load).dump(), "\n");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  return bedside::BenchMain("search_bench", bedside::kUsage, &bedside::Run, argc, argv);
}
