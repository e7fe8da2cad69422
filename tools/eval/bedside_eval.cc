// bedside_eval: how well Bedside finds evidence, measured through the real programs.

#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/text_format.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/dataset_files.h"
#include "tools/eval/dataset_measurement.h"
#include "tools/eval/dataset_reader.h"
#include "tools/eval/evaluation_options.h"
#include "tools/eval/evaluation_report.h"
#include "tools/eval/growth.h"
#include "tools/eval/report_page.h"
#include "tools/eval/run_comparison.h"
#include "tools/eval/run_file.h"
#include "tools/eval/served_dataset.h"
#include "tools/eval/temporary_folder.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

constexpr int kGateFailed = 3;

volatile sig_atomic_t g_stopped = 0;

// Without SA_RESTART: whoever waits returns, and everything that was started is taken down on the way out.
void StopOnSignals() {
  struct sigaction action = {};
  action.sa_handler = [](int) { g_stopped = 1; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

absl::StatusOr<config::ServerConfig> ReadConfig(const std::string& path) {
  config::ServerConfig config;
  if (path.empty()) {
    config.mutable_index()->mutable_embedder()->set_model_path(".deps/bge-small-en-v1.5");
    return config;
  }
  RETURN_IF_ERROR(ReadTextprotoConfig(path, &config));
  return config;
}

// What of a configuration is measured: without the paths of this machine.
std::string SettingsText(config::ServerConfig config) {
  config.mutable_index()->clear_store_path();
  config.mutable_index()->mutable_embedder()->clear_model_path();
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string text;
  printer.PrintToString(config, &text);
  return text;
}

// --store, or a new folder.
absl::StatusOr<std::string> WorkFolder(const std::string& store) {
  std::error_code error;
  if (!store.empty()) {
    fs::create_directories(store, error);
    if (error) return absl::InvalidArgumentError(absl::StrCat("--store: ", store, ": ", error.message()));
    return store;
  }
  return MakeTemporaryFolder("bedside_eval");
}

absl::StatusOr<EvaluationDataset> ReadLimited(const std::string& path, const std::string& folder, int limit) {
  ASSIGN_OR_RETURN(EvaluationDataset dataset, ReadDataset(path, folder));
  const auto most = static_cast<size_t>(limit);
  if (most > 0 && most < dataset.questions.size()) dataset.questions.resize(most);
  return dataset;
}

// Of questions alone, the store must be one that is there.
absl::Status CheckServable(const EvaluationDataset& dataset, const config::ServerConfig& config) {
  if (!dataset.corpus_path.empty() || !config.index().store_path().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(dataset.name,
                                                 " has questions and no corpus: say with --address which ",
                                                 "server to ask, or name a store in --config (index.store_path)"));
}

absl::StatusOr<ServedDatasetOptions> ServedOptions(const EvaluationDataset& dataset, const std::string& folder,
                                                   const EvaluationOptions& options) {
  ServedDatasetOptions served;
  ASSIGN_OR_RETURN(served.config, ReadConfig(options.config));
  RETURN_IF_ERROR(CheckServable(dataset, served.config));
  RETURN_IF_ERROR(FindPrograms(options.bin_dir, &served));
  served.folder = folder;
  served.corpus_path = dataset.corpus_path;
  return served;
}

// By size, each with a server of its own that knows no question yet, in the store of the dataset: what is embedded for
// one is not embedded again.
absl::StatusOr<std::vector<GrowthPoint>> MeasureGrowth(const EvaluationDataset& dataset, ServedDatasetOptions served,
                                                       MeasurementOptions measurement) {
  if (dataset.corpus_path.empty()) return absl::InvalidArgumentError("--growth: the dataset is questions alone");
  ASSIGN_OR_RETURN(const std::vector<CorpusDocument> documents, ReadCorpusDocuments(dataset.corpus_path));
  std::vector<GrowthPoint> points;
  for (const size_t one_of : kGrowthShares) {
    served.corpus_path = absl::StrCat(served.folder, "/share.jsonl");
    RETURN_IF_ERROR(WriteCorpusShare(documents, one_of, served.corpus_path));
    ASSIGN_OR_RETURN(const auto server, ServedDataset::Create(served));
    measurement.address = server->address();
    ASSIGN_OR_RETURN(points.emplace_back(), MeasureGrowthPoint(dataset, measurement));
  }
  return points;
}

absl::StatusOr<std::vector<EvaluationRun>> MeasureServed(const EvaluationDataset& dataset, const std::string& folder,
                                                         const EvaluationOptions& options,
                                                         MeasurementOptions measurement) {
  ASSIGN_OR_RETURN(const ServedDatasetOptions served_options, ServedOptions(dataset, folder, options));
  std::vector<GrowthPoint> growth;
  if (options.growth) {
    ASSIGN_OR_RETURN(growth, MeasureGrowth(dataset, served_options, measurement));
  }
  ASSIGN_OR_RETURN(const auto served, ServedDataset::Create(served_options));
  measurement.address = served->address();
  ASSIGN_OR_RETURN(std::vector<EvaluationRun> runs, MeasureDataset(dataset, measurement));
  for (EvaluationRun& run : runs) {
    run.settings = SettingsText(served_options.config);
    run.ingest_seconds = absl::ToDoubleSeconds(served->ingest_time());
  }
  runs.front().growth = std::move(growth);
  return runs;
}

// `folder`: of this dataset alone.
absl::StatusOr<std::vector<EvaluationRun>> Measure(const std::string& path, const std::string& folder,
                                                   const EvaluationOptions& options) {
  std::error_code error;
  fs::create_directories(folder, error);
  ASSIGN_OR_RETURN(const EvaluationDataset dataset, ReadLimited(path, folder, options.limit_queries));
  MeasurementOptions measurement;
  measurement.address = options.address;
  measurement.page_size = options.page_size;
  measurement.perturbations = options.perturbations;
  measurement.seed = options.seed;
  measurement.is_stopped = [] { return g_stopped != 0; };
  if (!options.address.empty()) return MeasureDataset(dataset, measurement);
  return MeasureServed(dataset, folder, options, std::move(measurement));
}

std::string Today() { return absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone()); }

absl::StatusOr<std::vector<EvaluationRun>> MeasureAll(const EvaluationOptions& options) {
  ASSIGN_OR_RETURN(const std::string work, WorkFolder(options.store));
  auto remove_folder = absl::MakeCleanup([&] {
    std::error_code error;
    if (options.store.empty()) fs::remove_all(work, error);
  });
  std::vector<EvaluationRun> runs;
  absl::flat_hash_set<std::string> names;
  for (const std::string& path : options.datasets) {
    const std::string name = DatasetName(path);
    if (!names.insert(name).second) {
      return absl::InvalidArgumentError(absl::StrCat("two datasets are called ", name, "; measure them one by one"));
    }
    const std::string folder = (fs::path(work) / name).string();
    ASSIGN_OR_RETURN(std::vector<EvaluationRun> measured, Measure(path, folder, options));
    for (EvaluationRun& run : measured) run.date = Today();
    std::move(measured.begin(), measured.end(), std::back_inserter(runs));
  }
  return runs;
}

void PrintChange(const EvaluationRun& plain, const EvaluationRun& perturbed) {
  const std::string before = absl::StrCat("the questions of ", plain.dataset, " as they are");
  if (const auto all = Compare(plain, perturbed); all.ok()) std::cout << ComparisonText({*all}, before);
  const auto changed = CompareChanged(plain, perturbed);
  if (!changed.ok() || changed->metric(Metric::kNdcgAt10).pairs == plain.questions.size()) return;
  std::cout << ComparisonText({*changed}, absl::StrCat(before, ", of those that were changed"));
}

// The runs, and what each perturbation changed.
void PrintRuns(const std::vector<EvaluationRun>& runs) {
  const EvaluationRun* plain = nullptr;
  for (const EvaluationRun& run : runs) {
    std::cout << RunText(run) << "\n";
    if (run.perturbation.empty()) plain = &run;
    if (plain != nullptr && plain != &run && plain->dataset == run.dataset) PrintChange(*plain, run);
  }
}

absl::Status PrintComparison(const std::string& path, const std::vector<EvaluationRun>& runs) {
  ASSIGN_OR_RETURN(const std::vector<EvaluationRun> before, ReadRuns(path));
  ASSIGN_OR_RETURN(const std::vector<RunComparison> comparisons, CompareAll(before, runs));
  std::cout << ComparisonText(comparisons, path);
  return absl::OkStatus();
}

// What was measured, and --with beside it.
absl::Status Report(const EvaluationOptions& options, const std::vector<EvaluationRun>& runs) {
  const std::string label = options.results.empty() ? "measured" : fs::path(options.results).stem().string();
  std::vector<ReportColumn> columns = {{label, runs}};
  for (const std::string& path : options.with) {
    ASSIGN_OR_RETURN(std::vector<EvaluationRun> others, ReadRuns(path));
    columns.push_back({fs::path(path).stem().string(), std::move(others)});
  }
  return WriteReportPage(columns, options.report);
}

// The exit status.
absl::StatusOr<int> PassGate(const std::string& path, double level, const std::vector<EvaluationRun>& runs) {
  ASSIGN_OR_RETURN(const std::vector<EvaluationRun> before, ReadRuns(path));
  ASSIGN_OR_RETURN(const std::vector<RunComparison> comparisons, CompareAll(before, runs));
  const GateVerdict verdict = JudgeRegression(comparisons, level);
  std::cout << verdict.text;
  return verdict.passed ? 0 : kGateFailed;
}

// Of what is compared with, so that no measurement is lost to a file that cannot be used.
absl::Status CheckFiles(const EvaluationOptions& options) {
  std::vector<std::string> paths = options.with;
  for (const std::string& path : {options.compare, options.gate}) {
    if (!path.empty()) paths.push_back(path);
  }
  for (const std::string& path : paths) RETURN_IF_ERROR(ReadRuns(path).status());
  return absl::OkStatus();
}

// The exit status.
absl::StatusOr<int> Run(const EvaluationOptions& options) {
  RETURN_IF_ERROR(CheckFiles(options));
  ASSIGN_OR_RETURN(const std::vector<EvaluationRun> runs,
                   options.results.empty() ? MeasureAll(options) : ReadRuns(options.results));
  PrintRuns(runs);
  if (!options.json.empty()) RETURN_IF_ERROR(WriteRuns(runs, options.json));
  if (!options.report.empty()) RETURN_IF_ERROR(Report(options, runs));
  if (!options.compare.empty()) RETURN_IF_ERROR(PrintComparison(options.compare, runs));
  if (!options.gate.empty()) return PassGate(options.gate, options.gate_level, runs);
  return 0;
}

int ExitStatusOf(const absl::Status& status) {
  if (g_stopped) {
    std::cerr << "bedside_eval: stopped by a signal; nothing was measured\n";
    return 1;
  }
  std::cerr << "bedside_eval: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  const auto options = bedside::ParseEvaluationOptions(std::vector<std::string>(argv + 1, argv + argc));
  if (!options.ok()) return bedside::ExitStatusOf(options.status());
  if (options->help) {
    std::cout << bedside::kEvaluationUsage;
    return 0;
  }
  bedside::StopOnSignals();
  const absl::StatusOr<int> exit_status = bedside::Run(*options);
  return exit_status.ok() ? *exit_status : bedside::ExitStatusOf(exit_status.status());
}
