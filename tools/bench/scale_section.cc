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
constexpr double kGoalPassages = 1e6;
constexpr double kResidentGib = 2.5;
constexpr double kPeakGib = 4;

absl::StatusOr<nlohmann::json> Build(BenchRun* run, const std::string& name, const std::string& config_path,
                                     int documents) {
  return run->RunJson({run->Program("tools/bench/synthetic_store"), absl::StrCat("--config=", config_path),
                       absl::StrCat("--dataset=", run->options().dataset), absl::StrCat("--documents=", documents)},
                      absl::StrCat("build_", name));
}

absl::StatusOr<nlohmann::json> SearchWithoutEncoder(BenchRun* run, const std::string& name,
                                                    const std::string& config_path) {
  return run->RunJson({run->Program("tools/bench/search_bench"), absl::StrCat("--config=", config_path),
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
absl::StatusOr<nlohmann::json> MeasureMemory(BenchRun* run, const std::string& config_path) {
  ASSIGN_OR_RETURN(const auto server, BenchServer::Start(run->Program("services/bedside_server"), config_path,
                                                         run->Work("scale_server.log")));
  ASSIGN_OR_RETURN(const ProcessMemory started, MemoryOf(server->pid()));
  ASSIGN_OR_RETURN(const BenchQuestions questions,
                   ReadBenchQuestions(run->options().dataset, run->options().limit_queries));
  SearchLoadOptions options;
  options.addresses = {server->address()};
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

absl::StatusOr<nlohmann::json> MeasureStore(BenchRun* run, const std::string& name, int documents) {
  nlohmann::json measured;
  ASSIGN_OR_RETURN(const std::string config_path, run->NewStore(name));
  ASSIGN_OR_RETURN(measured["build"], Build(run, name, config_path, documents));
  ASSIGN_OR_RETURN(measured["search_without_encoder"], SearchWithoutEncoder(run, name, config_path));
  ASSIGN_OR_RETURN(measured["memory"], MeasureMemory(run, config_path));
  return measured;
}

// What `memory` would be at the passages that the goals are for, on the straight line through the two stores.
double AtGoalPassages(const nlohmann::json& small, const nlohmann::json& large, const char* memory) {
  const double passages = large["build"]["passages"];
  const double gib = large["memory"][memory];
  const double a_passage =
      (gib - small["memory"][memory].get<double>()) / (passages - small["build"]["passages"].get<double>());
  return gib + a_passage * (kGoalPassages - passages);
}

}  // namespace

absl::Status MeasureScale(BenchRun* run) {
  ASSIGN_OR_RETURN(const nlohmann::json small, MeasureStore(run, "small_store", run->options().documents));
  ASSIGN_OR_RETURN(const nlohmann::json large, MeasureStore(run, "large_store", run->options().documents * 10));
  run->Add({"ten times the passages: search without the encoder",
            large["search_without_encoder"]["p50_ms"].get<double>() /
                small["search_without_encoder"]["p50_ms"].get<double>(),
            Goal::Wants::kAtMost, 2, "x"});
  run->Add({"memory at 1,000,000 passages, resident", AtGoalPassages(small, large, "searched_gib"),
            Goal::Wants::kAtMost, kResidentGib, "GiB"});
  run->Add({"memory at 1,000,000 passages, peak of a swap", AtGoalPassages(small, large, "swap_peak_gib"),
            Goal::Wants::kAtMost, kPeakGib, "GiB"});
  run->report().results["scale"] = {{"small", small}, {"large", large}};
  return absl::OkStatus();
}

}  // namespace bedside
