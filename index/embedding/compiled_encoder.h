// An encoder graph compiled for the CPU: token ids in, one unit vector a text out.
//
// Thread-safe, but that a request is used by one caller at a time. Exceptions of OpenVINO become INTERNAL.
//
// A text's vector does not depend on the texts that it runs with, nor on the length that it is padded to: on every CPU
// that was tried it was the same bit by bit (docs/performance.md), which the tests of the embedder hold to.
#ifndef BEDSIDE_INDEX_EMBEDDING_COMPILED_ENCODER_H_
#define BEDSIDE_INDEX_EMBEDDING_COMPILED_ENCODER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/embedding/embedding_matrix.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/token_batch.h"
#include "openvino/openvino.hpp"

namespace bedside {

struct EncoderSettings {
  ov::element::Type precision;
  // Of all streams together.
  size_t threads = 1;
  // Batches that run at once. With as many as threads, no thread waits for another inside a layer; with one, a batch is
  // done soonest.
  size_t streams = 1;
  // The mean of all token vectors; otherwise the first.
  bool mean_pooling = false;
  int64_t pad_id = 0;
};

class CompiledEncoder {
 public:
  // Compiles `graph`, which is KeepFirstToken'd unless mean_pooling is set: about half a second.
  static absl::StatusOr<CompiledEncoder> Create(ov::Core& core, const EncoderGraph& graph,
                                                const EncoderSettings& settings);

  // The precision that it runs in, for example "bf16".
  std::string precision() const;

  // Each is one batch under way: with two for a stream, one runs while the other is filled. Must not outlive the
  // encoder.
  absl::StatusOr<std::vector<ov::InferRequest>> MakeRequests(size_t count) const;

  // Puts the vectors of `ids` into the rows of `vectors`, batch by batch, the requests in turn. After an error a single
  // request can be used again; of several, some may still be under way. REQUIRES: requests is not empty unless ids is
  absl::Status Run(absl::Span<const TokenIds> ids, absl::Span<ov::InferRequest> requests,
                   EmbeddingMatrix& vectors) const;

 private:
  CompiledEncoder() = default;

  size_t PlacesOf(const TokenBatch& batch) const { return settings_.mean_pooling ? batch.length : 1; }
  void SetInputs(absl::Span<const TokenIds> ids, const TokenBatch& batch, ov::InferRequest& request) const;
  absl::StatusOr<const float*> TokenVectors(ov::InferRequest& request, const TokenBatch& batch) const;
  absl::Status Pool(const float* tokens, size_t count, absl::Span<float> vector) const;
  absl::Status Read(absl::Span<const TokenIds> ids, const TokenBatch& batch, ov::InferRequest& request,
                    EmbeddingMatrix& vectors) const;
  absl::Status RunBatches(absl::Span<const TokenIds> ids, absl::Span<ov::InferRequest> requests,
                          EmbeddingMatrix& vectors) const;

  EncoderSettings settings_;
  size_t dimension_ = 0;
  bool has_token_types_ = false;
  mutable ov::CompiledModel model_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_COMPILED_ENCODER_H_
