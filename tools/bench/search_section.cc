#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/bench/bench_questions.h"
#include "tools/bench/bench_server.h"
#include "tools/bench/program_run.h"
#include "tools/bench/search_load.h"
#include "tools/bench/sections.h"
#include "tools/bench/server_jobs.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {
namespace {

// Values of each round, by what they say.
using Rounds = std::map<std::string, std::vector<double>>;

absl::StatusOr<nlohmann::json> RunPeer(BenchRun* run, const std::string& runtime) {
  const BenchOptions& options = run->options();
  const std::string model = options.config.index().embedder().model_path();
  // Variables that another run may have set for its own matrix library are not the peer's.
  return run->RunJson(
      {"/usr/bin/env", "-u", "OPENBLAS_CORETYPE", "-u", "OPENBLAS_L2_SIZE", options.peer_python, options.peer_script,
       options.dataset, absl::StrCat(model, "/model.onnx"), absl::StrCat(model, "/tokenizer.json"), runtime},
      absl::StrCat("peer_", runtime));
}

// The job report of one ingest of the dataset, with "wall_seconds".
absl::StatusOr<nlohmann::json> Ingest(BenchRun* run, absl::string_view name) {
  const std::string report_path = run->Work(absl::StrCat(name, ".json"));
  ASSIGN_OR_RETURN(const double seconds, run->Run({run->Program("ingest/bedside_ingest"),
                                                   absl::StrCat("--config=", run->IngestConfigOf("dataset_store")),
                                                   absl::StrCat("--report=", report_path), "--mode=full",
                                                   absl::StrCat(run->options().dataset, "/corpus.jsonl")},
                                                  name));
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(report_path));
  nlohmann::json report = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!report.is_object()) return absl::InternalError(absl::StrCat(report_path, " is no JSON object"));
  const double passages = std::stod(report["counts"]["passages_published"].get<std::string>());
  const double total = report["times"]["total"].get<double>();
  return nlohmann::json{{"passages", passages},
                        {"seconds", total},
                        {"wall_seconds", seconds},
                        {"passages_embedded", std::stod(report["counts"]["passages_embedded"].get<std::string>())},
                        {"passages_per_s", passages / total}};
}

// Latencies of what was asked for the second time in succession.
SearchLoad SecondAnswers(const SearchLoad& load) {
  SearchLoad second;
  second.seconds = load.seconds;
  for (size_t i = 1; i < load.latency_ms.size(); i += 2) second.latency_ms.push_back(load.latency_ms[i]);
  return second;
}

absl::StatusOr<nlohmann::json> AskServer(const BenchOptions& options, const std::string& address) {
  ASSIGN_OR_RETURN(const BenchQuestions questions, ReadBenchQuestions(options.dataset, options.limit_queries));
  SearchLoadOptions load_options;
  load_options.addresses = {address};
  load_options.warm_up = questions.warm_up;
  ASSIGN_OR_RETURN(const SearchLoad one, MeasureSearches(questions.one, load_options));
  ASSIGN_OR_RETURN(const SearchLoad twice, MeasureSearches(EachRepeated(questions.one, 2), load_options));
  load_options.clients = options.clients;
  ASSIGN_OR_RETURN(const SearchLoad many, MeasureSearches(questions.many, load_options));
  return nlohmann::json{{"one_client", LoadJson(one)},
                        {"asked_again_p50_ms", Percentile(SecondAnswers(twice).latency_ms, 50)},
                        {"many_clients", LoadJson(many)}};
}

absl::StatusOr<nlohmann::json> Serve(BenchRun* run, const std::string& config_path) {
  ASSIGN_OR_RETURN(const auto server, BenchServer::Start(run->Program("services/bedside_server"), config_path,
                                                         run->Work("dataset_server.log")));
  ASSIGN_OR_RETURN(nlohmann::json measured, AskServer(run->options(), server->address()));
  ASSIGN_OR_RETURN(const v1::JobReport reindex, ReindexThrough(server->address()));
  measured["reindex_seconds"] = reindex.times().total();
  return measured;
}

// What Bedside does in one round.
absl::StatusOr<nlohmann::json> RunBedside(BenchRun* run) {
  ASSIGN_OR_RETURN(const std::string config_path, run->NewStore("dataset_store"));
  nlohmann::json measured;
  ASSIGN_OR_RETURN(measured["ingest"], Ingest(run, "ingest"));
  ASSIGN_OR_RETURN(measured["ingest_unchanged"], Ingest(run, "ingest_unchanged"));
  ASSIGN_OR_RETURN(measured["server"], Serve(run, config_path));
  ASSIGN_OR_RETURN(measured["search_without_encoder"],
                   run->RunJson({run->Program("tools/bench/search_bench"), absl::StrCat("--config=", config_path),
                                 absl::StrCat("--dataset=", run->options().dataset),
                                 absl::StrCat("--limit_queries=", run->options().limit_queries)},
                                "search_bench"));
  return measured;
}

// What one round says of Bedside alone.
void NoteBedside(const nlohmann::json& bedside, Rounds* rounds) {
  const nlohmann::json& server = bedside["server"];
  const double ingest = bedside["ingest"]["seconds"];
  (*rounds)["reindex"].push_back(ingest / server["reindex_seconds"].get<double>());
  (*rounds)["unchanged"].push_back(ingest / bedside["ingest_unchanged"]["seconds"].get<double>());
  (*rounds)["without_encoder"].push_back(bedside["search_without_encoder"]["p50_ms"]);
  (*rounds)["again"].push_back(server["asked_again_p50_ms"].get<double>() /
                               bedside["search_without_encoder"]["p50_ms"].get<double>());
}

// What one round says of Bedside and the peer on `runtime`.
void NoteRatios(const nlohmann::json& bedside, const nlohmann::json& peer, const std::string& runtime, Rounds* rounds) {
  const nlohmann::json& server = bedside["server"];
  (*rounds)["p50_" + runtime].push_back(server["one_client"]["p50_ms"].get<double>() / peer["p50_ms"].get<double>());
  (*rounds)["qps_" + runtime].push_back(server["many_clients"]["qps"].get<double>() / peer["qps_serial"].get<double>());
  (*rounds)["ingest_" + runtime].push_back(bedside["ingest"]["passages_per_s"].get<double>() /
                                           peer["ingest_per_s"].get<double>());
}

void AddGoals(const Rounds& rounds, BenchRun* run) {
  constexpr auto kAtLeast = Goal::Wants::kAtLeast;
  constexpr auto kAtMost = Goal::Wants::kAtMost;
  const std::map<std::string, Goal> goals = {
      {"p50_ov", {"search, one client: p50 beside the peer's on OpenVINO", 0, kAtMost, 0.5, "x"}},
      {"p50_ort", {"search, one client: p50 beside the peer's on ONNX Runtime", 0, kAtMost, 0.5, "x"}},
      {"qps_ov", {"searches/s of several clients beside the peer's on OpenVINO", 0, kAtLeast, 3, "x"}},
      {"qps_ort", {"searches/s of several clients beside the peer's on ONNX Runtime", 0, kAtLeast, 3, "x"}},
      {"ingest_ov", {"ingest: passages/s beside the peer's on OpenVINO", 0, kAtLeast, 1.3, "x"}},
      {"ingest_ort", {"ingest: passages/s beside the peer's on ONNX Runtime", 0, kAtLeast, 2, "x"}},
      {"reindex", {"reindex of an unchanged corpus: times faster than the first", 0, kAtLeast, 20, "x"}},
      {"unchanged", {"ingest of an unchanged corpus: times faster than the first", 0, kAtLeast, 20, "x"}},
      {"without_encoder", {"search without the encoder: p50", 0, kAtMost, 0.8, "ms"}},
      {"again", {"a repeated query: p50 beside a search without the encoder", 0, kAtMost, 1.25, "x"}},
  };
  for (const auto& [what, values] : rounds) {
    Goal goal = goals.at(what);
    goal.measured = Median(values);
    run->Add(std::move(goal));
  }
}

}  // namespace

absl::Status MeasureSearch(BenchRun* run) {
  Rounds rounds;
  nlohmann::json results = nlohmann::json::array();
  const BenchOptions& options = run->options();
  for (int i = 0; i < options.pairs; ++i) {
    nlohmann::json round;
    for (const std::string& runtime : options.peer_runtimes) {
      if (options.peer_python.empty()) continue;
      ASSIGN_OR_RETURN(round["peer"][runtime], RunPeer(run, runtime));
    }
    ASSIGN_OR_RETURN(round["bedside"], RunBedside(run));
    NoteBedside(round["bedside"], &rounds);
    for (const std::string& runtime : options.peer_runtimes) {
      if (round.contains("peer")) NoteRatios(round["bedside"], round["peer"][runtime], runtime, &rounds);
    }
    results.push_back(std::move(round));
  }
  AddGoals(rounds, run);
  run->report().results["search"] = std::move(results);
  return absl::OkStatus();
}

}  // namespace bedside
