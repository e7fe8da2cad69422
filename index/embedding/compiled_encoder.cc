#include "index/embedding/compiled_encoder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {

absl::StatusOr<CompiledEncoder> CompiledEncoder::Create(ov::Core& core, const EncoderGraph& graph,
                                                        const EncoderSettings& settings) {
  ASSIGN_OR_RETURN(CompiledGraph compiled, CompiledGraph::Create(core, graph, settings));
  return CompiledEncoder(std::move(compiled), graph.dimension, settings.mean_pooling);
}

// To unit length.
absl::Status CompiledEncoder::Normalise(absl::Span<float> vector) const {
  const double length = std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
  if (!std::isfinite(length) || length == 0) {
    return graph_.Failed(absl::StrCat("wanted a vector of finite length, got ", length,
                                      "; use another model, or precision: PRECISION_F32"));
  }
  for (float& value : vector) value = static_cast<float>(value / length);
  return absl::OkStatus();
}

// The first of `count` token vectors, or their mean, scaled to unit length.
absl::Status CompiledEncoder::Pool(const float* tokens, size_t count, absl::Span<float> vector) const {
  std::fill(vector.begin(), vector.end(), 0.0f);
  for (size_t token = 0; token < (mean_pooling_ ? count : 1); ++token) {
    for (size_t i = 0; i < dimension_; ++i) vector[i] += tokens[token * dimension_ + i];
  }
  return Normalise(vector);
}

absl::StatusOr<const float*> CompiledEncoder::ValuesOf(const ov::Tensor& output, const TokenBatch& batch,
                                                       size_t places) const {
  const ov::Shape wanted = {batch.texts.size(), places, dimension_};
  if (output.get_shape() == wanted) return output.data<float>();
  return graph_.Failed(absl::StrCat("wanted vectors of the shape ", wanted.to_string(), ", got ",
                                    output.get_shape().to_string(), "; export the encoder to ONNX with free axes"));
}

absl::Status CompiledEncoder::Read(absl::Span<const TokenIds> ids, const TokenBatch& batch, ov::InferRequest& request,
                                   EmbeddingMatrix& vectors, TokenReader read_tokens) const {
  const ov::Tensor pooled = request.get_output_tensor(0), all = request.get_output_tensor(1);
  ASSIGN_OR_RETURN(const float* to_pool, ValuesOf(pooled, batch, PlacesOf(batch)));
  ASSIGN_OR_RETURN(const float* tokens, ValuesOf(all, batch, batch.length));
  for (size_t text : batch.texts) {
    RETURN_IF_ERROR(Pool(to_pool, ids[text].size(), vectors.row(text)));
    read_tokens(text, absl::MakeConstSpan(tokens, ids[text].size() * dimension_));
    to_pool += PlacesOf(batch) * dimension_;
    tokens += batch.length * dimension_;
  }
  return absl::OkStatus();
}

absl::Status CompiledEncoder::Run(absl::Span<const TokenIds> ids, absl::Span<ov::InferRequest> requests,
                                  EmbeddingMatrix& vectors, TokenReader read_tokens) const {
  return graph_.Run({ids}, requests, [&](const TokenBatch& batch, ov::InferRequest& request) {
    return Read(ids, batch, request, vectors, read_tokens);
  });
}

}  // namespace bedside
