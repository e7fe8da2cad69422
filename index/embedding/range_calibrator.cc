#include "index/embedding/range_calibrator.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "index/embedding/quantisation.h"

namespace bedside {
namespace {

constexpr double kTextsWithin = 0.9;

absl::Status Failed(const std::exception& error) {
  return absl::InternalError(absl::StrCat("the embedding model failed: ", error.what()));
}

// The value that kTextsWithin of the sample do not exceed.
float HighOf(std::vector<float> sample) {
  const auto place = sample.begin() + static_cast<int64_t>(kTextsWithin * static_cast<double>(sample.size() - 1));
  std::nth_element(sample.begin(), place, sample.end());
  return *place;
}

float LowOf(std::vector<float> sample) {
  for (float& value : sample) value = -value;
  return -HighOf(std::move(sample));
}

ov::Tensor RowOf(const TokenIds& ids) {
  ov::Tensor row(ov::element::i64, {1, ids.size()});
  std::copy(ids.begin(), ids.end(), row.data<int64_t>());
  return row;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RangeCalibrator>> RangeCalibrator::Create(ov::Core& core, const EncoderGraph& graph) {
  auto calibrator = std::unique_ptr<RangeCalibrator>(new RangeCalibrator());
  calibrator->has_token_types_ = graph.has_token_types;
  try {
    calibrator->first_output_ = graph.model->outputs().size();
    ov::OutputVector inputs;
    for (const auto& [name, products] : WeightProductsByInput(*graph.model)) {
      calibrator->values_.push_back({name, {}, {}});
      inputs.push_back(products.front()->input_value(0));
    }
    if (inputs.empty()) return absl::InvalidArgumentError("wanted an encoder with products with weights, got none");
    for (const ov::Output<ov::Node>& input : inputs) graph.model->add_output(input);
    calibrator->request_ =
        core.compile_model(graph.model, "CPU", ov::hint::inference_precision(ov::element::f32)).create_infer_request();
  } catch (const std::exception& error) {
    return Failed(error);
  }
  return calibrator;
}

absl::Status RangeCalibrator::Add(const TokenIds& text) {
  try {
    request_.set_tensor("input_ids", RowOf(text));
    request_.set_tensor("attention_mask", RowOf(TokenIds(text.size(), 1)));
    if (has_token_types_) request_.set_tensor("token_type_ids", RowOf(TokenIds(text.size(), 0)));
    request_.infer();
    for (size_t i = 0; i < values_.size(); ++i) {
      const ov::Tensor tensor = request_.get_output_tensor(first_output_ + i);
      const auto numbers = absl::MakeConstSpan(tensor.data<float>(), tensor.get_size());
      const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
      values_[i].lows.push_back(std::min(0.0F, *low));
      values_[i].highs.push_back(std::max(0.0F, *high));
    }
    return absl::OkStatus();
  } catch (const std::exception& error) {
    return Failed(error);
  }
}

ActivationRanges RangeCalibrator::Ranges() const {
  ActivationRanges ranges;
  for (const Extremes& value : values_) ranges[value.name] = {LowOf(value.lows), HighOf(value.highs)};
  return ranges;
}

}  // namespace bedside
