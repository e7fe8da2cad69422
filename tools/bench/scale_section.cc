#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/bench/bench_questions.h"
#include "tools/bench/bench_server.h"
#include "tools/bench/process_memory.h"
#include "tools/bench/search_load.h"
#include "tools/bench/sections.h"
#include "tools/bench/server_jobs.h"

namespace bedside {
namespace {

constexpr char kOneMore[] = "one_more.jsonl";
// The goals are for a million passages; those of a smaller store are as much smaller.
constexpr double kGoalPassages = 1e6;
constexpr double kResidentGib = 2.5;
constexpr double kPeakGib = 4;

struct SyntheticStore {
  std::string config_path;
  double passages = 0;
};

absl::StatusOr<SyntheticStore> Build(BenchRun* run, const std::string& name, int documents, nlohmann::json* result) {
  SyntheticStore store;
  ASSIGN_OR_RETURN(store.config_path, run->NewStore(name));
  ASSIGN_OR_RETURN(
      (*result)["build"],
      run->RunJson({run->Program("tools/bench/synthetic_store"), absl::StrCat("--config=", store.config_path),
                    absl::StrCat("--dataset=", run->options().dataset), absl::StrCat("--documents=", documents)},
                   absl::StrCat("build_", name)));
  store.passages = (*result)["build"]["passages"];
  return store;
}

absl::StatusOr<nlohmann::json> SearchWithoutEncoder(BenchRun* run, const SyntheticStore& store,
                                                    const std::string& name) {
  return run->RunJson({run->Program("tools/bench/search_bench"), absl::StrCat("--config=", store.config_path),
                       absl::StrCat("--dataset=", run->options().dataset),
                       absl::StrCat("--limit_queries=", run->options().limit_queries)},
                      absl::StrCat("search_", name));
}

absl::Status WriteOneMore(const BenchRun& run) {
  const std::string path = run.Work(kOneMore);
  std::ofstream file(path, std::ios::binary);
  file << nlohmann::json{{"_id", "one-more"},
                         {"title", ""},
                         {"text", "One more document, so that another generation serves."}}
       << "\n"
       << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

// Of a server that was searched, and imported one document more.
absl::StatusOr<nlohmann::json> MeasureMemory(BenchRun* run, const SyntheticStore& store) {
  ASSIGN_OR_RETURN(const auto server, BenchServer::Start(run->Program("services/bedside_server"), store.config_path,
                                                         run->Work("scale_server.log")));
  ASSIGN_OR_RETURN(const ProcessMemory started, MemoryOf(server->pid()));
  ASSIGN_OR_RETURN(const BenchQuestions questions,
                   ReadBenchQuestions(run->options().dataset, run->options().limit_queries));
  SearchLoadOptions options;
  options.address = server->address();
  options.warm_up = questions.warm_up;
  ASSIGN_OR_RETURN(const SearchLoad load, MeasureSearches(questions.one, options));
  ASSIGN_OR_RETURN(const ProcessMemory searched, MemoryOf(server->pid()));
  RETURN_IF_ERROR(WriteOneMore(*run));
  ASSIGN_OR_RETURN(const v1::JobReport report, ImportThrough(server->address(), kOneMore));
  ASSIGN_OR_RETURN(const ProcessMemory swapped, MemoryOf(server->pid()));
  return nlohmann::json{{"search", LoadJson(load)},
                        {"started_gib", started.resident_gib},
                        {"start_peak_gib", started.peak_gib},
                        {"searched_gib", searched.resident_gib},
                        {"swapped_gib", swapped.resident_gib},
                        {"swap_peak_gib", swapped.peak_gib},
                        {"import_seconds", report.times().total()}};
}

}  // namespace

absl::Status MeasureScale(BenchRun* run) {
  nlohmann::json& results = run->report().results["scale"];
  const int documents = run->options().documents;
  ASSIGN_OR_RETURN(const SyntheticStore small, Build(run, "small_store", documents, &results["small"]));
  ASSIGN_OR_RETURN(results["small"]["search_without_encoder"], SearchWithoutEncoder(run, small, "small_store"));
  ASSIGN_OR_RETURN(const SyntheticStore large, Build(run, "large_store", documents * 10, &results["large"]));
  ASSIGN_OR_RETURN(results["large"]["search_without_encoder"], SearchWithoutEncoder(run, large, "large_store"));
  ASSIGN_OR_RETURN(results["large"]["memory"], MeasureMemory(run, large));
  const double growth = results["large"]["search_without_encoder"]["p50_ms"].get<double>() /
                        results["small"]["search_without_encoder"]["p50_ms"].get<double>();
  const double share = large.passages / kGoalPassages;
  const std::string of = absl::StrCat(" at ", large.passages, " passages");
  run->Add({"ten times the passages: search without the encoder", growth, Goal::Wants::kAtMost, 2, "x"});
  run->Add({absl::StrCat("memory, resident", of), results["large"]["memory"]["searched_gib"], Goal::Wants::kAtMost,
            kResidentGib * share, "GiB"});
  run->Add({absl::StrCat("memory, peak of a swap", of), results["large"]["memory"]["swap_peak_gib"],
            Goal::Wants::kAtMost, kPeakGib * share, "GiB"});
  return absl::OkStatus();
}

}  // namespace bedside
