#include "index/embedding/quantisation.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "openvino/opsets/opset13.hpp"

namespace bedside {
namespace {

namespace op = ov::opset13;

constexpr size_t kInputLevels = 256;
// Without the lowest, so that weights have no zero point.
constexpr size_t kWeightLevels = 255;
constexpr float kHighestWeight = 127;
// A column without weights.
constexpr float kLeastScale = 1e-9F;

bool IsWeightProduct(const ov::Node& node) {
  const auto* product = ov::as_type<const op::MatMul>(&node);
  if (product == nullptr || product->get_transpose_a() || product->get_transpose_b()) return false;
  return ov::is_type<op::Constant>(node.get_input_node_ptr(1)) && node.get_input_shape(1).size() == 2 &&
         node.get_input_element_type(1) == ov::element::f32;
}

std::shared_ptr<ov::Node> Scalar(float value) { return op::Constant::create(ov::element::f32, {}, {value}); }

// The scale of each of `size` channels; empty where none has one.
std::vector<float> ScalesOf(const ActivationRange& range, size_t size) {
  if (range.scales.empty()) return {};
  std::vector<float> scales(size, 1);
  for (const auto& [channel, scale] : range.scales) {
    if (channel < size) scales[channel] = scale;
  }
  return scales;
}

// Divided by `scales`, which are powers of two, so that nothing is lost.
ov::Output<ov::Node> Scaled(const ov::Output<ov::Node>& input, std::vector<float> scales) {
  if (scales.empty()) return input;
  for (float& scale : scales) scale = 1 / scale;
  const auto factors = op::Constant::create(ov::element::f32, {1, 1, scales.size()}, scales);
  return std::make_shared<op::Multiply>(input, factors)->output(0);
}

// The weights that make up for Scaled.
std::shared_ptr<op::Constant> MadeUpFor(std::shared_ptr<op::Constant> weights, const std::vector<float>& scales) {
  if (scales.empty()) return weights;
  std::vector<float> values = weights->cast_vector<float>();
  const size_t columns = weights->get_shape()[1];
  for (size_t i = 0; i < values.size(); ++i) values[i] *= scales[i / columns];
  return op::Constant::create(ov::element::f32, weights->get_shape(), values);
}

// Signed around 0 where both signs matter; otherwise, as behind GELU, unsigned with a zero point, for twice the
// resolution. 0 itself is always one of the levels.
ov::Output<ov::Node> QuantisedInput(const ov::Output<ov::Node>& input, const ActivationRange& range) {
  const bool is_one_sided = -range.low < range.high / 8;
  const float step = is_one_sided ? (range.high - range.low) / 255 : std::max(range.high, -range.low) / kHighestWeight;
  const float zero = is_one_sided ? std::round(-range.low / step) : 128.0F;
  const auto low = Scalar(-zero * step), high = Scalar((255 - zero) * step);
  return std::make_shared<op::FakeQuantize>(input, low, high, low, high, kInputLevels)->output(0);
}

// The largest absolute weight of each column.
std::vector<float> LargestOf(const op::Constant& weights) {
  const size_t columns = weights.get_shape()[1];
  const float* value = weights.get_data_ptr<float>();
  std::vector<float> scales(columns, kLeastScale);
  for (size_t i = 0; i < ov::shape_size(weights.get_shape()); ++i) {
    scales[i % columns] = std::max(scales[i % columns], std::abs(value[i]));
  }
  return scales;
}

ov::Output<ov::Node> QuantisedWeights(const std::shared_ptr<op::Constant>& weights) {
  std::vector<float> scales = LargestOf(*weights);
  const auto high = op::Constant::create(ov::element::f32, {1, scales.size()}, scales);
  for (float& scale : scales) scale = -scale;
  const auto low = op::Constant::create(ov::element::f32, {1, scales.size()}, scales);
  return std::make_shared<op::FakeQuantize>(weights, low, high, low, high, kWeightLevels)->output(0);
}

}  // namespace

std::map<std::string, std::vector<std::shared_ptr<ov::Node>>> WeightProductsByInput(const ov::Model& model) {
  std::map<std::string, std::vector<std::shared_ptr<ov::Node>>> products;
  for (const auto& node : model.get_ordered_ops()) {
    if (IsWeightProduct(*node)) products[node->get_input_node_ptr(0)->get_friendly_name()].push_back(node);
  }
  return products;
}

size_t Quantise(ov::Model& model, const ActivationRanges& ranges) {
  size_t quantised = 0;
  for (const auto& [name, products] : WeightProductsByInput(model)) {
    const auto range = ranges.find(name);
    if (range == ranges.end()) continue;
    const std::vector<float> scales = ScalesOf(range->second, products.front()->get_input_shape(1)[0]);
    const auto input = QuantisedInput(Scaled(products.front()->input_value(0), scales), range->second);
    for (const auto& product : products) {
      const auto weights = ov::as_type_ptr<op::Constant>(product->get_input_node_shared_ptr(1));
      product->input(0).replace_source_output(input);
      product->input(1).replace_source_output(QuantisedWeights(MadeUpFor(weights, scales)));
      ++quantised;
    }
  }
  model.validate_nodes_and_infer_types();
  return quantised;
}

}  // namespace bedside
