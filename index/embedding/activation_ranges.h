// The ranges that the inputs of an encoder's matrix products take: what int8 needs to know of a model beside its
// weights. They are measured once by tools/quantise. Those of a model alone stand in its folder, as
// activation_ranges.json; those of a model with an adapter beside the adapter, under its name and ".ranges.json":
//   {"format": 1, "adapter": "SHA-256", "ranges": {"NAME": [LOW, HIGH, {"CHANNEL": SCALE, ...}], ...}}
// "adapter" is that of the adapter's file, lower-case hexadecimal, and left out where there was none. NAME is the
// operation of model.onnx whose output is the input of one or more products with weights. What lies outside a range is
// taken for its end; a product whose input has no range stays as precise as the rest of the model. The third part may
// be left out: it names the channels (places in the last axis) that are divided by a power of two before the range
// holds.
#ifndef BEDSIDE_INDEX_EMBEDDING_ACTIVATION_RANGES_H_
#define BEDSIDE_INDEX_EMBEDDING_ACTIVATION_RANGES_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// Weights of a column are told apart by 127 levels: beyond this a scaled channel would leave nothing of the others.
constexpr float kMaxActivationScale = 128;

struct ActivationRange {
  float low;
  float high;
  // What channels are divided by, a power of two from 2 to kMaxActivationScale; those not named stay as they are, and
  // those that the value does not have are left out.
  std::map<size_t, float> scales = {};
};

// By the name of the operation.
using ActivationRanges = std::map<std::string, ActivationRange>;

// What a file holds.
struct MeasuredRanges {
  // SHA-256 of the adapter that the model had; empty: none.
  std::string adapter;
  ActivationRanges ranges;

  // INVALID_ARGUMENT, with both digests: they were measured with another adapter than that of SHA-256 `wanted`, of
  // which empty is none.
  absl::Status CheckAdapter(absl::string_view wanted) const;
};

// The ranges of the model with the adapter at `adapter_path`.
std::string RangesFileBeside(const std::string& adapter_path);

// INVALID_ARGUMENT: not this format, an adapter that is no text, no range, or one that is not finite, holds no 0 or is
// empty, or scales that are none; the message says which.
absl::StatusOr<MeasuredRanges> ParseActivationRanges(absl::string_view json);

// What ParseActivationRanges reads: the same ranges give the same bytes.
std::string ActivationRangesJson(const MeasuredRanges& measured);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_ACTIVATION_RANGES_H_
