// What tools/adapter writes is what a server reads: the same changes, for the same model, and no half of a file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/embedding/encoder_adapter.h"
#include "index/hash/sha256.h"
#include "openvino/opsets/opset13.hpp"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Constant = ov::opset13::Constant;

constexpr char kModel[] = "the bytes of a model";

// Norms of `layers` layers of this width, weights 1 and biases 0.
std::shared_ptr<ov::Model> Norms(size_t layers, size_t width) {
  const auto input = std::make_shared<ov::opset13::Parameter>(ov::element::f32, ov::Shape{1, width});
  std::shared_ptr<ov::Node> x = input;
  for (size_t i = 0; i < layers; ++i) {
    const std::string name = absl::StrCat("encoder.layer.", i, ".output.LayerNorm.");
    const auto weight = std::make_shared<Constant>(ov::element::f32, ov::Shape{width}, std::vector<float>(width, 1));
    const auto bias = std::make_shared<Constant>(ov::element::f32, ov::Shape{width}, std::vector<float>(width, 0));
    weight->set_friendly_name(name + "weight");
    bias->set_friendly_name(name + "bias");
    x = std::make_shared<ov::opset13::Add>(std::make_shared<ov::opset13::Multiply>(x, weight), bias);
  }
  return std::make_shared<ov::Model>(ov::OutputVector{x->output(0)}, ov::ParameterVector{input});
}

std::vector<float> ValuesOf(const ov::Model& model, const std::string& name) {
  for (const auto& node : model.get_ops()) {
    const auto constant = ov::as_type_ptr<Constant>(node);
    if (constant != nullptr && node->get_friendly_name() == name) return constant->cast_vector<float>();
  }
  return {};
}

class AdapterFileTest : public testing::Test {
 protected:
  AdapterFileTest() {
    WriteFile(folder_, "model.onnx", kModel);
    EXPECT_THAT(
        RunProgram({"/usr/bin/python3", "tests/tools/adapter/write_adapter.py", folder_, path_}, folder_ + "/log"),
        IsOk());
  }

  absl::Status AddTo(ov::Model& model) const {
    const auto adapter = EncoderAdapter::Load(path_);
    return adapter.ok() ? adapter->AddTo(model) : adapter.status();
  }

  const std::string folder_ = TempFolder();
  const std::string path_ = folder_ + "/model.adapter";
};

TEST_F(AdapterFileTest, BelongsToTheModelInTheFolder) {
  const auto adapter = EncoderAdapter::Load(path_);
  ASSERT_THAT(adapter, IsOk());
  EXPECT_EQ(adapter->model_digest(), Sha256Hex(kModel));
}

TEST_F(AdapterFileTest, WhatIsAddedIsWhatWasLearnedToHalfPrecision) {
  const auto model = Norms(2, 2);
  ASSERT_THAT(AddTo(*model), IsOk());
  EXPECT_THAT(ValuesOf(*model, "encoder.layer.0.output.LayerNorm.weight"), ElementsAre(1.5F, 0.75F));
  EXPECT_THAT(ValuesOf(*model, "encoder.layer.1.output.LayerNorm.weight"), ElementsAre(2, 3));
  EXPECT_THAT(ValuesOf(*model, "encoder.layer.0.output.LayerNorm.bias"), ElementsAre(0.0999755859375F, 0));
  EXPECT_THAT(ValuesOf(*model, "encoder.layer.1.output.LayerNorm.bias"), ElementsAre(-8, 1024));
}

TEST_F(AdapterFileTest, AModelOfAnotherWidthOrWithFewerLayersIsRefused) {
  EXPECT_THAT(AddTo(*Norms(2, 3)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("has 4 bytes, and the model 3 values")));
  EXPECT_THAT(AddTo(*Norms(1, 2)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("encoder.layer.1.output.LayerNorm.bias: the model "
                                                                     "has no vector")));
}

TEST_F(AdapterFileTest, AFileThatIsCutShortIsRefused) {
  const std::string bytes = *ReadTextFile(path_);
  for (size_t size : {bytes.size() - 1, bytes.size() / 2, size_t{1}}) {
    WriteFile(folder_, "model.adapter", bytes.substr(0, size));
    EXPECT_THAT(EncoderAdapter::Load(path_), StatusIs(absl::StatusCode::kInvalidArgument,
                                                      AllOf(HasSubstr(path_), HasSubstr("not an EncoderAdapter"))));
  }
}

}  // namespace
}  // namespace bedside
