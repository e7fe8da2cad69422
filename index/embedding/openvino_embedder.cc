#include "index/embedding/openvino_embedder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "glog/logging.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "openvino/openvino.hpp"

namespace bedside {
namespace {

constexpr uint32_t kSmallestMaxTokens = 8;
constexpr uint32_t kLargestMaxTokens = 512;
constexpr uint32_t kMostThreads = 256;

// Tokens in a batch, padding included. Measured on two cores with AMX, see docs/performance.md.
constexpr size_t kTokensPerBatch = 2048;
constexpr size_t kTextsPerBatch = 64;
// One fills or empties its tensors while the other runs.
constexpr size_t kRequestsInFlight = 2;

absl::Status CheckConfig(const config::EmbedderConfig& config) {
  std::vector<std::string> violations;
  if (config.model_path().empty()) violations.push_back("model_path: wanted a folder, got nothing");
  if (!config::Pooling_IsValid(config.pooling())) {
    violations.push_back(absl::StrCat("pooling: wanted CLS or MEAN, got ", config.pooling()));
  }
  const uint32_t max_tokens = config.max_tokens();
  if (max_tokens != 0 && (max_tokens < kSmallestMaxTokens || max_tokens > kLargestMaxTokens)) {
    violations.push_back(absl::StrCat("max_tokens: wanted 0 or 8 to 512, got ", max_tokens));
  }
  if (!config::Precision_IsValid(config.precision())) {
    violations.push_back(absl::StrCat("precision: wanted F32 or BF16, got ", config.precision()));
  }
  if (config.threads() > kMostThreads) {
    violations.push_back(absl::StrCat("threads: wanted 0 to 256, got ", config.threads()));
  }
  if (violations.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("embedder: ", absl::StrJoin(violations, "; "), "; correct the configuration"));
}

absl::StatusOr<std::string> Sha256OfFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::NotFoundError(
        absl::StrCat(path, ": no such file; model_path wants a folder with model.onnx and tokenizer.json"));
  }
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return Sha256Hex(bytes);
}

uint32_t MaxTokensOf(const config::EmbedderConfig& config) {
  return config.max_tokens() == 0 ? kLargestMaxTokens : config.max_tokens();
}

uint32_t ThreadsOf(const config::EmbedderConfig& config) {
  return config.threads() == 0 ? std::max(1u, std::thread::hardware_concurrency()) : config.threads();
}

bool CpuHasBf16(ov::Core& core) {
  const std::vector<std::string> capabilities = core.get_property("CPU", ov::device::capabilities);
  return std::find(capabilities.begin(), capabilities.end(), "BF16") != capabilities.end();
}

// The precision to run in: what was asked for, as far as the CPU has it.
config::Precision PrecisionOf(const config::EmbedderConfig& config, ov::Core& core) {
  if (config.precision() == config::PRECISION_F32) return config::PRECISION_F32;
  if (CpuHasBf16(core)) return config::PRECISION_BF16;
  LOG(WARNING) << "this CPU has no bf16: the embedding model runs in fp32, which is about half as fast";
  return config::PRECISION_F32;
}

// Everything that changes vectors; the hash covers the files and the prefixes.
absl::StatusOr<std::string> IdentityOf(const config::EmbedderConfig& config, config::Precision precision) {
  ASSIGN_OR_RETURN(const std::string model, Sha256OfFile(config.model_path() + "/model.onnx"));
  ASSIGN_OR_RETURN(const std::string tokenizer, Sha256OfFile(config.model_path() + "/tokenizer.json"));
  std::string folder = config.model_path();
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  const std::string name = folder.substr(folder.rfind('/') + 1).substr(0, 80);
  const std::string hash = Sha256Hex(
      absl::StrCat(model, tokenizer, config.query_prefix(), absl::string_view("\0", 1), config.passage_prefix()));
  return absl::StrCat(name, "/", config.pooling() == config::POOLING_MEAN ? "mean" : "cls", "/",
                      precision == config::PRECISION_BF16 ? "bf16" : "f32", "/", MaxTokensOf(config), "/",
                      hash.substr(0, 16));
}

bool HasInput(const std::shared_ptr<ov::Model>& model, const std::string& name) {
  const auto& inputs = model->inputs();
  return std::any_of(inputs.begin(), inputs.end(),
                     [&](const ov::Output<ov::Node>& input) { return input.get_names().count(name) != 0; });
}

// The floats of a vector; INVALID_ARGUMENT unless the model is a BERT encoder.
absl::StatusOr<size_t> DimensionOf(const std::shared_ptr<ov::Model>& model) {
  const ov::PartialShape shape = model->output(0).get_partial_shape();
  if (HasInput(model, "input_ids") && HasInput(model, "attention_mask") && shape.rank().is_static() &&
      shape.size() == 3 && shape[2].is_static()) {
    return static_cast<size_t>(shape[2].get_length());
  }
  return absl::InvalidArgumentError(
      "model.onnx is not a BERT encoder: wanted inputs input_ids and attention_mask and an output of batch x tokens x "
      "dimension; use the encoder that was exported for feature extraction");
}

using TokenIds = std::vector<int64_t>;

// Order of the texts by length, longest first, so that a batch holds texts of about the same length.
std::vector<size_t> LongestFirst(const std::vector<TokenIds>& texts) {
  std::vector<size_t> order(texts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return texts[a].size() > texts[b].size(); });
  return order;
}

void ScaleToUnitLength(absl::Span<float> vector) {
  double square = 0;
  for (float value : vector) square += static_cast<double>(value) * value;
  if (square == 0) return;
  const auto scale = static_cast<float>(1 / std::sqrt(square));
  for (float& value : vector) value *= scale;
}

// Texts that the model reads together: `size` of them from `begin` on in some order.
struct Batch {
  size_t begin = 0;
  size_t size = 0;
};

}  // namespace

struct OpenVinoEmbedder::Model {
  std::string id;
  size_t dimension = 0;
  config::Pooling pooling = config::POOLING_CLS;
  bool has_token_types = false;
  size_t max_tokens = 0;
  std::string query_prefix;
  std::string passage_prefix;
  std::unique_ptr<WordPieceTokenizer> tokenizer;
  // Requests are made from a compiled model by several threads; OpenVINO allows that, its signature does not say so.
  mutable ov::CompiledModel compiled;
  mutable absl::Mutex query_mutex;
  mutable ov::InferRequest query_request ABSL_GUARDED_BY(query_mutex);

  std::vector<TokenIds> Encode(absl::Span<const std::string> texts) const;
  // Gives the texts of `batch` to `request`, padded to the longest.
  void SetInputs(const std::vector<TokenIds>& texts, const size_t* order, Batch batch, ov::InferRequest& request) const;
  // The unit vector of row `row` of what `request` has computed; `tokens`: of that text, padding not counted.
  void ReadVector(ov::InferRequest& request, size_t row, size_t tokens, absl::Span<float> vector) const;
};

std::vector<TokenIds> OpenVinoEmbedder::Model::Encode(absl::Span<const std::string> texts) const {
  std::vector<TokenIds> encoded;
  encoded.reserve(texts.size());
  for (const std::string& text : texts) {
    encoded.push_back(
        tokenizer->Encode(passage_prefix.empty() ? text : absl::StrCat(passage_prefix, text), max_tokens));
  }
  return encoded;
}

void OpenVinoEmbedder::Model::SetInputs(const std::vector<TokenIds>& texts, const size_t* order, Batch batch,
                                        ov::InferRequest& request) const {
  const size_t width = texts[order[0]].size();
  const ov::Shape shape = {batch.size, width};
  ov::Tensor ids(ov::element::i64, shape);
  ov::Tensor mask(ov::element::i64, shape);
  for (size_t row = 0; row < batch.size; ++row) {
    const TokenIds& text = texts[order[row]];
    int64_t* row_ids = ids.data<int64_t>() + row * width;
    int64_t* row_mask = mask.data<int64_t>() + row * width;
    std::fill(std::copy(text.begin(), text.end(), row_ids), row_ids + width, tokenizer->pad_id());
    std::fill(std::fill_n(row_mask, text.size(), 1), row_mask + width, 0);
  }
  request.set_tensor("input_ids", ids);
  request.set_tensor("attention_mask", mask);
  if (!has_token_types) return;
  ov::Tensor types(ov::element::i64, shape);
  std::fill_n(types.data<int64_t>(), batch.size * width, 0);
  request.set_tensor("token_type_ids", types);
}

void OpenVinoEmbedder::Model::ReadVector(ov::InferRequest& request, size_t row, size_t tokens,
                                         absl::Span<float> vector) const {
  const ov::Tensor output = request.get_output_tensor(0);
  const float* states = output.data<float>() + row * output.get_shape()[1] * dimension;
  std::copy_n(states, dimension, vector.data());
  if (pooling == config::POOLING_MEAN) {
    for (size_t token = 1; token < tokens; ++token) {
      for (size_t i = 0; i < dimension; ++i) vector[i] += states[token * dimension + i];
    }
  }
  ScaleToUnitLength(vector);
}

OpenVinoEmbedder::OpenVinoEmbedder(std::unique_ptr<Model> model) : model_(std::move(model)) {}
OpenVinoEmbedder::~OpenVinoEmbedder() = default;

absl::StatusOr<std::unique_ptr<OpenVinoEmbedder>> OpenVinoEmbedder::Create(const config::EmbedderConfig& config) {
  RETURN_IF_ERROR(CheckConfig(config));
  auto model = std::make_unique<Model>();
  ASSIGN_OR_RETURN(model->tokenizer, WordPieceTokenizer::Create(config.model_path() + "/tokenizer.json"));
  model->pooling = config.pooling();
  model->max_tokens = MaxTokensOf(config);
  model->query_prefix = config.query_prefix();
  model->passage_prefix = config.passage_prefix();
  try {
    ov::Core core;
    const config::Precision precision = PrecisionOf(config, core);
    ASSIGN_OR_RETURN(model->id, IdentityOf(config, precision));
    const std::shared_ptr<ov::Model> network = core.read_model(config.model_path() + "/model.onnx");
    ASSIGN_OR_RETURN(model->dimension, DimensionOf(network));
    model->has_token_types = HasInput(network, "token_type_ids");
    model->compiled = core.compile_model(
        network, "CPU", ov::inference_num_threads(static_cast<int>(ThreadsOf(config))), ov::num_streams(1),
        ov::hint::inference_precision(precision == config::PRECISION_BF16 ? ov::element::bf16 : ov::element::f32));
    model->query_request = model->compiled.create_infer_request();
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(
        absl::StrCat(config.model_path(), "/model.onnx cannot be used: ", std::string(error.what()).substr(0, 300)));
  }
  return absl::WrapUnique(new OpenVinoEmbedder(std::move(model)));
}

const std::string& OpenVinoEmbedder::id() const { return model_->id; }
size_t OpenVinoEmbedder::dimension() const { return model_->dimension; }
const WordPieceTokenizer& OpenVinoEmbedder::tokenizer() const { return *model_->tokenizer; }

namespace {

// The next batch in `order`: as many texts as fit, one at least.
Batch NextBatch(const std::vector<TokenIds>& texts, const std::vector<size_t>& order, size_t begin) {
  const size_t fitting = std::min(kTokensPerBatch / texts[order[begin]].size(), kTextsPerBatch);
  return {begin, std::min(std::max<size_t>(1, fitting), order.size() - begin)};
}

}  // namespace

absl::StatusOr<EmbeddingMatrix> OpenVinoEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  const std::vector<TokenIds> encoded = model_->Encode(texts);
  const std::vector<size_t> order = LongestFirst(encoded);
  EmbeddingMatrix vectors(texts.size(), model_->dimension);
  try {
    std::vector<ov::InferRequest> requests(kRequestsInFlight);
    std::vector<Batch> running(kRequestsInFlight);
    const auto collect = [&](size_t slot) {
      if (running[slot].size == 0) return;
      requests[slot].wait();
      for (size_t row = 0; row < running[slot].size; ++row) {
        const size_t text = order[running[slot].begin + row];
        model_->ReadVector(requests[slot], row, encoded[text].size(), vectors.row(text));
      }
      running[slot].size = 0;
    };
    for (ov::InferRequest& request : requests) request = model_->compiled.create_infer_request();
    size_t slot = 0;
    for (size_t begin = 0; begin < order.size(); slot = (slot + 1) % kRequestsInFlight) {
      collect(slot);
      running[slot] = NextBatch(encoded, order, begin);
      model_->SetInputs(encoded, &order[begin], running[slot], requests[slot]);
      requests[slot].start_async();
      begin += running[slot].size;
    }
    for (size_t last = 0; last < kRequestsInFlight; ++last) collect(last);
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("the embedding model failed: ", error.what()));
  }
  return vectors;
}

absl::StatusOr<std::vector<float>> OpenVinoEmbedder::EmbedQuery(absl::string_view text) const {
  const std::vector<TokenIds> encoded = {
      model_->tokenizer->Encode(absl::StrCat(model_->query_prefix, text), model_->max_tokens)};
  const size_t first = 0;
  std::vector<float> vector(model_->dimension);
  try {
    absl::MutexLock lock(&model_->query_mutex);
    model_->SetInputs(encoded, &first, {0, 1}, model_->query_request);
    model_->query_request.infer();
    model_->ReadVector(model_->query_request, 0, encoded[0].size(), absl::MakeSpan(vector));
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("the embedding model failed: ", error.what()));
  }
  return vector;
}

}  // namespace bedside
