#include "index/embedding/encoder_graph.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <map>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/interaction/question_tokens.h"
#include "index/status/status_macros.h"
#include "openvino/opsets/opset13.hpp"

namespace bedside {
namespace {

namespace op = ov::opset13;

constexpr int64_t kTokenAxis = 1;
constexpr int64_t kFloatAxis = 2;

absl::StatusOr<std::shared_ptr<ov::Model>> ReadModel(ov::Core& core, const std::string& path) {
  try {
    return core.read_model(path);
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": wanted an ONNX model, OpenVINO cannot read it: ", error.what(), "; export it to ONNX again"));
  }
}

bool HasInput(const ov::Model& model, const std::string& name) {
  const auto inputs = model.inputs();
  return std::any_of(inputs.begin(), inputs.end(),
                     [&](const auto& input) { return input.get_names().count(name) > 0; });
}

// What the first output of a model must be.
struct WantedOutput {
  int64_t axes;
  // Of the last axis, which is the dimension.
  int64_t most;
  const char* shape;
  const char* advice;
};

static_assert(QuestionTokens::kMostDimension == 4352, "what kEncoderOutput says");
constexpr WantedOutput kEncoderOutput = {3, QuestionTokens::kMostDimension,
                                         "[texts, tokens, floats] of at most 4352 floats",
                                         "use a model of the BERT family"};
constexpr WantedOutput kClassifierOutput = {
    2, 2, "[texts, 1] or [texts, 2]", "export a sequence classifier of the BERT family that has one label or two"};

bool Fits(const ov::PartialShape& shape, const WantedOutput& wanted) {
  if (shape.rank() != wanted.axes) return false;
  const ov::Dimension& last = shape[static_cast<size_t>(wanted.axes) - 1];
  return last.is_static() && last.get_length() > 0 && last.get_length() <= wanted.most;
}

// The last axis of the first output.
absl::StatusOr<size_t> CheckModel(const ov::Model& model, const WantedOutput& wanted, const std::string& path) {
  const size_t known = HasInput(model, "input_ids") + HasInput(model, "attention_mask");
  const size_t inputs = known + HasInput(model, "token_type_ids");
  const ov::PartialShape shape = model.outputs().empty() ? ov::PartialShape() : model.output(0).get_partial_shape();
  if (known == 2 && inputs == model.inputs().size() && Fits(shape, wanted)) {
    return static_cast<size_t>(shape[static_cast<size_t>(wanted.axes) - 1].get_length());
  }
  return absl::InvalidArgumentError(absl::StrCat(
      path, ": wanted the inputs input_ids, attention_mask and perhaps token_type_ids and an output ", wanted.shape,
      ", got ", model.inputs().size(), " inputs and an output of shape ", shape.to_string(), "; ", wanted.advice));
}

absl::StatusOr<EncoderGraph> ReadGraph(ov::Core& core, const std::string& path, const WantedOutput& output) {
  EncoderGraph graph;
  ASSIGN_OR_RETURN(graph.model, ReadModel(core, path));
  ASSIGN_OR_RETURN(graph.dimension, CheckModel(*graph.model, output, path));
  graph.has_token_types = HasInput(*graph.model, "token_type_ids");
  return graph;
}

// Quantised constants are.
bool IsConstant(const ov::Output<ov::Node>& value) {
  const ov::Node* node = value.get_node();
  return ov::is_type<op::Constant>(ov::is_type<op::FakeQuantize>(node) ? node->get_input_node_ptr(0) : node);
}

bool HasTokens(const ov::PartialShape& shape) { return shape.rank().is_static() && shape.size() == 3; }

// A constant that every token shares.
bool IsShared(const ov::Output<ov::Node>& value) {
  if (!IsConstant(value)) return false;
  const ov::Shape& shape = value.get_shape();
  return shape.size() < 2 || shape[shape.size() - 2] == 1;
}

bool IsElementwise(const ov::Node& node) {
  return ov::is_type<ov::op::util::BinaryElementwiseArithmetic>(&node) ||
         ov::is_type<ov::op::util::UnaryElementwiseArithmetic>(&node) || ov::is_type<op::FakeQuantize>(&node);
}

bool IsMeanOfFloats(const ov::Node& node) {
  const auto* mean = ov::as_type<const op::ReduceMean>(&node);
  if (mean == nullptr || !mean->get_keep_dims() || !mean->reduction_axes_constant()) return false;
  return mean->get_reduction_axes() == ov::AxisSet{static_cast<size_t>(kFloatAxis)};
}

bool IsProductWithWeights(const ov::Node& node) {
  return ov::is_type<op::MatMul>(&node) && HasTokens(node.get_input_partial_shape(0)) &&
         IsConstant(node.input_value(1)) && node.input_value(1).get_shape().size() == 2;
}

// Whether each token of the output depends on nothing but that token of the inputs.
bool IsTokenWise(const ov::Node& node) {
  if (node.get_output_size() != 1 || !HasTokens(node.get_output_partial_shape(0))) return false;
  if (IsProductWithWeights(node)) return true;
  if (IsMeanOfFloats(node)) return HasTokens(node.get_input_partial_shape(0));
  if (!IsElementwise(node)) return false;
  const auto inputs = node.input_values();
  return std::all_of(inputs.begin(), inputs.end(), [](const auto& input) {
    return IsShared(input) || (HasTokens(input.get_partial_shape()) && !IsConstant(input));
  });
}

// Operations that are token-wise and that nothing but such operations, and the output, reads.
std::set<ov::Node*> NeedOnlyOneToken(ov::Model& model) {
  std::set<ov::Node*> found = {model.get_results().front().get()};
  const ov::NodeVector operations = model.get_ordered_ops();
  for (auto node = operations.rbegin(); node != operations.rend(); ++node) {
    const auto readers = (*node)->get_users();
    const bool is_last = !readers.empty() && std::all_of(readers.begin(), readers.end(), [&](const auto& reader) {
      return found.count(reader.get()) > 0;
    });
    if (is_last && IsTokenWise(**node)) found.insert(node->get());
  }
  return found;
}

// The first value that the last layer reads both for each token by itself and to mix tokens: what the layer before it
// made of all tokens. The first output where there is none.
ov::Output<ov::Node> StatesOfLastLayer(const EncoderGraph& graph) {
  const std::set<ov::Node*> last = NeedOnlyOneToken(*graph.model);
  for (const auto& node : graph.model->get_ordered_ops()) {
    if (last.count(node.get()) > 0 || IsConstant(node) || node->get_output_size() != 1) continue;
    const ov::PartialShape& shape = node->get_output_partial_shape(0);
    const auto readers = node->get_users();
    const auto of_last =
        std::count_if(readers.begin(), readers.end(), [&](const auto& reader) { return last.count(reader.get()) > 0; });
    const bool is_read_by_both = of_last > 0 && of_last < static_cast<std::ptrdiff_t>(readers.size());
    if (is_read_by_both && HasTokens(shape) && shape[2] == graph.dimension) return node->output(0);
  }
  return graph.model->get_results().front()->input_value(0);
}

ov::Output<ov::Node> FirstTokenOf(const ov::Output<ov::Node>& value) {
  const auto first = op::Constant::create(ov::element::i64, {1}, {0});
  const auto axis = op::Constant::create(ov::element::i64, {}, {kTokenAxis});
  return std::make_shared<op::Gather>(value, first, axis)->output(0);
}

}  // namespace

absl::StatusOr<EncoderGraph> ReadEncoderGraph(ov::Core& core, const std::string& path) {
  return ReadGraph(core, path, kEncoderOutput);
}

absl::StatusOr<EncoderGraph> ReadClassifierGraph(ov::Core& core, const std::string& path) {
  return ReadGraph(core, path, kClassifierOutput);
}

void AddTokenOutput(EncoderGraph& graph) {
  graph.model->add_results({std::make_shared<op::Result>(StatesOfLastLayer(graph))});
  graph.model->validate_nodes_and_infer_types();
}

void KeepFirstToken(ov::Model& model) {
  const std::set<ov::Node*> of_one_token = NeedOnlyOneToken(model);
  std::map<ov::Output<ov::Node>, ov::Output<ov::Node>> first_tokens;
  for (ov::Node* node : of_one_token) {
    for (ov::Input<ov::Node> input : node->inputs()) {
      const ov::Output<ov::Node> source = input.get_source_output();
      if (IsConstant(source) || of_one_token.count(source.get_node()) > 0) continue;
      auto cut = first_tokens.find(source);
      if (cut == first_tokens.end()) cut = first_tokens.emplace(source, FirstTokenOf(source)).first;
      input.replace_source_output(cut->second);
    }
  }
  model.validate_nodes_and_infer_types();
}

}  // namespace bedside
