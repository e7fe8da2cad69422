// A graph of the BERT family compiled for the CPU: batches of token ids in, what its outputs say of each batch out.
//
// Thread-safe, but that a request is used by one caller at a time. Exceptions of OpenVINO become INTERNAL.
#ifndef BEDSIDE_INDEX_EMBEDDING_COMPILED_GRAPH_H_
#define BEDSIDE_INDEX_EMBEDDING_COMPILED_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/token_batch.h"
#include "openvino/openvino.hpp"

namespace bedside {

struct GraphSettings {
  ov::element::Type precision;
  // Of all streams together.
  size_t threads = 1;
  // Batches that run at once. With as many as threads, no thread waits for another inside a layer; with one, a batch is
  // done soonest.
  size_t streams = 1;
  int64_t pad_id = 0;
  // BatchesOf: with little, more batches of fewer tokens are run.
  size_t most_padding = kAnyPadding;
  // What messages call the model, for example "embedding model".
  std::string name;
};

class CompiledGraph {
 public:
  struct Texts {
    absl::Span<const TokenIds> ids;
    // One a text: its tokens of type 0, behind which all are of type 1. Empty: all tokens are of type 0.
    absl::Span<const size_t> first_parts = {};
  };

  // Given each batch when it is done, with the request that ran it, whose outputs are valid until it returns.
  using Reader = absl::FunctionRef<absl::Status(const TokenBatch& batch, ov::InferRequest& request)>;

  // Compiles `graph`: about half a second.
  static absl::StatusOr<CompiledGraph> Create(ov::Core& core, const EncoderGraph& graph, const GraphSettings& settings);

  // The precision that it runs in, for example "bf16".
  std::string precision() const;

  // INTERNAL: the model, by its name, failed for this reason.
  absl::Status Failed(absl::string_view why) const;

  // Each is one batch under way: with two for a stream, one runs while the other is filled. Must not outlive the graph.
  absl::StatusOr<std::vector<ov::InferRequest>> MakeRequests(size_t count) const;

  // Runs `texts` batch by batch, long ones first, the requests in turn. Ends with the first error of `read`. After an
  // error a single request can be used again; of several, some may still be under way.
  // REQUIRES: requests is not empty unless texts is
  absl::Status Run(const Texts& texts, absl::Span<ov::InferRequest> requests, Reader read) const;

 private:
  CompiledGraph() = default;

  void SetInputs(const Texts& texts, const TokenBatch& batch, ov::InferRequest& request) const;
  absl::Status RunBatches(const Texts& texts, absl::Span<ov::InferRequest> requests, Reader read) const;

  GraphSettings settings_;
  bool has_token_types_ = false;
  mutable ov::CompiledModel model_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_COMPILED_GRAPH_H_
