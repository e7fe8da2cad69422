#include "index/embedding/range_calibrator.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "index/embedding/quantisation.h"

namespace bedside {
namespace {

constexpr double kTextsWithin = 0.9;

// A channel may reach this many times as far as the middle one.
constexpr float kReach = 2;

absl::Status Failed(const std::exception& error) {
  return absl::InternalError(absl::StrCat("the embedding model failed: ", error.what()));
}

// The value that `share` of the sample do not exceed.
float Quantile(std::vector<float> sample, double share) {
  const auto place = sample.begin() + static_cast<int64_t>(share * static_cast<double>(sample.size() - 1));
  std::nth_element(sample.begin(), place, sample.end());
  return *place;
}

// A power of two next to what brings `reach` to `wanted`; from 1 to kMaxActivationScale.
float ScaleFor(float reach, float wanted) {
  if (wanted <= 0 || reach <= wanted) return 1;
  return std::min(kMaxActivationScale, std::exp2(std::round(std::log2(reach / wanted))));
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
      calibrator->values_.push_back({name, products.front()->get_input_shape(1)[0], {}, {}});
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
      values_[i].Add(request_.get_output_tensor(first_output_ + i));
    }
    return absl::OkStatus();
  } catch (const std::exception& error) {
    return Failed(error);
  }
}

void RangeCalibrator::Extremes::Add(const ov::Tensor& tensor) {
  const float* value = tensor.data<float>();
  std::vector<float> low(channels, 0), high(channels, 0);
  for (size_t i = 0; i < tensor.get_size(); ++i) {
    low[i % channels] = std::min(low[i % channels], value[i]);
    high[i % channels] = std::max(high[i % channels], value[i]);
  }
  lows.push_back(std::move(low));
  highs.push_back(std::move(high));
}

// Nine of ten texts stay within it.
float RangeCalibrator::Extremes::ReachOf(size_t channel) const {
  std::vector<float> sample(lows.size());
  for (size_t text = 0; text < sample.size(); ++text)
    sample[text] = std::max(-lows[text][channel], highs[text][channel]);
  return Quantile(std::move(sample), kTextsWithin);
}

std::map<size_t, float> RangeCalibrator::Extremes::Scales() const {
  std::vector<float> reaches(channels);
  for (size_t channel = 0; channel < channels; ++channel) reaches[channel] = ReachOf(channel);
  const float wanted = kReach * Quantile(reaches, 0.5);
  std::map<size_t, float> scales;
  for (size_t channel = 0; channel < channels; ++channel) {
    if (const float scale = ScaleFor(reaches[channel], wanted); scale > 1) scales[channel] = scale;
  }
  return scales;
}

ActivationRange RangeCalibrator::Extremes::Range() const {
  ActivationRange range = {0, 0, Scales()};
  std::vector<float> factors(channels, 1), below, above;
  for (const auto& [channel, scale] : range.scales) factors[channel] = 1 / scale;
  for (size_t text = 0; text < lows.size(); ++text) {
    float low = 0, high = 0;
    for (size_t channel = 0; channel < channels; ++channel) {
      low = std::min(low, lows[text][channel] * factors[channel]);
      high = std::max(high, highs[text][channel] * factors[channel]);
    }
    below.push_back(-low);
    above.push_back(high);
  }
  range.low = -Quantile(std::move(below), kTextsWithin);
  range.high = Quantile(std::move(above), kTextsWithin);
  return range;
}

ActivationRanges RangeCalibrator::Ranges() const {
  ActivationRanges ranges;
  for (const Extremes& value : values_) ranges[value.name] = value.Range();
  return ranges;
}

}  // namespace bedside
