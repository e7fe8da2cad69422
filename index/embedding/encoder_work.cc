#include "index/embedding/encoder_work.h"

#include <exception>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/model_folder.h"
#include "index/status/status_macros.h"
#include "openvino/opsets/opset13.hpp"

namespace bedside {
namespace {

namespace op = ov::opset13;

bool IsOneToken(const ov::PartialShape& shape) {
  return shape.rank().is_static() && shape.size() == 3 && shape[1] == 1;
}

}  // namespace

absl::StatusOr<EncoderWork> EncoderWork::Read(const std::string& folder) try {
  ov::Core core;
  ASSIGN_OR_RETURN(const EncoderGraph graph, ReadEncoderGraph(core, ModelFileIn(folder)));
  KeepFirstToken(*graph.model);
  EncoderWork work;
  work.dimension_ = static_cast<double>(graph.dimension);
  for (const auto& node : graph.model->get_ordered_ops()) {
    if (!ov::is_type<op::MatMul>(node)) continue;
    if (!ov::is_type<op::Constant>(node->get_input_node_ptr(1))) {
      ++work.attention_products_;
    } else {
      const double weights = static_cast<double>(ov::shape_size(node->get_input_shape(1)));
      (IsOneToken(node->get_output_partial_shape(0)) ? work.weights_once_ : work.weights_for_each_token_) += weights;
    }
  }
  return work;
} catch (const std::exception& error) {
  return absl::InternalError(absl::StrCat("the encoder cannot be read: ", error.what()));
}

double EncoderWork::OperationsOf(size_t tokens) const {
  const double count = static_cast<double>(tokens);
  return 2 * (weights_for_each_token_ * count + weights_once_) + attention_products_ * 2 * count * count * dimension_;
}

}  // namespace bedside
