// The graphs that a configuration makes of a model: with the changes of its adapters, and quantised where it says int8.
#ifndef BEDSIDE_INDEX_EMBEDDING_ENCODER_GRAPHS_H_
#define BEDSIDE_INDEX_EMBEDDING_ENCODER_GRAPHS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/embedding/encoder_graph.h"
#include "openvino/openvino.hpp"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

struct EncoderGraphs {
  EncoderGraph of_passages;
  // That of passages, or a copy with the changes of the question adapter instead.
  EncoderGraph of_questions;
  // What is put before a question: nothing where there is a question adapter.
  std::string query_prefix;
  // A line a file beside the model that vectors of passages depend on: what it is, and its SHA-256.
  std::string files;
};

// Of the model at config.model_path(), whose model.onnx has the SHA-256 `model_digest`. NOT_FOUND: a file is missing,
// or the ranges that int8 wants (activation_ranges.h); DATA_LOSS: it cannot be read; INVALID_ARGUMENT: one is not what
// it should be, or not for this model, adapter or prefix. The message names the file. Throws what OpenVINO throws.
absl::StatusOr<EncoderGraphs> ReadEncoderGraphs(ov::Core& core, absl::string_view model_digest,
                                                const config::EmbedderConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_ENCODER_GRAPHS_H_
