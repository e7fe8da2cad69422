// bedside_eval: how well Bedside finds evidence, measured on a BEIR dataset through the real programs.

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/beir_dataset.h"
#include "tools/eval/evaluation.h"
#include "tools/eval/evaluation_report.h"
#include "tools/eval/search_client.h"
#include "tools/eval/served_dataset.h"

ABSL_FLAG(std::string, dataset, "", "folder with corpus.jsonl, queries.jsonl and qrels/test.tsv");
ABSL_FLAG(std::string, store, "",
          "folder to keep between runs, so that passages are embedded once; empty: a new one, "
          "removed at the end");
ABSL_FLAG(
    std::string, config, "",
    "file with a bedside.config.ServerConfig: embedder, index and pipeline are taken from it; empty: the defaults "
    "with the model in .deps/bge-small-en-v1.5");
ABSL_FLAG(std::string, bin_dir, "", "folder with bedside_ingest and bedside_server; empty: those of the same build");
ABSL_FLAG(int, limit_queries, 0, "questions to ask, from the first; 0: all");
ABSL_FLAG(int, page_size, 100, "passages asked for: 100 to 1000");
ABSL_FLAG(bool, json, false, "print JSON instead of a table");

namespace bedside {
namespace {

namespace fs = std::filesystem;

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

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "measures how well Bedside finds evidence, on a BEIR dataset.\n"
      "  bedside_eval --dataset=DIR --store=DIR\n"
      "Exit: 0 measured, 1 failed or an unknown flag, 2 a bad value, configuration or dataset.");
  if (const auto arguments = absl::ParseCommandLine(argc, argv); arguments.size() > 1) {
    std::cerr << "bedside_eval: " << arguments[1] << " is no flag; the folder of the dataset follows --dataset=\n";
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
