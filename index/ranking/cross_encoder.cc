#include "index/ranking/cross_encoder.h"

#include <algorithm>
#include <cstdint>
#include <thread>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/embedding/model_folder.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr uint32_t kFewestMaxTokens = 16;
constexpr uint32_t kMostMaxTokens = 512;
constexpr uint32_t kMostThreads = 256;

// Part of every id: raised when the same model and settings begin to give other scores.
constexpr char kRevision[] = "1";

absl::Status CheckConfig(const config::CrossEncoderConfig& config) {
  std::vector<std::string> violations;
  if (config.model_path().empty()) violations.push_back("model_path: wanted a folder, got nothing");
  const uint32_t max_tokens = config.max_tokens();
  if (max_tokens != 0 && (max_tokens < kFewestMaxTokens || max_tokens > kMostMaxTokens)) {
    violations.push_back(absl::StrCat("max_tokens: wanted 0 or 16 to 512, got ", max_tokens));
  }
  if (!config::Precision_IsValid(config.precision()) || config.precision() == config::PRECISION_INT8) {
    violations.push_back(absl::StrCat("precision: wanted F32 or BF16, got ", config.precision()));
  }
  if (config.threads() > kMostThreads) {
    violations.push_back(absl::StrCat("threads: wanted 0 to 256, got ", config.threads()));
  }
  if (violations.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("retrieval.cross_encoder: ", absl::StrJoin(violations, "; "), "; correct the configuration"));
}

std::string IdOf(absl::string_view file_digests, absl::string_view precision, size_t max_tokens) {
  const std::string settings = absl::StrCat(precision, "/", max_tokens);
  const std::string digest = Sha256Hex(absl::StrCat(kRevision, "\n", settings, "\n", file_digests));
  return absl::StrCat("cross-encoder/", settings, "/", digest.substr(0, 16));
}

}  // namespace

absl::StatusOr<std::unique_ptr<CrossEncoder>> CrossEncoder::Load(const config::CrossEncoderConfig& config) {
  RETURN_IF_ERROR(CheckConfig(config));
  ASSIGN_OR_RETURN(const ModelDigests digests, ReadModelDigests(config.model_path()));
  ASSIGN_OR_RETURN(std::unique_ptr<WordPieceTokenizer> tokenizer,
                   WordPieceTokenizer::Create(TokenizerFileIn(config.model_path())));
  PairClassifier::Settings settings;
  settings.model_file = ModelFileIn(config.model_path());
  settings.precision = config.precision();
  settings.threads = config.threads() > 0 ? config.threads() : std::max(1u, std::thread::hardware_concurrency());
  settings.pad_id = tokenizer->pad_id();
  ASSIGN_OR_RETURN(std::unique_ptr<PairClassifier> classifier, PairClassifier::Create(settings));
  const size_t max_tokens = config.max_tokens() > 0 ? config.max_tokens() : kMostMaxTokens;
  std::string id = IdOf(digests.text(), classifier->precision(), max_tokens);
  return absl::WrapUnique(new CrossEncoder(std::move(tokenizer), std::move(classifier), max_tokens, std::move(id)));
}

CrossEncoder::CrossEncoder(std::unique_ptr<WordPieceTokenizer> tokenizer, std::unique_ptr<PairClassifier> classifier,
                           size_t max_tokens, std::string id)
    : tokenizer_(std::move(tokenizer)),
      classifier_(std::move(classifier)),
      max_tokens_(max_tokens),
      id_(std::move(id)) {}

absl::StatusOr<std::vector<double>> CrossEncoder::Score(absl::string_view question,
                                                        absl::Span<const std::string> passages,
                                                        absl::Time deadline) const {
  std::vector<TokenPair> pairs;
  pairs.reserve(passages.size());
  for (const std::string& passage : passages) {
    pairs.push_back(tokenizer_->EncodePair(question, passage, max_tokens_));
  }
  return classifier_->Judge(pairs, deadline);
}

}  // namespace bedside
