// Measures activation ranges (activation_ranges.h) by running an encoder in f32 on texts. One thread at a time.
#ifndef BEDSIDE_INDEX_EMBEDDING_RANGE_CALIBRATOR_H_
#define BEDSIDE_INDEX_EMBEDDING_RANGE_CALIBRATOR_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/embedding/activation_ranges.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/token_batch.h"
#include "openvino/openvino.hpp"

namespace bedside {

class RangeCalibrator {
 public:
  // Changes `graph`, which is as ReadEncoderGraph gave it. INVALID_ARGUMENT: it has no products with weights.
  // INTERNAL: what OpenVINO throws.
  static absl::StatusOr<std::unique_ptr<RangeCalibrator>> Create(ov::Core& core, const EncoderGraph& graph);

  // Runs one text, of which a quarter of a megabyte is kept until the ranges are asked for. REQUIRES: not empty
  absl::Status Add(const TokenIds& text);

  // For each value: the ends that nine of ten texts stay within, after channels that reach more than twice as far as
  // the middle one were scaled down to about that. Rare outliers would cost all others their resolution.
  // REQUIRES: a text was added
  ActivationRanges Ranges() const;

 private:
  // Of one value.
  struct Extremes {
    std::string name;
    size_t channels;
    std::vector<std::vector<float>> lows, highs;  // of each text, one a channel; they hold 0

    void Add(const ov::Tensor& tensor);
    float ReachOf(size_t channel) const;
    std::map<size_t, float> Scales() const;
    ActivationRange Range() const;
  };

  RangeCalibrator() = default;

  bool has_token_types_ = false;
  size_t first_output_ = 0;
  std::vector<Extremes> values_;
  ov::InferRequest request_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_RANGE_CALIBRATOR_H_
