// An encoder graph compiled for the CPU: token ids in, one unit vector a text and one a token out.
//
// Thread-safe, but that a request is used by one caller at a time. Exceptions of OpenVINO become INTERNAL.
//
// A text's vector does not depend on the texts that it runs with, nor on the length that it is padded to: on every CPU
// that was tried it was the same bit by bit (docs/performance.md), which the tests of the embedder hold to.
#ifndef BEDSIDE_INDEX_EMBEDDING_COMPILED_ENCODER_H_
#define BEDSIDE_INDEX_EMBEDDING_COMPILED_ENCODER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/embedding/compiled_graph.h"
#include "index/embedding/embedding_matrix.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/token_batch.h"
#include "openvino/openvino.hpp"

namespace bedside {

struct EncoderSettings : GraphSettings {
  // The mean of all token vectors; otherwise the first.
  bool mean_pooling = false;
};

class CompiledEncoder {
 public:
  // Given the vectors of all tokens of a text, one after another, as AddTokenOutput says.
  using TokenReader = absl::FunctionRef<void(size_t text, absl::Span<const float> tokens)>;

  // Compiles `graph`, which has a second output (AddTokenOutput) and is KeepFirstToken'd unless mean_pooling is set:
  // about half a second.
  static absl::StatusOr<CompiledEncoder> Create(ov::Core& core, const EncoderGraph& graph,
                                                const EncoderSettings& settings);

  // The precision that it runs in, for example "bf16".
  std::string precision() const { return graph_.precision(); }

  // As CompiledGraph::MakeRequests. Must not outlive the encoder.
  absl::StatusOr<std::vector<ov::InferRequest>> MakeRequests(size_t count) const { return graph_.MakeRequests(count); }

  // Puts the vectors of `ids` into the rows of `vectors`, and shows their tokens to `read_tokens`. Requests, and what
  // becomes of them after an error, are those of CompiledGraph::Run.
  absl::Status Run(absl::Span<const TokenIds> ids, absl::Span<ov::InferRequest> requests, EmbeddingMatrix& vectors,
                   TokenReader read_tokens) const;

 private:
  CompiledEncoder(CompiledGraph graph, size_t dimension, bool mean_pooling)
      : graph_(std::move(graph)), dimension_(dimension), mean_pooling_(mean_pooling) {}

  size_t PlacesOf(const TokenBatch& batch) const { return mean_pooling_ ? batch.length : 1; }
  absl::Status Normalise(absl::Span<float> vector) const;
  absl::Status Pool(const float* tokens, size_t count, absl::Span<float> vector) const;
  // The values of an output of `places` vectors a text.
  absl::StatusOr<const float*> ValuesOf(const ov::Tensor& output, const TokenBatch& batch, size_t places) const;
  absl::Status Read(absl::Span<const TokenIds> ids, const TokenBatch& batch, ov::InferRequest& request,
                    EmbeddingMatrix& vectors, TokenReader read_tokens) const;

  CompiledGraph graph_;
  size_t dimension_;
  bool mean_pooling_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_COMPILED_ENCODER_H_
