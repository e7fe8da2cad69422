// Which graph questions have and which passages, by the adapters that a configuration names, and which are refused.
#include "index/embedding/encoder_graphs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "index/hash/file_sha256.h"
#include "openvino/opsets/opset13.hpp"
#include "proto/bedside/storage/encoder_adapter.pb.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kFolder[] = "external/bge_small_en";
constexpr char kBias[] = "encoder.layer.11.output.dense.bias";
constexpr char kPrefix[] = "for search: ";
constexpr size_t kDimension = 384;

// What is added to the first value of a bias: one half-precision number, little-endian.
constexpr absl::string_view kOne("\x00\x3c", 2), kTwo("\x00\x40", 2);

float FirstBiasOf(const EncoderGraph& graph) {
  for (const auto& node : graph.model->get_ops()) {
    const auto constant = ov::as_type_ptr<ov::opset13::Constant>(node);
    if (constant != nullptr && node->get_friendly_name() == kBias) return constant->cast_vector<float>()[0];
  }
  ADD_FAILURE() << "the model has no " << kBias;
  return 0;
}

class EncoderGraphsTest : public testing::Test {
 protected:
  EncoderGraphsTest() { config_.set_model_path(kFolder); }

  storage::EncoderAdapter AdapterThatAdds(absl::string_view first) const {
    storage::EncoderAdapter adapter;
    adapter.set_model_sha256(model_digest_);
    adapter.add_changes()->set_name(kBias);
    adapter.mutable_changes(0)->set_halves(absl::StrCat(first, std::string(2 * (kDimension - 1), '\0')));
    return adapter;
  }

  std::string Write(const std::string& name, const storage::EncoderAdapter& adapter) const {
    return WriteFile(folder_, name, adapter.SerializeAsString());
  }

  // Of passages an adapter that adds one, of questions one that adds two and has learned to do without kPrefix.
  void AdaptBoth() {
    config_.set_adapter_path(Write("both.adapter", AdapterThatAdds(kOne)));
    storage::EncoderAdapter of_questions = AdapterThatAdds(kTwo);
    of_questions.mutable_questions_of()->set_adapter_sha256(*FileSha256Hex(config_.adapter_path()));
    of_questions.mutable_questions_of()->set_query_prefix(kPrefix);
    config_.set_question_adapter_path(Write("questions.adapter", of_questions));
    config_.set_query_prefix(kPrefix);
  }

  absl::StatusOr<EncoderGraphs> Read() { return ReadEncoderGraphs(core_, model_digest_, config_); }

  void ExpectRefused(const std::string& words) {
    EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(words)));
  }

  ov::Core core_;
  const std::string folder_ = TempFolder();
  const std::string model_digest_ = *FileSha256Hex(absl::StrCat(kFolder, "/model.onnx"));
  config::EmbedderConfig config_;
};

TEST_F(EncoderGraphsTest, WithoutAQuestionAdapterQuestionsHaveTheGraphOfPassagesBehindTheirPrefix) {
  config_.set_query_prefix(kPrefix);
  const auto graphs = Read();
  ASSERT_THAT(graphs, IsOk());
  EXPECT_EQ(graphs->of_questions.model, graphs->of_passages.model);
  EXPECT_EQ(graphs->query_prefix, kPrefix);
  EXPECT_THAT(graphs->files, IsEmpty());
}

TEST_F(EncoderGraphsTest, AQuestionAdapterChangesTheGraphOfQuestionsAloneWhichWantNoPrefixThen) {
  const float bias = FirstBiasOf(Read()->of_passages);
  AdaptBoth();
  const auto graphs = Read();
  ASSERT_THAT(graphs, IsOk());
  EXPECT_FLOAT_EQ(FirstBiasOf(graphs->of_passages), bias + 1);
  EXPECT_FLOAT_EQ(FirstBiasOf(graphs->of_questions), bias + 2);
  EXPECT_THAT(graphs->query_prefix, IsEmpty());
}

TEST_F(EncoderGraphsTest, NoVectorOfAPassageDependsOnAQuestionAdapter) {
  AdaptBoth();
  const std::string with = Read()->files;
  config_.clear_question_adapter_path();
  EXPECT_EQ(Read()->files, with);
}

TEST_F(EncoderGraphsTest, AQuestionAdapterMayBeOfAModelWithoutAdapter) {
  storage::EncoderAdapter of_questions = AdapterThatAdds(kTwo);
  of_questions.mutable_questions_of()->set_query_prefix(kPrefix);
  config_.set_question_adapter_path(Write("questions.adapter", of_questions));
  config_.set_query_prefix(kPrefix);
  EXPECT_THAT(Read(), IsOk());
}

TEST_F(EncoderGraphsTest, AQuestionAdapterOfAnotherAdapterIsRefused) {
  AdaptBoth();
  Write("both.adapter", AdapterThatAdds(kTwo));
  ExpectRefused("questions.adapter: has learned the questions of the adapter of SHA-256");
}

TEST_F(EncoderGraphsTest, AQuestionAdapterOfAnotherPrefixIsRefused) {
  AdaptBoth();
  config_.set_query_prefix("query: ");
  ExpectRefused("questions.adapter: has learned questions behind \"for search: \", query_prefix is \"query: \"");
}

TEST_F(EncoderGraphsTest, AnAdapterInThePlaceOfTheOtherIsRefused) {
  AdaptBoth();
  const std::string adapter = config_.adapter_path(), question_adapter = config_.question_adapter_path();
  config_.set_question_adapter_path(adapter);
  ExpectRefused("both.adapter: is not for questions alone; name it as adapter_path");
  config_.set_adapter_path(question_adapter);
  ExpectRefused("questions.adapter: is for questions alone; name it as question_adapter_path");
}

TEST_F(EncoderGraphsTest, AQuestionAdapterThatIsMissingIsNamed) {
  config_.set_question_adapter_path("no/such.adapter");
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such.adapter: no such file")));
}

TEST_F(EncoderGraphsTest, Int8WantsRangesOfBothAdapters) {
  AdaptBoth();
  config_.set_precision(config::PRECISION_INT8);
  constexpr char kRanges[] = R"(", "ranges": {"/embeddings/LayerNorm/Add_1": [-3, 7]}})";
  const auto add_ranges_of = [&](const std::string& adapter) {
    std::ofstream(absl::StrCat(adapter, ".ranges.json"))
        << absl::StrCat(R"({"format": 1, "adapter": ")", *FileSha256Hex(adapter), kRanges);
  };
  add_ranges_of(config_.adapter_path());
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kNotFound,
                               AllOf(HasSubstr("questions.adapter.ranges.json"), HasSubstr("make it with"))));
  add_ranges_of(config_.question_adapter_path());
  EXPECT_THAT(Read(), IsOk());
}

}  // namespace
}  // namespace bedside
