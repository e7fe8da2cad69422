// What an adapter changes of a model of a few constants, and which it refuses to change.
#include "index/embedding/encoder_adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "openvino/opsets/opset13.hpp"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Halves, little-endian.
constexpr absl::string_view kZero("\x00\x00", 2), kOne("\x00\x3c", 2), kInfinite("\x00\x7c", 2), kNan("\x01\x7e", 2);

class EncoderAdapterTest : public testing::Test {
 protected:
  // bias + (input . weight) * epsilon
  EncoderAdapterTest() {
    using namespace ov::opset13;
    const auto input = std::make_shared<Parameter>(ov::element::f32, ov::Shape{1, 2});
    const auto product = std::make_shared<MatMul>(input, Named("weight", {2, 2}, {1, 0, 0, 1}));
    const auto scaled = std::make_shared<Multiply>(product, Named("epsilon", {}, {1}));
    const auto sum = std::make_shared<Add>(scaled, Named("bias", {2}, {10, 20}));
    model_ = std::make_shared<ov::Model>(ov::OutputVector{sum->output(0)}, ov::ParameterVector{input});
  }

  static std::shared_ptr<ov::Node> Named(const std::string& name, const ov::Shape& shape,
                                         const std::vector<float>& values) {
    const auto constant = std::make_shared<ov::opset13::Constant>(ov::element::f32, shape, values);
    constant->set_friendly_name(name);
    return constant;
  }

  void Change(const std::string& name, const std::string& halves) {
    storage::TensorChange& change = *adapter_.add_changes();
    change.set_name(name);
    change.set_halves(halves);
  }

  std::string File() const { return WriteFile(TempFolder(), "model.adapter", adapter_.SerializeAsString()); }

  absl::Status Apply() const { return EncoderAdapter::Load(File())->AddTo(*model_); }

  std::vector<float> ValuesOf(const std::string& name) const {
    for (const auto& node : model_->get_ops()) {
      const auto constant = ov::as_type_ptr<ov::opset13::Constant>(node);
      if (constant != nullptr && node->get_friendly_name() == name) return constant->cast_vector<float>();
    }
    return {};
  }

  void ExpectRefused(const std::string& part_of_message) {
    EXPECT_THAT(Apply(), StatusIs(absl::StatusCode::kInvalidArgument,
                                  AllOf(HasSubstr("model.adapter"), HasSubstr(part_of_message))));
  }

  std::shared_ptr<ov::Model> model_;
  storage::EncoderAdapter adapter_;
};

TEST_F(EncoderAdapterTest, ChangesAreAdded) {
  Change("bias", absl::StrCat(kZero, kOne));
  EXPECT_THAT(Apply(), IsOk());
  EXPECT_THAT(ValuesOf("bias"), ElementsAre(10, 21));
  EXPECT_THAT(ValuesOf("weight"), ElementsAre(1, 0, 0, 1));
}

TEST_F(EncoderAdapterTest, KnowsItsFileAndItsModel) {
  adapter_.set_model_sha256("abc");
  Change("bias", absl::StrCat(kZero, kOne));
  const auto adapter = EncoderAdapter::Load(File());
  EXPECT_EQ(adapter->digest(), Sha256Hex(adapter_.SerializeAsString()));
  EXPECT_EQ(adapter->model_digest(), "abc");
}

TEST_F(EncoderAdapterTest, IsLoadedForItsOwnModelAlone) {
  adapter_.set_model_sha256("abc");
  Change("bias", absl::StrCat(kZero, kOne));
  EXPECT_THAT(EncoderAdapter::LoadFor("abc", File()), IsOk());
  EXPECT_THAT(EncoderAdapter::LoadFor("abd", File()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("model.adapter"), HasSubstr("model.onnx of SHA-256 abc"))));
  EXPECT_THAT(EncoderAdapter::LoadFor("abc", "no/such.adapter"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such.adapter")));
}

TEST_F(EncoderAdapterTest, WeightsAndSingleNumbersAreNotForAnAdapter) {
  Change("weight", absl::StrCat(kOne, kOne, kOne, kOne));
  ExpectRefused("weight: the model has no vector of floats of this name");
  adapter_.clear_changes();
  Change("epsilon", std::string(kOne));
  ExpectRefused("epsilon: the model has no vector of floats of this name");
}

TEST_F(EncoderAdapterTest, AVectorIsChangedOnce) {
  Change("bias", absl::StrCat(kOne, kOne));
  Change("bias", absl::StrCat(kOne, kOne));
  ExpectRefused("bias: the model has no vector of floats of this name that is not changed already");
}

TEST_F(EncoderAdapterTest, NamesAndSizesMustBeThoseOfTheModel) {
  Change("other", std::string(kOne));
  ExpectRefused("other: the model has no vector");
  for (const std::string& halves : {std::string(), std::string(kOne), std::string(3, 'x'), std::string(6, 'x')}) {
    adapter_.clear_changes();
    Change("bias", halves);
    ExpectRefused(absl::StrCat("has ", halves.size(), " bytes, and the model 2 values"));
  }
}

TEST_F(EncoderAdapterTest, SumsMustBeFinite) {
  for (absl::string_view half : {kInfinite, kNan}) {
    adapter_.clear_changes();
    Change("bias", absl::StrCat(kZero, half));
    ExpectRefused("not all finite");
  }
}

TEST_F(EncoderAdapterTest, AFileWithoutChangesIsNone) {
  EXPECT_THAT(EncoderAdapter::Load(File()), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("got none")));
}

TEST_F(EncoderAdapterTest, AFileThatIsCutShortIsNone) {
  Change("bias", absl::StrCat(kZero, kOne));
  const std::string bytes = adapter_.SerializeAsString();
  const std::string path = WriteFile(TempFolder(), "model.adapter", bytes.substr(0, bytes.size() - 1));
  EXPECT_THAT(EncoderAdapter::Load(path),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr(path), HasSubstr("not an EncoderAdapter"))));
}

TEST_F(EncoderAdapterTest, AMissingFileIsNotFoundAndAFolderDataLoss) {
  EXPECT_THAT(EncoderAdapter::Load("no/such.adapter"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such.adapter: no such file; correct the path")));
  const std::string folder = TempFolder();
  std::filesystem::create_directories(folder);
  EXPECT_THAT(EncoderAdapter::Load(folder), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(folder)));
}

TEST_F(EncoderAdapterTest, OneThatHasLearnedNoQuestionsOfAnotherIsForAllTexts) {
  Change("bias", absl::StrCat(kZero, kOne));
  const auto adapter = EncoderAdapter::Load(File());
  EXPECT_THAT(adapter->CheckIsForAllTexts(), IsOk());
  EXPECT_THAT(adapter->CheckIsForQuestionsOf("", ""),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is not for questions alone")));
}

TEST_F(EncoderAdapterTest, OneThatHasIsForThoseQuestionsAlone) {
  Change("bias", absl::StrCat(kZero, kOne));
  adapter_.mutable_questions_of()->set_adapter_sha256("abc");
  adapter_.mutable_questions_of()->set_query_prefix("query: \n");
  const auto adapter = EncoderAdapter::Load(File());
  EXPECT_THAT(adapter->CheckIsForAllTexts(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is for questions alone")));
  EXPECT_THAT(adapter->CheckIsForQuestionsOf("abc", "query: \n"), IsOk());
  EXPECT_THAT(adapter->CheckIsForQuestionsOf("", "query: \n"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("SHA-256 abc, adapter_path names no adapter; make one for this")));
  EXPECT_THAT(
      adapter->CheckIsForQuestionsOf("abc", "query: "),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("behind \"query: \\n\", query_prefix is \"query: \"")));
}

}  // namespace
}  // namespace bedside
