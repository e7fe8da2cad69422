#include "ingest/pipeline/config_check.h"

#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bedside {
namespace {

using Violations = std::vector<std::string>;

constexpr uint64_t kGiB = uint64_t{1} << 30;

// 0 stands for the default.
void CheckRange(absl::string_view field, uint64_t value, uint64_t least, uint64_t most, Violations* violations) {
  if (value == 0 || (value >= least && value <= most)) return;
  violations->push_back(absl::StrCat(field, " is ", value, ", wanted ", least, " to ", most, ", or 0 for the default"));
}

void CheckPresent(absl::string_view field, absl::string_view value, absl::string_view wanted, Violations* violations) {
  if (value.empty()) violations->push_back(absl::StrCat(field, " is missing, wanted ", wanted));
}

void CheckVector(const config::IndexConfig& index, Violations* violations) {
  CheckRange("index.vector.hnsw_links", index.vector().hnsw_links(), 4, 128, violations);
  CheckRange("index.vector.hnsw_build_beam", index.vector().hnsw_build_beam(), 16, 2000, violations);
  CheckRange("index.vector.hnsw_search_beam", index.vector().hnsw_search_beam(), 16, 2000, violations);
  CheckRange("index.kept_generations", index.kept_generations(), 1, 100, violations);
}

void CheckEmbedder(const config::EmbedderConfig& embedder, Violations* violations) {
  CheckPresent("index.embedder.model_path", embedder.model_path(), "the folder of model.onnx and tokenizer.json",
               violations);
  CheckRange("index.embedder.max_tokens", embedder.max_tokens(), 8, 512, violations);
  CheckRange("index.embedder.threads", embedder.threads(), 1, 256, violations);
}

void CheckPipeline(const config::IndexConfig& index, const config::PipelineConfig& pipeline, Violations* violations) {
  CheckRange("pipeline.chunking.target_tokens", pipeline.chunking().target_tokens(), 32, 512, violations);
  const uint32_t target = pipeline.chunking().target_tokens() == 0 ? 256 : pipeline.chunking().target_tokens();
  const uint32_t window = index.embedder().max_tokens() == 0 ? 512 : index.embedder().max_tokens();
  if (target > window) {
    violations->push_back(absl::StrCat("pipeline.chunking.target_tokens is ", target,
                                       ", wanted at most index.embedder.max_tokens, which is ", window));
  }
  // Two GiB is what one Protocol Buffers message can hold, and spans have 32 bits.
  CheckRange("pipeline.limits.max_document_bytes", pipeline.limits().max_document_bytes(), 1, kGiB, violations);
}

absl::Status AsStatus(const Violations& violations) {
  if (violations.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the configuration cannot be used: ", absl::StrJoin(violations, "; ")));
}

}  // namespace

absl::Status CheckPipelineConfig(const config::IndexConfig& index, const config::PipelineConfig& pipeline) {
  Violations violations;
  CheckVector(index, &violations);
  CheckPipeline(index, pipeline, &violations);
  return AsStatus(violations);
}

absl::Status CheckIngestConfig(const config::IngestConfig& config) {
  Violations violations;
  CheckPresent("index.store_path", config.index().store_path(), "the folder of the store", &violations);
  CheckEmbedder(config.index().embedder(), &violations);
  CheckVector(config.index(), &violations);
  CheckPipeline(config.index(), config.pipeline(), &violations);
  if (!config.corpus().empty()) {
    if (const absl::Status corpus = CheckCorpus(config.corpus()); !corpus.ok()) {
      violations.emplace_back(corpus.message());
    }
  }
  return AsStatus(violations);
}

absl::Status CheckCorpus(absl::string_view corpus) {
  bool valid = !corpus.empty() && corpus.size() <= 63;
  for (char c : corpus) valid = valid && (absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-');
  if (valid) return absl::OkStatus();
  return absl::InvalidArgumentError("corpus is not a name that can be used, wanted 1 to 63 of [a-z0-9-]");
}

}  // namespace bedside
