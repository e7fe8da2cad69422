#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/bench/sections.h"

namespace bedside {
namespace {

using Arguments = std::vector<std::string>;

// Of the benchmarks of lexical and vector index.
Arguments PassagesOf(const BenchOptions& options) {
  if (options.index_passages == 0) return {};
  return {absl::StrCat("--passages=", options.index_passages)};
}

// The model that the other sections measure, in its precision, on the texts that they measure.
Arguments EncoderOf(const BenchOptions& options) {
  const config::EmbedderConfig& embedder = options.config.index().embedder();
  const char* precision = embedder.precision() == config::PRECISION_F32    ? "f32"
                          : embedder.precision() == config::PRECISION_INT8 ? "int8"
                                                                           : "bf16";
  return {absl::StrCat("--model=", embedder.model_path()),
          absl::StrCat("--query_prefix=", embedder.query_prefix()),
          absl::StrCat("--adapter=", embedder.adapter_path()),
          absl::StrCat("--question_adapter=", embedder.question_adapter_path()),
          absl::StrCat("--passages=", options.dataset, "/corpus.jsonl"),
          absl::StrCat("--questions=", options.dataset, "/queries.jsonl"),
          absl::StrCat("--precisions=", precision)};
}

}  // namespace

absl::Status MeasureIndexes(BenchRun* run) {
  const std::pair<const char*, Arguments> benches[] = {{"lexical_bench", PassagesOf(run->options())},
                                                       {"vector_bench", PassagesOf(run->options())},
                                                       {"encoder_bench", EncoderOf(run->options())}};
  nlohmann::json results = nlohmann::json::object();
  for (const auto& [program, options] : benches) {
    Arguments arguments = {run->Program(absl::StrCat("tools/bench/", program))};
    if (access(arguments[0].c_str(), X_OK) != 0) continue;
    arguments.insert(arguments.end(), options.begin(), options.end());
    ASSIGN_OR_RETURN(results[program], run->RunJson(arguments, program));
  }
  run->report().results["indexes"] = std::move(results);
  return absl::OkStatus();
}

}  // namespace bedside
