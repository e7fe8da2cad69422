#include "index/embedding/openvino_embedder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <numeric>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "glog/logging.h"
#include "index/hash/file_sha256.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "openvino/openvino.hpp"

namespace bedside {
namespace {

constexpr uint32_t kFewestMaxTokens = 8;
constexpr uint32_t kMostMaxTokens = 512;
constexpr uint32_t kMostThreads = 256;

// Tokens in a batch, padding included, and what lengths are rounded up to. Each new shape costs OpenVINO a preparation,
// and its matrix kernels work on 16 rows: on two cores with AMX 1024 and 16 were the fastest of 512 to 4096 and 1
// to 16.
constexpr size_t kTokensPerBatch = 1024;
constexpr size_t kLengthStep = 16;

// Batches under way for each stream: one runs while the next is filled.
constexpr size_t kRequestsPerStream = 2;

constexpr char kModelFile[] = "model.onnx";
constexpr char kTokenizerFile[] = "tokenizer.json";

namespace fs = std::filesystem;
using TokenIds = std::vector<int64_t>;

absl::Status CheckConfig(const config::EmbedderConfig& config) {
  std::vector<std::string> violations;
  if (config.model_path().empty()) violations.push_back("model_path: wanted a folder, got nothing");
  if (!config::Pooling_IsValid(config.pooling())) {
    violations.push_back(absl::StrCat("pooling: wanted CLS or MEAN, got ", config.pooling()));
  }
  const uint32_t max_tokens = config.max_tokens();
  if (max_tokens != 0 && (max_tokens < kFewestMaxTokens || max_tokens > kMostMaxTokens)) {
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

// Files below `folder`, by their paths from there, but for hidden ones.
absl::StatusOr<std::set<std::string>> FilesOf(const std::string& folder) {
  std::set<std::string> files = {kModelFile, kTokenizerFile};
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const bool is_hidden = it->path().filename().native()[0] == '.';
    if (is_hidden && it->is_directory(error)) it.disable_recursion_pending();
    if (!is_hidden && it->is_regular_file(error)) files.insert(it->path().lexically_relative(folder).string());
  }
  if (!error || error == std::errc::no_such_file_or_directory) return files;
  return absl::InvalidArgumentError(absl::StrCat("model_path ", folder, " cannot be listed: ", error.message()));
}

// Names and SHA-256 of all files of the model: its weights may stand beside model.onnx, under any name.
absl::StatusOr<std::string> DigestsOf(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::set<std::string> files, FilesOf(folder));
  std::string digests;
  for (const std::string& file : files) {
    const absl::StatusOr<std::string> digest = FileSha256Hex(absl::StrCat(folder, "/", file));
    if (!digest.ok()) {
      return absl::Status(digest.status().code(),
                          absl::StrCat(digest.status().message(), "; model_path wants a folder ", "with ", kModelFile,
                                       " and ", kTokenizerFile));
    }
    absl::StrAppend(&digests, file, " ", *digest, "\n");
  }
  return digests;
}

absl::Status Failed(absl::string_view why) {
  return absl::InternalError(absl::StrCat("the embedding model failed: ", why));
}

// The status of `body`, or INTERNAL with what OpenVINO throws.
template <typename Body>
absl::Status RunGuarded(Body body) {
  try {
    return body();
  } catch (const std::exception& error) {
    return Failed(error.what());
  }
}

absl::StatusOr<std::shared_ptr<ov::Model>> ReadModel(ov::Core& core, const std::string& path) {
  try {
    return core.read_model(path);
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": wanted an ONNX model, OpenVINO cannot read it: ", error.what(), "; export the encoder to ONNX again"));
  }
}

bool HasInput(const ov::Model& model, const std::string& name) {
  const auto inputs = model.inputs();
  return std::any_of(inputs.begin(), inputs.end(),
                     [&](const auto& input) { return input.get_names().count(name) > 0; });
}

// Floats in a token vector. The first output of an encoder is [texts, tokens, floats].
absl::StatusOr<size_t> CheckEncoder(const ov::Model& model, const std::string& path) {
  const size_t known = HasInput(model, "input_ids") + HasInput(model, "attention_mask");
  const size_t inputs = known + HasInput(model, "token_type_ids");
  const ov::PartialShape shape = model.outputs().empty() ? ov::PartialShape() : model.output(0).get_partial_shape();
  const bool is_encoder = known == 2 && inputs == model.inputs().size() && shape.rank().is_static() &&
                          shape.size() == 3 && shape[2].is_static() && shape[2].get_length() > 0;
  if (is_encoder) return static_cast<size_t>(shape[2].get_length());
  return absl::InvalidArgumentError(absl::StrCat(
      path,
      ": wanted the inputs input_ids, attention_mask and perhaps token_type_ids and an output "
      "[texts, tokens, floats], got ",
      model.inputs().size(), " inputs and an output of shape ", shape.to_string(), "; use a model of the BERT family"));
}

bool CpuHasBf16(ov::Core& core) {
  const std::vector<std::string> able = core.get_property("CPU", ov::device::capabilities);
  return std::find(able.begin(), able.end(), ov::device::capability::BF16) != able.end();
}

ov::element::Type ElementTypeFor(const config::EmbedderConfig& config, ov::Core& core) {
  const bool is_bf16 = PrecisionFor(config.precision(), CpuHasBf16(core)) == config::PRECISION_BF16;
  if (!is_bf16 && config.precision() != config::PRECISION_F32) {
    LOG(WARNING) << "This CPU has no bf16: the embedder runs in f32, and its vectors do not compare with bf16 ones.";
  }
  return is_bf16 ? ov::element::bf16 : ov::element::f32;
}

// To unit length.
absl::Status Normalise(absl::Span<float> vector) {
  const double length = std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
  if (!std::isfinite(length) || length == 0) {
    return Failed(absl::StrCat("wanted a vector of finite length, got ", length,
                               "; use another model, or precision: PRECISION_F32"));
  }
  for (float& value : vector) value = static_cast<float>(value / length);
  return absl::OkStatus();
}

// Texts that run together: indexes into the token ids of a call, all at most `length` tokens long.
struct Batch {
  absl::Span<const size_t> texts;
  size_t length = 0;
};

// Batches of at most kTokensPerBatch tokens (one text at least). `order` is sorted by falling number of tokens.
std::vector<Batch> BatchesOf(const std::vector<TokenIds>& ids, absl::Span<const size_t> order) {
  std::vector<Batch> batches;
  for (size_t begin = 0; begin < order.size();) {
    const size_t length = (ids[order[begin]].size() + kLengthStep - 1) / kLengthStep * kLengthStep;
    batches.push_back({order.subspan(begin, std::max<size_t>(1, kTokensPerBatch / length)), length});
    begin += batches.back().texts.size();
  }
  return batches;
}

}  // namespace

config::Precision PrecisionFor(config::Precision wanted, bool cpu_has_bf16) {
  return wanted != config::PRECISION_F32 && cpu_has_bf16 ? config::PRECISION_BF16 : config::PRECISION_F32;
}

struct OpenVinoEmbedder::Model {
  std::string id;
  std::string query_prefix, passage_prefix;
  size_t dimension = 0;
  size_t max_tokens = 0;
  size_t streams = 0;
  bool mean_pooling = false;
  bool has_token_types = false;
  std::unique_ptr<WordPieceTokenizer> tokenizer;
  ov::Core core;
  mutable ov::CompiledModel passages;  // one thread a stream: no thread waits for another inside a layer
  ov::CompiledModel queries;           // one stream of all threads

  mutable absl::Mutex query_mutex;
  mutable ov::InferRequest query_request ABSL_GUARDED_BY(query_mutex);

  void SetId(absl::string_view file_digests);
  absl::Status Compile(const std::shared_ptr<ov::Model>& model, const config::EmbedderConfig& config);
  void SetInputs(const std::vector<TokenIds>& ids, const Batch& batch, ov::InferRequest& request) const;
  absl::Status Pool(const float* tokens, size_t count, absl::Span<float> vector) const;
  absl::StatusOr<const float*> TokenVectors(ov::InferRequest& request, const Batch& batch) const;
  absl::Status Run(const std::vector<TokenIds>& ids, const std::vector<Batch>& batches, EmbeddingMatrix& vectors) const;
};

absl::Status OpenVinoEmbedder::Model::Compile(const std::shared_ptr<ov::Model>& model,
                                              const config::EmbedderConfig& config) {
  const int threads = config.threads() > 0 ? config.threads() : std::max(1u, std::thread::hardware_concurrency());
  streams = threads;
  return RunGuarded([&] {
    const ov::element::Type precision = ElementTypeFor(config, core);
    const auto compile = [&](int number_of_streams) {
      return core.compile_model(model, "CPU", ov::hint::inference_precision(precision),
                                ov::inference_num_threads(threads), ov::num_streams(number_of_streams),
                                ov::hint::enable_cpu_pinning(false));
    };
    passages = compile(threads);
    queries = compile(1);
    absl::MutexLock lock(&query_mutex);
    query_request = queries.create_infer_request();
    return absl::OkStatus();
  });
}

// REQUIRES: everything else is set.
void OpenVinoEmbedder::Model::SetId(absl::string_view file_digests) {
  const std::string precision = passages.get_property(ov::hint::inference_precision).to_string();
  const std::string settings = absl::StrCat(mean_pooling ? "mean" : "cls", "/", precision, "/", max_tokens);
  std::string parts;
  for (absl::string_view part : {file_digests, absl::string_view(settings), absl::string_view(query_prefix),
                                 absl::string_view(passage_prefix)}) {
    absl::StrAppend(&parts, part.size(), ":", part);
  }
  id = absl::StrCat("onnx-", dimension, "/", settings, "/", Sha256Hex(parts).substr(0, 16));
}

void OpenVinoEmbedder::Model::SetInputs(const std::vector<TokenIds>& ids, const Batch& batch,
                                        ov::InferRequest& request) const {
  const ov::Shape shape = {batch.texts.size(), batch.length};
  ov::Tensor tokens(ov::element::i64, shape), mask(ov::element::i64, shape);
  int64_t* token = tokens.data<int64_t>();
  int64_t* kept = mask.data<int64_t>();
  std::fill_n(token, tokens.get_size(), tokenizer->pad_id());
  std::fill_n(kept, mask.get_size(), 0);
  for (size_t text : batch.texts) {
    std::copy(ids[text].begin(), ids[text].end(), token);
    std::fill_n(kept, ids[text].size(), 1);
    token += batch.length;
    kept += batch.length;
  }
  request.set_tensor("input_ids", tokens);
  request.set_tensor("attention_mask", mask);
  if (!has_token_types) return;
  ov::Tensor types(ov::element::i64, shape);
  std::fill_n(types.data<int64_t>(), types.get_size(), 0);
  request.set_tensor("token_type_ids", types);
}

// The first of `count` token vectors, or their mean, scaled to unit length.
absl::Status OpenVinoEmbedder::Model::Pool(const float* tokens, size_t count, absl::Span<float> vector) const {
  std::fill(vector.begin(), vector.end(), 0.0f);
  for (size_t token = 0; token < (mean_pooling ? count : 1); ++token) {
    for (size_t i = 0; i < dimension; ++i) vector[i] += tokens[token * dimension + i];
  }
  return Normalise(vector);
}

// What the finished `request` made of `batch`: a vector for each place of each text. Valid until the request runs
// again.
absl::StatusOr<const float*> OpenVinoEmbedder::Model::TokenVectors(ov::InferRequest& request,
                                                                   const Batch& batch) const {
  const ov::Tensor output = request.get_output_tensor(0);
  const ov::Shape wanted = {batch.texts.size(), batch.length, dimension};
  if (output.get_shape() == wanted) return output.data<float>();
  return Failed(absl::StrCat("wanted vectors of the shape ", wanted.to_string(), ", got ",
                             output.get_shape().to_string(), "; export the encoder to ONNX with free axes"));
}

// Throws what OpenVINO throws. Requests take batches in turn; a request is read before it takes the next.
absl::Status OpenVinoEmbedder::Model::Run(const std::vector<TokenIds>& ids, const std::vector<Batch>& batches,
                                          EmbeddingMatrix& vectors) const {
  const size_t width = std::min(streams * kRequestsPerStream, batches.size());
  std::vector<ov::InferRequest> requests;
  for (size_t i = 0; i < width; ++i) requests.push_back(passages.create_infer_request());
  const auto read = [&](size_t number) -> absl::Status {
    ov::InferRequest& request = requests[number % width];
    request.wait();
    ASSIGN_OR_RETURN(const float* tokens, TokenVectors(request, batches[number]));
    for (size_t text : batches[number].texts) {
      RETURN_IF_ERROR(Pool(tokens, ids[text].size(), vectors.row(text)));
      tokens += batches[number].length * dimension;
    }
    return absl::OkStatus();
  };
  for (size_t number = 0; number < batches.size(); ++number) {
    if (number >= width) RETURN_IF_ERROR(read(number - width));
    SetInputs(ids, batches[number], requests[number % width]);
    requests[number % width].start_async();
  }
  for (size_t number = batches.size() - width; number < batches.size(); ++number) RETURN_IF_ERROR(read(number));
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<OpenVinoEmbedder>> OpenVinoEmbedder::Create(const config::EmbedderConfig& config) {
  RETURN_IF_ERROR(CheckConfig(config));
  const std::string model_path = absl::StrCat(config.model_path(), "/", kModelFile);
  const std::string tokenizer_path = absl::StrCat(config.model_path(), "/", kTokenizerFile);
  ASSIGN_OR_RETURN(const std::string digests, DigestsOf(config.model_path()));

  std::unique_ptr<Model> model;
  RETURN_IF_ERROR(RunGuarded([&] {
    model = std::make_unique<Model>();
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(model->tokenizer, WordPieceTokenizer::Create(tokenizer_path));
  ASSIGN_OR_RETURN(const std::shared_ptr<ov::Model> network, ReadModel(model->core, model_path));
  ASSIGN_OR_RETURN(model->dimension, CheckEncoder(*network, model_path));
  model->has_token_types = HasInput(*network, "token_type_ids");
  model->query_prefix = config.query_prefix();
  model->passage_prefix = config.passage_prefix();
  model->max_tokens = config.max_tokens() > 0 ? config.max_tokens() : kMostMaxTokens;
  model->mean_pooling = config.pooling() == config::POOLING_MEAN;
  RETURN_IF_ERROR(model->Compile(network, config));
  RETURN_IF_ERROR(RunGuarded([&] {
    model->SetId(digests);
    return absl::OkStatus();
  }));
  return absl::WrapUnique(new OpenVinoEmbedder(std::move(model)));
}

OpenVinoEmbedder::OpenVinoEmbedder(std::unique_ptr<Model> model) : model_(std::move(model)) {}

OpenVinoEmbedder::~OpenVinoEmbedder() = default;

const std::string& OpenVinoEmbedder::id() const { return model_->id; }

size_t OpenVinoEmbedder::dimension() const { return model_->dimension; }

const WordPieceTokenizer& OpenVinoEmbedder::tokenizer() const { return *model_->tokenizer; }

absl::StatusOr<EmbeddingMatrix> OpenVinoEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  std::vector<TokenIds> ids;
  ids.reserve(texts.size());
  for (const std::string& text : texts) {
    ids.push_back(model_->tokenizer->Encode(absl::StrCat(model_->passage_prefix, text), model_->max_tokens));
  }
  std::vector<size_t> order(texts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return ids[a].size() > ids[b].size(); });
  EmbeddingMatrix vectors(texts.size(), model_->dimension);
  RETURN_IF_ERROR(RunGuarded([&] { return model_->Run(ids, BatchesOf(ids, order), vectors); }));
  return vectors;
}

absl::StatusOr<std::vector<float>> OpenVinoEmbedder::EmbedQuery(absl::string_view text) const {
  const std::vector<TokenIds> ids = {
      model_->tokenizer->Encode(absl::StrCat(model_->query_prefix, text), model_->max_tokens)};
  const size_t order[] = {0};
  std::vector<float> vector(model_->dimension);
  absl::MutexLock lock(&model_->query_mutex);
  const Batch batch = BatchesOf(ids, order).front();
  RETURN_IF_ERROR(RunGuarded([&]() -> absl::Status {
    ov::InferRequest& request = model_->query_request;
    model_->SetInputs(ids, batch, request);
    request.infer();
    ASSIGN_OR_RETURN(const float* tokens, model_->TokenVectors(request, batch));
    return model_->Pool(tokens, ids.front().size(), absl::MakeSpan(vector));
  }));
  return vector;
}

}  // namespace bedside
