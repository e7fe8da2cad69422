// An encoder's products in int8 are near what they were, and only those whose input has a range change.
#include "index/embedding/quantisation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "index/embedding/encoder_graph.h"
#include "index/embedding/range_calibrator.h"
#include "openvino/opsets/opset13.hpp"
#include "tests/fakes/status_matchers.h"
#include "tests/index/embedding/int8_cpu.h"

namespace bedside {
namespace {

namespace op = ov::opset13;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Pair;

constexpr int64_t kTokens = 64, kFloats = 32;
constexpr size_t kOutlier = 3;

// Numbers between -1 and 1 that look like chance.
float Noise(int64_t i) { return static_cast<float>(i * 7919 % 1009) / 504.5F - 1; }

// ids as floats, a sum "first" that feeds two products, and "second", the sum of them, that feeds one. In "first" the
// fourth channel reaches `reach` times as far as the others.
EncoderGraph Encoder(float reach = 1) {
  const auto ids = std::make_shared<op::Parameter>(ov::element::i64, ov::PartialShape{-1, -1});
  const auto mask = std::make_shared<op::Parameter>(ov::element::i64, ov::PartialShape{-1, -1});
  ids->output(0).set_names({"input_ids"});
  mask->output(0).set_names({"attention_mask"});
  std::vector<float> table(kTokens * kFloats), weights(kFloats * kFloats);
  for (size_t i = 0; i < table.size(); ++i) table[i] = Noise(static_cast<int64_t>(i));
  for (size_t i = kOutlier; i < table.size(); i += kFloats) table[i] *= reach;
  for (size_t i = 0; i < weights.size(); ++i) weights[i] = Noise(static_cast<int64_t>(i) + 500);
  const auto matrix = [&] { return op::Constant::create(ov::element::f32, {kFloats, kFloats}, weights); };
  const auto first = std::make_shared<op::Gather>(op::Constant::create(ov::element::f32, {kTokens, kFloats}, table),
                                                  ids, op::Constant::create(ov::element::i64, {}, {0}));
  const auto second = std::make_shared<op::Add>(std::make_shared<op::MatMul>(first, matrix()),
                                                std::make_shared<op::MatMul>(first, matrix()));
  first->set_friendly_name("first");
  second->set_friendly_name("second");
  const auto last = std::make_shared<op::MatMul>(second, matrix());
  EncoderGraph graph;
  graph.model = std::make_shared<ov::Model>(ov::OutputVector{last}, ov::ParameterVector{ids, mask});
  graph.dimension = kFloats;
  return graph;
}

TokenIds AllTokens() {
  TokenIds ids;
  for (int64_t i = 0; i < kTokens; ++i) ids.push_back(i);
  return ids;
}

std::vector<float> VectorsOf(const EncoderGraph& graph) {
  ov::Core core;
  ov::InferRequest request =
      core.compile_model(graph.model, "CPU", ov::hint::inference_precision(ov::element::f32)).create_infer_request();
  TokenIds ids = AllTokens();
  request.set_tensor("input_ids", ov::Tensor(ov::element::i64, {1, ids.size()}, ids.data()));
  TokenIds mask(ids.size(), 1);
  request.set_tensor("attention_mask", ov::Tensor(ov::element::i64, {1, mask.size()}, mask.data()));
  request.infer();
  const ov::Tensor output = request.get_output_tensor(0);
  return std::vector<float>(output.data<float>(), output.data<float>() + output.get_size());
}

ActivationRanges Measured(float reach = 1) {
  ov::Core core;
  const auto calibrator = *RangeCalibrator::Create(core, Encoder(reach));
  EXPECT_THAT(calibrator->Add(AllTokens()), IsOk());
  return calibrator->Ranges();
}

// Root mean square of the difference, as a part of that of `wanted`.
double ErrorOf(const std::vector<float>& got, const std::vector<float>& wanted) {
  double error = 0, all = 0;
  for (size_t i = 0; i < wanted.size(); ++i) {
    error += std::pow(got[i] - wanted[i], 2);
    all += std::pow(wanted[i], 2);
  }
  return std::sqrt(error / all);
}

TEST(QuantisationTest, FindsTheProductsByWhatTheyRead) {
  const EncoderGraph graph = Encoder();
  const auto products = WeightProductsByInput(*graph.model);
  ASSERT_THAT(products, ElementsAre(Key("first"), Key("second")));
  EXPECT_EQ(products.at("first").size(), 2u);
  EXPECT_EQ(products.at("second").size(), 1u);
}

TEST(QuantisationTest, MeasuresTheRangeOfEveryInput) {
  const ActivationRanges ranges = Measured();
  ASSERT_THAT(ranges, ElementsAre(Key("first"), Key("second")));
  EXPECT_NEAR(ranges.at("first").low, -1, 0.01);
  EXPECT_NEAR(ranges.at("first").high, 1, 0.01);
}

TEST(QuantisationTest, IsNearTheExactProductsButNotThem) {
  SKIP_WITHOUT_INT8();
  const std::vector<float> exact = VectorsOf(Encoder());
  const EncoderGraph graph = Encoder();
  EXPECT_EQ(Quantise(*graph.model, Measured()), 3u);
  const double error = ErrorOf(VectorsOf(graph), exact);
  EXPECT_LT(error, 0.03);
  EXPECT_GT(error, 1e-5);
}

TEST(QuantisationTest, AChannelThatReachesFurtherIsScaledToAboutTwiceTheMiddleOne) {
  EXPECT_THAT(Measured().at("first").scales, IsEmpty());
  const ActivationRanges ranges = Measured(32);
  EXPECT_THAT(ranges.at("first").scales, ElementsAre(Pair(kOutlier, 16)));
  EXPECT_NEAR(ranges.at("first").low, -2, 0.1);
  EXPECT_NEAR(ranges.at("first").high, 2, 0.1);
}

TEST(QuantisationTest, AnOutlierThatIsScaledDoesNotCostTheOthersTheirResolution) {
  SKIP_WITHOUT_INT8();
  const EncoderGraph scaled = Encoder(32), unscaled = Encoder(32);
  ActivationRanges ranges = Measured(32);
  Quantise(*scaled.model, ranges);
  ranges["first"] = {-32, 32};
  ranges["second"].scales.clear();
  Quantise(*unscaled.model, ranges);
  const std::vector<float> exact = VectorsOf(Encoder(32));
  EXPECT_LT(ErrorOf(VectorsOf(scaled), exact), ErrorOf(VectorsOf(unscaled), exact) / 2);
}

TEST(QuantisationTest, AScaleOfAChannelThatIsNotThereChangesNothing) {
  const EncoderGraph graph = Encoder(), same = Encoder();
  ActivationRanges ranges = Measured();
  Quantise(*graph.model, ranges);
  ranges["first"].scales[kFloats] = 4;
  Quantise(*same.model, ranges);
  EXPECT_EQ(VectorsOf(same), VectorsOf(graph));
}

TEST(QuantisationTest, TheSameRangesGiveTheSameVectors) {
  const EncoderGraph a = Encoder(), b = Encoder();
  Quantise(*a.model, Measured());
  Quantise(*b.model, Measured());
  EXPECT_EQ(VectorsOf(a), VectorsOf(b));
}

TEST(QuantisationTest, AnInputWithoutARangeStaysExact) {
  const EncoderGraph graph = Encoder();
  EXPECT_EQ(Quantise(*graph.model, {{"third", {-1, 1}}}), 0u);
  EXPECT_EQ(VectorsOf(graph), VectorsOf(Encoder()));
}

TEST(QuantisationTest, WhatLiesOutsideARangeIsTakenForItsEnd) {
  ActivationRanges narrow = Measured();
  narrow["first"] = {-0.1F, 0.1F};
  const EncoderGraph graph = Encoder();
  Quantise(*graph.model, narrow);
  EXPECT_GT(ErrorOf(VectorsOf(graph), VectorsOf(Encoder())), 0.3);
}

TEST(QuantisationTest, TheFirstTokenOfAQuantisedEncoderIsWhatItWas) {
  const EncoderGraph all = Encoder(), first = Encoder();
  Quantise(*all.model, Measured());
  Quantise(*first.model, Measured());
  KeepFirstToken(*first.model);
  std::vector<float> wanted = VectorsOf(all);
  wanted.resize(kFloats);
  EXPECT_EQ(VectorsOf(first), wanted);
}

}  // namespace
}  // namespace bedside
