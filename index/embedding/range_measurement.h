// Measures the activation ranges of a model, with or without an adapter, by running it on texts.
#ifndef BEDSIDE_INDEX_EMBEDDING_RANGE_MEASUREMENT_H_
#define BEDSIDE_INDEX_EMBEDDING_RANGE_MEASUREMENT_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/embedding/activation_ranges.h"

namespace bedside {

struct MeasuredModel {
  // With model.onnx and tokenizer.json.
  std::string folder;
  // Empty: the model alone.
  std::string adapter_path;
};

// The ranges (range_calibrator.h) of `model` on `texts`, each cut at `max_tokens`. Cost: one run in f32 for each text.
// INVALID_ARGUMENT: no texts, no BERT encoder, or an adapter that is none or not its own; NOT_FOUND: no model,
// tokenizer or adapter; DATA_LOSS: one that cannot be read; INTERNAL: the model failed. REQUIRES: max_tokens >= 2
absl::StatusOr<MeasuredRanges> MeasureRanges(const MeasuredModel& model, absl::Span<const std::string> texts,
                                             size_t max_tokens);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_RANGE_MEASUREMENT_H_
