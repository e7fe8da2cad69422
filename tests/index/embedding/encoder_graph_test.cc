// What KeepFirstToken takes out of a graph, and that the vector of the first token stays what it was.
#include "index/embedding/encoder_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "openvino/opsets/opset13.hpp"

namespace bedside {
namespace {

namespace op = ov::opset13;
using ::testing::ElementsAre;
using Node = std::shared_ptr<ov::Node>;

Node Weights(const ov::Shape& shape) { return op::Constant::create(ov::element::f32, shape, {0.5F}); }

// Graphs over one input [1, tokens, 2].
class KeepFirstTokenTest : public testing::Test {
 protected:
  static constexpr size_t kTokens = 3;

  // The output of the model that ends in `last`, for the tokens (1, 2), (3, 4), (5, 6).
  std::vector<float> OutputOf(const Node& last, bool first_only) {
    ov::Core core;
    auto model = std::make_shared<ov::Model>(ov::OutputVector{last}, ov::ParameterVector{input_});
    if (first_only) KeepFirstToken(*model);
    ov::InferRequest request =
        core.compile_model(model, "CPU", ov::hint::inference_precision(ov::element::f32)).create_infer_request();
    std::vector<float> values = {1, 2, 3, 4, 5, 6};
    request.set_input_tensor(ov::Tensor(ov::element::f32, {1, kTokens, 2}, values.data()));
    request.infer();
    const ov::Tensor output = request.get_output_tensor();
    return std::vector<float>(output.data<float>(), output.data<float>() + output.get_size());
  }

  // The first token is what it was, and the operation `whose` sees `wanted` tokens of it.
  void ExpectSameFirstToken(const Node& last, const Node& whose, int64_t wanted) {
    const std::vector<float> all = OutputOf(last, false);
    const std::vector<float> first = OutputOf(last, true);
    ASSERT_EQ(first.size() * kTokens, all.size());
    EXPECT_EQ(first, std::vector<float>(all.begin(), all.begin() + static_cast<int64_t>(first.size())));
    EXPECT_EQ(whose->get_output_partial_shape(0)[1], ov::Dimension(wanted));
  }

  const std::shared_ptr<op::Parameter> input_ =
      std::make_shared<op::Parameter>(ov::element::f32, ov::PartialShape{-1, -1, 2});
};

TEST_F(KeepFirstTokenTest, CutsBeforeWhatEachTokenDoesByItself) {
  const Node sum = std::make_shared<op::Add>(input_, Weights({2}));
  const Node product = std::make_shared<op::MatMul>(sum, Weights({2, 4}));
  const Node last = std::make_shared<op::Erf>(product);
  ExpectSameFirstToken(last, sum, 1);
}

TEST_F(KeepFirstTokenTest, CutsTheNormOfALayer) {
  const auto axes = op::Constant::create(ov::element::i64, {1}, {-1});
  const Node mean = std::make_shared<op::ReduceMean>(input_, axes, true);
  const Node last = std::make_shared<op::Subtract>(input_, mean);
  ExpectSameFirstToken(last, mean, 1);
}

TEST_F(KeepFirstTokenTest, WhatMixesTokensSeesThemAll) {
  const Node inner = std::make_shared<op::Multiply>(input_, Weights({1, 1, 2}));
  const Node mixed = std::make_shared<op::Softmax>(inner, 1);
  const Node last = std::make_shared<op::Add>(mixed, Weights({2}));
  ExpectSameFirstToken(last, inner, -1);
}

// The residual of a layer, whose keys and values need every token.
TEST_F(KeepFirstTokenTest, WhatMoreThanTheLastTokenReadsIsCutBehindIt) {
  const Node shared = std::make_shared<op::Add>(input_, Weights({2}));
  const Node mixed = std::make_shared<op::Softmax>(shared, 1);
  const Node last = std::make_shared<op::Add>(shared, mixed);
  ExpectSameFirstToken(last, shared, -1);
  EXPECT_EQ(last->get_output_partial_shape(0)[1], ov::Dimension(1));
}

TEST_F(KeepFirstTokenTest, AMeanOverTokensIsNotTokenWise) {
  const auto axes = op::Constant::create(ov::element::i64, {1}, {1});
  const Node inner = std::make_shared<op::Add>(input_, Weights({2}));
  const Node mean = std::make_shared<op::ReduceMean>(inner, axes, true);
  const Node last = std::make_shared<op::Subtract>(inner, mean);
  ExpectSameFirstToken(last, inner, -1);
}

// A position's own number must not be that of the first.
TEST_F(KeepFirstTokenTest, AConstantForEachPositionIsNotShared) {
  std::vector<float> positions = {1, 1, 2, 2, 3, 3};
  const auto constant = op::Constant::create(ov::element::f32, {1, kTokens, 2}, positions);
  const Node sum = std::make_shared<op::Add>(input_, constant);
  const Node last = std::make_shared<op::Erf>(sum);
  EXPECT_EQ(OutputOf(last, true).size(), 2u);
}

TEST_F(KeepFirstTokenTest, TheInputItselfIsCut) { EXPECT_THAT(OutputOf(input_, true), ElementsAre(1, 2)); }

// A layer whose keys and values need every token that its residual reads too.
TEST_F(KeepFirstTokenTest, TheTokenOutputIsWhatTheLastLayerReads) {
  const Node states = std::make_shared<op::Add>(input_, Weights({2}));
  const Node mixed = std::make_shared<op::Softmax>(states, 1);
  const Node last = std::make_shared<op::Add>(states, mixed);
  EncoderGraph graph;
  graph.model = std::make_shared<ov::Model>(ov::OutputVector{last}, ov::ParameterVector{input_});
  graph.dimension = 2;
  AddTokenOutput(graph);
  KeepFirstToken(*graph.model);
  EXPECT_EQ(graph.model->output(0).get_partial_shape()[1], ov::Dimension(1));
  EXPECT_EQ(graph.model->output(1).get_partial_shape()[1], ov::Dimension(-1));
  EXPECT_EQ(graph.model->get_results()[1]->input_value(0).get_node(), states.get());
}

TEST_F(KeepFirstTokenTest, WithoutALastLayerTheTokenOutputIsTheFirst) {
  const Node last = std::make_shared<op::Add>(input_, Weights({2}));
  EncoderGraph graph;
  graph.model = std::make_shared<ov::Model>(ov::OutputVector{last}, ov::ParameterVector{input_});
  graph.dimension = 2;
  AddTokenOutput(graph);
  KeepFirstToken(*graph.model);
  EXPECT_EQ(graph.model->output(0).get_partial_shape()[1], ov::Dimension(1));
  EXPECT_EQ(graph.model->get_results()[1]->input_value(0).get_node(), last.get());
}

}  // namespace
}  // namespace bedside
