// encoder_bench: how fast the embedding model runs on this machine, in each precision.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/embedding/embedding_matrix.h"
#include "index/embedding/encoder_work.h"
#include "index/embedding/gemm_peak.h"
#include "index/embedding/openvino_embedder.h"
#include "index/status/status_macros.h"
#include "tools/eval/sample_statistics.h"

ABSL_FLAG(std::string, model, ".deps/bge-small-en-v1.5", "folder of the model");
ABSL_FLAG(std::string, passages, "", "JSON lines with a \"text\" each: what is ingested");
ABSL_FLAG(std::string, questions, "", "JSON lines with a \"text\" each: what is asked");
ABSL_FLAG(std::string, query_prefix, "Represent this sentence for searching relevant passages: ", "before a question");
ABSL_FLAG(std::string, adapter, "", "adapter that the model has, as in the configuration; empty: none");
ABSL_FLAG(std::string, question_adapter, "", "adapter of questions alone, as in the configuration; empty: none");
ABSL_FLAG(uint32_t, limit_passages, 4000, "passages to embed, from the first");
ABSL_FLAG(uint32_t, limit_questions, 400, "questions to ask, from the first");
ABSL_FLAG(std::string, precisions, "int8,bf16,f32", "what to measure");
ABSL_FLAG(uint32_t, clients, 8, "threads that ask at once");

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kTokenStep = 16;

constexpr std::pair<const char*, config::Precision> kPrecisions[] = {
    {"int8", config::PRECISION_INT8}, {"bf16", config::PRECISION_BF16}, {"f32", config::PRECISION_F32}};

absl::StatusOr<std::vector<std::string>> ReadTexts(const std::string& path, size_t limit) {
  std::ifstream file(path);
  std::vector<std::string> texts;
  for (std::string line; texts.size() < limit && std::getline(file, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("text") || !json["text"].is_string()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ":", texts.size() + 1, ": wanted an object with a text"));
    }
    texts.push_back(json["text"].get<std::string>());
  }
  if (!texts.empty()) return texts;
  return absl::NotFoundError(absl::StrCat("\"", path, "\" holds no texts; see --help"));
}

double SecondsSince(absl::Time start) { return absl::ToDoubleSeconds(absl::Now() - start); }

Json LatencyJson(const std::vector<double>& milliseconds) {
  return {{"questions", milliseconds.size()},
          {"p50_ms", Percentile(milliseconds, 50)},
          {"p99_ms", Percentile(milliseconds, 99)}};
}

// What is encoded before a question.
std::string PrefixOfQuestions() {
  return absl::GetFlag(FLAGS_question_adapter).empty() ? absl::GetFlag(FLAGS_query_prefix) : "";
}

// One client, by tokens rounded up to 16.
absl::StatusOr<Json> MeasureLatency(const OpenVinoEmbedder& embedder, const std::vector<std::string>& questions) {
  std::map<size_t, std::vector<double>> by_tokens;
  std::vector<double> all;
  for (const std::string& question : questions) {
    const size_t tokens = embedder.tokenizer().CountPieces(absl::StrCat(PrefixOfQuestions(), question)) + 2;
    RETURN_IF_ERROR(embedder.EmbedQuery(question).status());  // the first of a shape prepares it
    const absl::Time start = absl::Now();
    RETURN_IF_ERROR(embedder.EmbedQuery(question).status());
    all.push_back(1e3 * SecondsSince(start));
    by_tokens[(tokens + kTokenStep - 1) / kTokenStep * kTokenStep].push_back(all.back());
  }
  Json json = LatencyJson(all);
  for (const auto& [tokens, sample] : by_tokens) json["by_tokens"][std::to_string(tokens)] = LatencyJson(sample);
  return json;
}

// Questions a second of --clients threads.
absl::StatusOr<double> MeasureQuestionRate(const OpenVinoEmbedder& embedder,
                                           const std::vector<std::string>& questions) {
  const size_t clients = absl::GetFlag(FLAGS_clients);
  std::vector<absl::Status> statuses(clients);
  std::vector<std::thread> threads;
  const absl::Time start = absl::Now();
  for (size_t client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      for (size_t i = 0; i < questions.size() && statuses[client].ok(); ++i) {
        statuses[client] = embedder.EmbedQuery(questions[(i + client) % questions.size()]).status();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = SecondsSince(start);
  for (const absl::Status& status : statuses) RETURN_IF_ERROR(status);
  return static_cast<double>(clients * questions.size()) / seconds;
}

absl::StatusOr<Json> MeasurePassages(const OpenVinoEmbedder& embedder, const EncoderWork& work, double peak,
                                     const std::vector<std::string>& passages) {
  double operations = 0;
  size_t tokens = 0;
  for (const std::string& passage : passages) {
    const size_t count = std::min<size_t>(512, embedder.tokenizer().CountPieces(passage) + 2);
    operations += work.OperationsOf(count);
    tokens += count;
  }
  RETURN_IF_ERROR(embedder.EmbedPassages(passages).status());  // prepares every shape
  const absl::Time start = absl::Now();
  RETURN_IF_ERROR(embedder.EmbedPassages(passages).status());
  const double seconds = SecondsSince(start);
  return Json{{"passages_per_s", static_cast<double>(passages.size()) / seconds},
              {"tokens_per_s", static_cast<double>(tokens) / seconds},
              {"gflops", operations / seconds / 1e9},
              {"share_of_gemm_peak", operations / seconds / peak}};
}

absl::StatusOr<Json> MeasurePrecision(config::Precision precision, const std::vector<std::string>& passages,
                                      const std::vector<std::string>& questions) {
  config::EmbedderConfig config;
  config.set_model_path(absl::GetFlag(FLAGS_model));
  config.set_query_prefix(absl::GetFlag(FLAGS_query_prefix));
  config.set_adapter_path(absl::GetFlag(FLAGS_adapter));
  config.set_question_adapter_path(absl::GetFlag(FLAGS_question_adapter));
  config.set_precision(precision);
  ASSIGN_OR_RETURN(const EncoderWork work, EncoderWork::Read(config.model_path()));
  const size_t threads = std::max(1u, std::thread::hardware_concurrency());
  ASSIGN_OR_RETURN(const double peak, MeasureGemmPeak(precision, threads));
  ASSIGN_OR_RETURN(const auto embedder, OpenVinoEmbedder::Create(config));
  Json json = {{"embedder", embedder->id()}, {"threads", threads}, {"gemm_peak_gflops", peak / 1e9}};
  ASSIGN_OR_RETURN(json["one_client"], MeasureLatency(*embedder, questions));
  ASSIGN_OR_RETURN(json["questions_per_s"], MeasureQuestionRate(*embedder, questions));
  ASSIGN_OR_RETURN(json["ingest"], MeasurePassages(*embedder, work, peak, passages));
  return json;
}

absl::StatusOr<Json> Run() {
  ASSIGN_OR_RETURN(const auto passages, ReadTexts(absl::GetFlag(FLAGS_passages), absl::GetFlag(FLAGS_limit_passages)));
  ASSIGN_OR_RETURN(const auto questions,
                   ReadTexts(absl::GetFlag(FLAGS_questions), absl::GetFlag(FLAGS_limit_questions)));
  Json json;
  for (const auto& [name, precision] : kPrecisions) {
    if (!absl::StrContains(absl::GetFlag(FLAGS_precisions), name)) continue;
    ASSIGN_OR_RETURN(json[name], MeasurePrecision(precision, passages, questions));
  }
  return json;
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "encoder_bench --passages=corpus.jsonl --questions=queries.jsonl: how fast the embedding model runs on this "
      "machine, in each precision. Prints one JSON object: the peak of matrix products, latency of one client, "
      "questions a second of --clients, passages a second, and the share of the peak that they reach. Takes minutes.");
  absl::ParseCommandLine(argc, argv);
  const auto json = bedside::Run();
  if (!json.ok()) {
    std::cerr << "encoder_bench: " << json.status().message() << "\n";
    return 1;
  }
  std::cout << json->dump() << "\n";
}
