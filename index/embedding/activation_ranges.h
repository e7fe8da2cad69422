// The ranges that the inputs of an encoder's matrix products take: what int8 needs to know of a model beside its
// weights. They are measured once by tools/quantise, and stand in the model's folder: activation_ranges.json, which is
//   {"format": 1, "ranges": {"NAME": [LOW, HIGH], ...}}
// where NAME is the operation of model.onnx whose output is the input of one or more products with weights. What lies
// outside a range is taken for its end; a product whose input has no range stays as precise as the rest of the model.
#ifndef BEDSIDE_INDEX_EMBEDDING_ACTIVATION_RANGES_H_
#define BEDSIDE_INDEX_EMBEDDING_ACTIVATION_RANGES_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

struct ActivationRange {
  float low;
  float high;
};

// By the name of the operation.
using ActivationRanges = std::map<std::string, ActivationRange>;

// INVALID_ARGUMENT: not this format, no range, or one that is not finite, holds no 0 or is empty; the message says
// which.
absl::StatusOr<ActivationRanges> ParseActivationRanges(absl::string_view json);

// What ParseActivationRanges reads: the same ranges give the same bytes.
std::string ActivationRangesJson(const ActivationRanges& ranges);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_ACTIVATION_RANGES_H_
