// load_client: what searches take from clients that ask at the same time.

#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/bench/bench_main.h"
#include "tools/bench/bench_questions.h"
#include "tools/bench/search_load.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, server, "127.0.0.1:8443", "see --help");
ABSL_FLAG(std::string, corpus, "default", "see --help");
ABSL_FLAG(std::string, dataset, "", "see --help");
ABSL_FLAG(int, limit_queries, 300, "see --help");
ABSL_FLAG(int, clients, 1, "see --help");
ABSL_FLAG(int, page_size, 10, "see --help");
ABSL_FLAG(int, rounds, 1, "see --help");

namespace bedside {
namespace {

constexpr absl::string_view kUsage =
    R"(usage: load_client --dataset=DIR [OPTION...]

Asks the questions of a dataset in their order through gRPC, after the
last 20 as a warm-up, and prints one JSON object: searches, qps, mean_ms, p50_ms,
p90_ms, p99_ms.

  --dataset=DIR      folder in the format of BEIR with the questions
  --server=HOST:PORT the server; default 127.0.0.1:8443
  --corpus=ID        corpus to search; default "default"
  --limit_queries=N  questions to ask, from the first; default 300
  --clients=N        clients that ask at the same time; default 1
  --page_size=N      passages asked for; default 10
  --rounds=N         times that all questions are asked; default 1
  --help             this text

Exit status: 0 measured, 1 failed or an unknown option, 2 a bad value or
dataset.
)";

absl::StatusOr<std::string> Run() {
  SearchLoadOptions options;
  options.addresses = {absl::GetFlag(FLAGS_server)};
  options.corpus = absl::GetFlag(FLAGS_corpus);
  options.clients = absl::GetFlag(FLAGS_clients);
  options.page_size = absl::GetFlag(FLAGS_page_size);
  if (options.clients < 1) return absl::InvalidArgumentError("--clients: wanted 1 or more");
  if (absl::GetFlag(FLAGS_rounds) < 1) return absl::InvalidArgumentError("--rounds: wanted 1 or more");
  ASSIGN_OR_RETURN(const BenchQuestions questions,
                   ReadBenchQuestions(absl::GetFlag(FLAGS_dataset), absl::GetFlag(FLAGS_limit_queries)));
  options.warm_up = questions.warm_up;
  ASSIGN_OR_RETURN(const SearchLoad load,
                   MeasureSearches(Repeated(questions.one, absl::GetFlag(FLAGS_rounds)), options));
  return absl::StrCat(LoadJson(load).dump(), "\n");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  return bedside::BenchMain("load_client", bedside::kUsage, &bedside::Run, argc, argv);
}
