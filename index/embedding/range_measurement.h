// Measures the activation ranges of a model by running it on texts.
#ifndef BEDSIDE_INDEX_EMBEDDING_RANGE_MEASUREMENT_H_
#define BEDSIDE_INDEX_EMBEDDING_RANGE_MEASUREMENT_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/embedding/activation_ranges.h"

namespace bedside {

// The ranges (range_calibrator.h) of the model in `folder` on `texts`, each cut at `max_tokens`. Cost: one run in f32
// for each text. INVALID_ARGUMENT: no texts, or no BERT encoder; NOT_FOUND: no tokenizer; INTERNAL: the model failed.
// REQUIRES: max_tokens >= 2
absl::StatusOr<ActivationRanges> MeasureRanges(const std::string& folder, absl::Span<const std::string> texts,
                                               size_t max_tokens);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_RANGE_MEASUREMENT_H_
