// The graph of a BERT-family encoder or classifier, as OpenVINO reads it from ONNX.
#ifndef BEDSIDE_INDEX_EMBEDDING_ENCODER_GRAPH_H_
#define BEDSIDE_INDEX_EMBEDDING_ENCODER_GRAPH_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "openvino/openvino.hpp"

namespace bedside {

struct EncoderGraph {
  // Inputs input_ids, attention_mask and, where has_token_types, token_type_ids: [texts, tokens] of int64. The first
  // output: [texts, tokens, dimension] of floats, of a classifier [texts, dimension].
  std::shared_ptr<ov::Model> model;
  size_t dimension = 0;
  bool has_token_types = false;
};

// Reads the encoder at `path`. INVALID_ARGUMENT: no ONNX that OpenVINO reads, or inputs or an output that are not those
// of a BERT encoder; the message names the file.
absl::StatusOr<EncoderGraph> ReadEncoderGraph(ov::Core& core, const std::string& path);

// Reads the classifier of texts at `path`, which knows one class or two: dimension is 1 or 2. Errors are those of
// ReadEncoderGraph.
absl::StatusOr<EncoderGraph> ReadClassifierGraph(ov::Core& core, const std::string& path);

// Adds a second output, [texts, tokens, dimension]: the vectors of all tokens as the last layer reads them, which
// KeepFirstToken leaves alone; of a graph in which it does not find a last layer, those of the first output. For late
// interaction they are about as good as those behind the last layer (docs/adr/0009-token-vectors.md), and cost nothing.
// To be called before KeepFirstToken. Throws what OpenVINO throws.
void AddTokenOutput(EncoderGraph& graph);

// Leaves the first token of the first output: [texts, 1, floats], with the values that it had. What the last layer does
// for each token by itself (all but the keys and values of its attention) is done for that token alone. Operations that
// it does not know stay as they are. Throws what OpenVINO throws.
void KeepFirstToken(ov::Model& model);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_ENCODER_GRAPH_H_
