// bedside_eval: how well Bedside finds evidence, measured on a BEIR dataset through the real programs.

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/beir_dataset.h"
#include "tools/eval/evaluation.h"
#include "tools/eval/evaluation_report.h"
#include "tools/eval/search_client.h"
#include "tools/eval/served_dataset.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, dataset, "", "see --help");
ABSL_FLAG(std::string, store, "", "see --help");
ABSL_FLAG(std::string, config, "", "see --help");
ABSL_FLAG(std::string, bin_dir, "", "see --help");
ABSL_FLAG(int, limit_queries, 0, "see --help");
ABSL_FLAG(int, page_size, 100, "see --help");
ABSL_FLAG(bool, json, false, "see --help");

namespace bedside {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kUsage =
    R"(usage: bedside_eval --dataset=DIR [OPTION...]

Measures how well Bedside finds evidence, on a dataset in the format of BEIR:
ingests its corpus, serves it, and asks its questions through gRPC.

  --dataset=DIR      folder with corpus.jsonl, queries.jsonl and qrels/test.tsv
  --store=DIR        folder to keep between runs, so that passages are embedded
                     once; default: a new one, removed at the end
  --config=FILE      a text proto of bedside.config.ServerConfig, of which
                     embedder, index and pipeline are used; default: an empty
                     one with the model in .deps/bge-small-en-v1.5
  --bin_dir=DIR      folder with bedside_ingest and bedside_server; default:
                     those of the same build
  --limit_queries=N  questions to ask, from the first; default 0: all
  --page_size=N      passages asked for: 100 to 1000; default 100
  --json             print JSON instead of a table
  --help             this text

Paths, that of the default model included, are relative to the folder in which
bedside_eval is started; the default is for the root of the checkout.

Exit status: 0 measured, 1 failed or an unknown option, 2 a bad value,
configuration or dataset.
)";

volatile sig_atomic_t g_stopped = 0;

// Without SA_RESTART: whoever waits returns, and everything that was started is taken down on the way out.
void StopOnSignals() {
  struct sigaction action = {};
  action.sa_handler = [](int) { g_stopped = 1; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

absl::Status CheckFlags() {
  if (absl::GetFlag(FLAGS_dataset).empty()) return absl::InvalidArgumentError("--dataset is required: a BEIR folder");
  if (absl::GetFlag(FLAGS_limit_queries) < 0) return absl::InvalidArgumentError("--limit_queries: wanted 0 or more");
  const int page_size = absl::GetFlag(FLAGS_page_size);
  if (page_size < 100 || page_size > 1000) {
    return absl::InvalidArgumentError("--page_size: wanted 100 to 1000; recall@100 needs 100");
  }
  return absl::OkStatus();
}

absl::StatusOr<config::ServerConfig> ReadConfig() {
  config::ServerConfig config;
  if (absl::GetFlag(FLAGS_config).empty()) {
    config.mutable_index()->mutable_embedder()->set_model_path(".deps/bge-small-en-v1.5");
    return config;
  }
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config));
  return config;
}

// `name` in --bin_dir, or, without it, where Bazel puts the program in the build that this one belongs to.
absl::StatusOr<std::string> ProgramPath(absl::string_view folder, absl::string_view name) {
  fs::path path;
  if (!absl::GetFlag(FLAGS_bin_dir).empty()) {
    path = fs::path(absl::GetFlag(FLAGS_bin_dir)) / std::string(name);
  } else {
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    path = self.parent_path().parent_path().parent_path() / std::string(folder) / std::string(name);
  }
  if (access(path.c_str(), X_OK) == 0) return path.string();
  return absl::NotFoundError(absl::StrCat("there is no program ", path.string(), ". Build //", folder, ":", name,
                                          ", or say with --bin_dir where it is."));
}

// --store, or a new folder.
absl::StatusOr<std::string> StoreFolder() {
  std::string folder = absl::GetFlag(FLAGS_store);
  std::error_code error;
  if (!folder.empty()) {
    fs::create_directories(folder, error);
    if (error) return absl::InvalidArgumentError(absl::StrCat("--store: ", folder, ": ", error.message()));
    return folder;
  }
  folder = (fs::temp_directory_path(error) / "bedside_eval.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return absl::InternalError(absl::StrCat(folder, " cannot be made"));
  return folder;
}

absl::StatusOr<EvaluationReport> Measure(const BeirDataset& dataset, const ServedDatasetOptions& options) {
  ASSIGN_OR_RETURN(const auto served, ServedDataset::Create(options));
  EvaluationReport report;
  report.dataset = absl::GetFlag(FLAGS_dataset);
  report.unjudged_questions = dataset.unjudged_questions;
  report.page_size = absl::GetFlag(FLAGS_page_size);
  report.ingest_seconds = absl::ToDoubleSeconds(served->ingest_time());
  const SearchClient client(served->address(), report.page_size);
  ASSIGN_OR_RETURN(
      report.evaluation,
      Evaluate(dataset.questions, [&client](const std::string& question) -> absl::StatusOr<FoundDocuments> {
        if (g_stopped) return absl::CancelledError("a signal arrived");
        return client.Search(question);
      }));
  return report;
}

absl::StatusOr<EvaluationReport> Run() {
  RETURN_IF_ERROR(CheckFlags());
  ServedDatasetOptions options;
  ASSIGN_OR_RETURN(options.config, ReadConfig());
  ASSIGN_OR_RETURN(options.ingest_program, ProgramPath("ingest", "bedside_ingest"));
  ASSIGN_OR_RETURN(options.server_program, ProgramPath("services", "bedside_server"));
  ASSIGN_OR_RETURN(BeirDataset dataset, ReadBeirDataset(absl::GetFlag(FLAGS_dataset)));
  const size_t limit = static_cast<size_t>(absl::GetFlag(FLAGS_limit_queries));
  if (limit > 0 && limit < dataset.questions.size()) dataset.questions.resize(limit);
  options.corpus_path = dataset.corpus_path;
  ASSIGN_OR_RETURN(options.folder, StoreFolder());
  auto remove_folder = absl::MakeCleanup([&options] {
    std::error_code error;
    if (absl::GetFlag(FLAGS_store).empty()) fs::remove_all(options.folder, error);
  });
  return Measure(dataset, options);
}

// Before Abseil sees it, whose own answer is an error and names files of the source.
bool IsHelpWanted(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc, [](absl::string_view argument) { return argument == "--help"; });
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  if (bedside::IsHelpWanted(argc, argv)) {
    std::cout << bedside::kUsage;
    return 0;
  }
  if (const auto arguments = absl::ParseCommandLine(argc, argv); arguments.size() > 1) {
    std::cerr << "bedside_eval: " << arguments[1] << " is no option; the folder of the dataset follows --dataset=\n";
    return 2;
  }
  bedside::StopOnSignals();
  const absl::StatusOr<bedside::EvaluationReport> report = bedside::Run();
  if (report.ok()) {
    std::cout << (absl::GetFlag(FLAGS_json) ? bedside::ReportJson(*report) : bedside::ReportText(*report));
    return 0;
  }
  if (bedside::g_stopped) {
    std::cerr << "bedside_eval: stopped by a signal; nothing was measured\n";
    return 1;
  }
  std::cerr << "bedside_eval: " << report.status().message() << "\n";
  return absl::IsInvalidArgument(report.status()) || absl::IsNotFound(report.status()) ? 2 : 1;
}
