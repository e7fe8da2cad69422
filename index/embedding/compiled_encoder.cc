#include "index/embedding/compiled_encoder.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

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

}  // namespace

absl::StatusOr<CompiledEncoder> CompiledEncoder::Create(ov::Core& core, const EncoderGraph& graph,
                                                        const EncoderSettings& settings) {
  CompiledEncoder encoder;
  encoder.settings_ = settings;
  encoder.dimension_ = graph.dimension;
  encoder.has_token_types_ = graph.has_token_types;
  RETURN_IF_ERROR(RunGuarded([&] {
    encoder.model_ =
        core.compile_model(graph.model, "CPU", ov::hint::inference_precision(settings.precision),
                           ov::inference_num_threads(static_cast<int>(settings.threads)),
                           ov::num_streams(static_cast<int>(settings.streams)), ov::hint::enable_cpu_pinning(false));
    return absl::OkStatus();
  }));
  return encoder;
}

std::string CompiledEncoder::precision() const {
  return model_.get_property(ov::hint::inference_precision).to_string();
}

void CompiledEncoder::SetInputs(absl::Span<const TokenIds> ids, const TokenBatch& batch,
                                ov::InferRequest& request) const {
  const ov::Shape shape = {batch.texts.size(), batch.length};
  ov::Tensor tokens(ov::element::i64, shape), mask(ov::element::i64, shape);
  int64_t* token = tokens.data<int64_t>();
  int64_t* kept = mask.data<int64_t>();
  std::fill_n(token, tokens.get_size(), settings_.pad_id);
  std::fill_n(kept, mask.get_size(), 0);
  for (size_t text : batch.texts) {
    std::copy(ids[text].begin(), ids[text].end(), token);
    std::fill_n(kept, ids[text].size(), 1);
    token += batch.length;
    kept += batch.length;
  }
  request.set_tensor("input_ids", tokens);
  request.set_tensor("attention_mask", mask);
  if (!has_token_types_) return;
  ov::Tensor types(ov::element::i64, shape);
  std::fill_n(types.data<int64_t>(), types.get_size(), 0);
  request.set_tensor("token_type_ids", types);
}

// What the finished `request` made of `batch`: a vector for each place of each text. Valid until the request runs
// again.
absl::StatusOr<const float*> CompiledEncoder::TokenVectors(ov::InferRequest& request, const TokenBatch& batch) const {
  const ov::Tensor output = request.get_output_tensor(0);
  const ov::Shape wanted = {batch.texts.size(), PlacesOf(batch), dimension_};
  if (output.get_shape() == wanted) return output.data<float>();
  return Failed(absl::StrCat("wanted vectors of the shape ", wanted.to_string(), ", got ",
                             output.get_shape().to_string(), "; export the encoder to ONNX with free axes"));
}

// The first of `count` token vectors, or their mean, scaled to unit length.
absl::Status CompiledEncoder::Pool(const float* tokens, size_t count, absl::Span<float> vector) const {
  std::fill(vector.begin(), vector.end(), 0.0f);
  for (size_t token = 0; token < (settings_.mean_pooling ? count : 1); ++token) {
    for (size_t i = 0; i < dimension_; ++i) vector[i] += tokens[token * dimension_ + i];
  }
  return Normalise(vector);
}

absl::Status CompiledEncoder::Read(absl::Span<const TokenIds> ids, const TokenBatch& batch, ov::InferRequest& request,
                                   EmbeddingMatrix& vectors) const {
  request.wait();
  ASSIGN_OR_RETURN(const float* tokens, TokenVectors(request, batch));
  for (size_t text : batch.texts) {
    RETURN_IF_ERROR(Pool(tokens, ids[text].size(), vectors.row(text)));
    tokens += PlacesOf(batch) * dimension_;
  }
  return absl::OkStatus();
}

// Throws what OpenVINO throws. Requests take batches in turn; a request is read before it takes the next.
absl::Status CompiledEncoder::RunBatches(absl::Span<const TokenIds> ids, absl::Span<ov::InferRequest> requests,
                                         EmbeddingMatrix& vectors) const {
  const std::vector<size_t> order = LongestFirst(ids);
  const std::vector<TokenBatch> batches = BatchesOf(ids, order);
  const size_t width = std::min(requests.size(), batches.size());
  const auto read = [&](size_t number) { return Read(ids, batches[number], requests[number % width], vectors); };
  for (size_t number = 0; number < batches.size(); ++number) {
    if (number >= width) RETURN_IF_ERROR(read(number - width));
    SetInputs(ids, batches[number], requests[number % width]);
    requests[number % width].start_async();
  }
  for (size_t number = batches.size() - width; number < batches.size(); ++number) RETURN_IF_ERROR(read(number));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ov::InferRequest>> CompiledEncoder::MakeRequests(size_t count) const {
  std::vector<ov::InferRequest> requests;
  RETURN_IF_ERROR(RunGuarded([&] {
    for (size_t i = 0; i < count; ++i) requests.push_back(model_.create_infer_request());
    return absl::OkStatus();
  }));
  return requests;
}

absl::Status CompiledEncoder::Run(absl::Span<const TokenIds> ids, absl::Span<ov::InferRequest> requests,
                                  EmbeddingMatrix& vectors) const {
  return RunGuarded([&] { return RunBatches(ids, requests, vectors); });
}

}  // namespace bedside
