// The folder of a model, and what OpenVinoEmbedder makes of it: encoders whose vectors are known, and folders that are
// broken.
#include "index/embedding/model_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/embedding/cpu_precision.h"
#include "index/embedding/openvino_embedder.h"
#include "index/hash/sha256.h"
#include "index/interaction/token_codes.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/embedding/int8_cpu.h"
#include "tests/index/embedding/onnx_encoder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::Pointwise;
using ::testing::UnorderedElementsAre;

constexpr char kTokenizer[] = R"({
  "normalizer": {"type": "BertNormalizer", "lowercase": true},
  "pre_tokenizer": {"type": "BertPreTokenizer"},
  "model": {"type": "WordPiece", "unk_token": "[UNK]",
            "vocab": {"[PAD]": 7, "[CLS]": 1, "[SEP]": 2, "[UNK]": 3, "ten": 10, "twenty": 20, "q": 30, "p": 40}}
})";

class ModelFolderTest : public testing::Test {
 protected:
  ModelFolderTest() {
    std::filesystem::create_directories(folder_);
    Write("model.onnx", IdEncoder());
    Write("tokenizer.json", kTokenizer);
    config_.set_model_path(folder_);
    config_.set_precision(config::PRECISION_F32);
    config_.set_threads(1);
  }

  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(absl::StrCat(folder_, "/", name), std::ios::binary | std::ios::trunc) << bytes;
  }
  void Remove(const std::string& name) const { std::filesystem::remove(absl::StrCat(folder_, "/", name)); }

  absl::StatusOr<std::unique_ptr<OpenVinoEmbedder>> Create() const { return OpenVinoEmbedder::Create(config_); }

  void ExpectRefused(absl::StatusCode code, const std::string& part_of_message) const {
    EXPECT_THAT(Create(), StatusIs(code, HasSubstr(part_of_message)));
  }

  // `vector` is the unit vector in the direction of (1, mean of `ids`), as IdEncoder gives it.
  static void ExpectMeanOf(const std::vector<float>& ids, absl::Span<const float> vector) {
    const float mean = std::accumulate(ids.begin(), ids.end(), 0.0F) / static_cast<float>(ids.size());
    const float length = std::sqrt(1 + mean * mean);
    EXPECT_THAT(vector, Pointwise(FloatNear(1e-5F), {1 / length, mean / length}));
  }

  const std::string folder_ = TempFolder();
  config::EmbedderConfig config_;
};

TEST_F(ModelFolderTest, TakesTheFirstTokenForCls) {
  const auto embedder = *Create();
  EXPECT_EQ(embedder->dimension(), 2u);
  ExpectMeanOf({1}, embedder->EmbedQuery("ten twenty")->vector);
}

TEST_F(ModelFolderTest, TakesTheMeanOfAllTokensWithoutPadding) {
  config_.set_pooling(config::POOLING_MEAN);
  const auto embedder = *Create();
  ExpectMeanOf({1, 10, 20, 2}, embedder->EmbedQuery("ten twenty")->vector);
  ExpectMeanOf({1, 2}, embedder->EmbedQuery("")->vector);
  ExpectMeanOf({1, 3, 2}, embedder->EmbedQuery("胃")->vector);
}

TEST_F(ModelFolderTest, PassagesOfAllLengthsKeepTheirPlaces) {
  config_.set_pooling(config::POOLING_MEAN);
  const auto embedder = *Create();
  std::vector<std::string> texts;
  std::vector<std::vector<float>> ids;
  for (size_t tens = 0; tens < 600; tens += 7) {
    const size_t kept = std::min<size_t>(tens, 510);
    std::vector<float> of_text(kept + 2, 10);
    of_text.front() = 1;
    of_text.back() = 2;
    texts.insert(texts.begin() + texts.size() / 2, absl::StrJoin(std::vector<std::string>(tens, "ten"), " "));
    ids.insert(ids.begin() + ids.size() / 2, of_text);
  }
  const auto vectors = embedder->EmbedPassages(texts);
  ASSERT_THAT(vectors, IsOk());
  for (size_t i = 0; i < texts.size(); ++i) ExpectMeanOf(ids[i], vectors->vectors.row(i));
}

TEST_F(ModelFolderTest, CutsATextAtMaxTokens) {
  config_.set_pooling(config::POOLING_MEAN);
  config_.set_max_tokens(8);
  const auto embedder = *Create();
  const std::string text = "ten ten ten ten ten ten twenty twenty twenty";
  ExpectMeanOf({1, 10, 10, 10, 10, 10, 10, 2}, embedder->EmbedQuery(text)->vector);
  ExpectMeanOf({1, 10, 10, 10, 10, 10, 10, 2}, embedder->EmbedPassages({text})->vectors.row(0));
}

TEST_F(ModelFolderTest, PrefixesStandBeforeQuestionsAndPassages) {
  config_.set_pooling(config::POOLING_MEAN);
  config_.set_query_prefix("q ");
  config_.set_passage_prefix("p ");
  const auto embedder = *Create();
  ExpectMeanOf({1, 30, 10, 2}, embedder->EmbedQuery("ten")->vector);
  ExpectMeanOf({1, 40, 10, 2}, embedder->EmbedPassages({"ten"})->vectors.row(0));
  // Of the tokens, only those of the text itself are compared.
  EXPECT_EQ(embedder->EmbedQuery("ten")->tokens.tokens(), 1U);
  EXPECT_EQ(embedder->EmbedQuery("")->tokens.tokens(), 0U);
  EXPECT_EQ(embedder->EmbedPassages({"ten twenty"})->token_codes[0].size(), 2 * CodeBytes(embedder->dimension()));
}

// Large models keep their weights in files of their own.
TEST_F(ModelFolderTest, AFileBesideTheModelIsPartOfIt) {
  const std::string alone = (*Create())->id();
  Write("model.onnx_data", "weights");
  const std::string beside = (*Create())->id();
  EXPECT_NE(beside, alone);
  Write("model.onnx_data", "other weights");
  EXPECT_NE((*Create())->id(), beside);
  Remove("model.onnx_data");
  std::filesystem::create_directories(folder_ + "/parts");
  Write("parts/0", "weights");
  EXPECT_NE((*Create())->id(), alone);
  std::filesystem::remove_all(folder_ + "/parts");
  Write(".stamp", "of whoever put it here");
  EXPECT_EQ((*Create())->id(), alone);
}

TEST_F(ModelFolderTest, ADigestIsThatOfItsFile) {
  Write("model.onnx_data", "weights");
  const auto digests = ReadModelDigests(folder_);
  ASSERT_THAT(digests, IsOk());
  EXPECT_THAT(digests->files, UnorderedElementsAre(Pair("model.onnx", Sha256Hex(IdEncoder())),
                                                   Pair("model.onnx_data", Sha256Hex("weights")),
                                                   Pair("tokenizer.json", Sha256Hex(kTokenizer))));
  EXPECT_EQ(digests->model_file(), Sha256Hex(IdEncoder()));
  EXPECT_EQ((*Create())->file_sha256(), digests->model_file());
  EXPECT_THAT(digests->text(), HasSubstr(absl::StrCat("\nmodel.onnx_data ", Sha256Hex("weights"), "\n")));
}

TEST(ModelNameTest, IsTheLastPartOfThePath) {
  EXPECT_EQ(ModelNameOf("models/small"), "small");
  EXPECT_EQ(ModelNameOf("models/small/"), "small");
  EXPECT_EQ(ModelNameOf("/models/./a.ranker"), "a.ranker");
  EXPECT_EQ(ModelNameOf("small"), "small");
}

TEST_F(ModelFolderTest, AVectorOfNoFiniteLengthIsAFailureOfTheModel) {
  Write("model.onnx", IdAndMask()
                          .Node("Neg", {"id"}, "negative")
                          .Node("Sqrt", {"negative"}, "not_a_number")
                          .Node("Concat", {"not_a_number", "id"}, "vectors", OnnxGraph::Int("axis", 2))
                          .WithOutput("vectors"));
  const auto embedder = *Create();
  EXPECT_THAT(embedder->EmbedQuery("ten"), StatusIs(absl::StatusCode::kInternal, HasSubstr("finite length")));
  EXPECT_THAT(embedder->EmbedPassages({"ten"}), StatusIs(absl::StatusCode::kInternal, HasSubstr("finite length")));
}

TEST_F(ModelFolderTest, AnotherFileIsAnotherEmbedder) {
  const std::string id = (*Create())->id();
  EXPECT_EQ((*Create())->id(), id);
  Write("tokenizer.json", absl::StrCat(kTokenizer, "\n"));
  EXPECT_NE((*Create())->id(), id);
}

TEST_F(ModelFolderTest, AMissingFileIsNotFoundAndNamed) {
  Remove("tokenizer.json");
  ExpectRefused(absl::StatusCode::kNotFound, absl::StrCat(folder_, "/tokenizer.json"));
  Remove("model.onnx");
  ExpectRefused(absl::StatusCode::kNotFound, absl::StrCat(folder_, "/model.onnx"));
  config_.set_model_path("no/such/folder");
  ExpectRefused(absl::StatusCode::kNotFound, "no/such/folder/model.onnx");
}

TEST_F(ModelFolderTest, AFolderInTheFilesPlaceIsDataLossAndNamed) {
  Remove("model.onnx");
  std::filesystem::create_directories(folder_ + "/model.onnx");
  ExpectRefused(absl::StatusCode::kDataLoss, absl::StrCat(folder_, "/model.onnx"));
}

TEST_F(ModelFolderTest, ABrokenTokenizerIsInvalidAndNamed) {
  for (const char* bytes : {"", "{", "{}", "[1, 2]"}) {
    Write("tokenizer.json", bytes);
    ExpectRefused(absl::StatusCode::kInvalidArgument, absl::StrCat(folder_, "/tokenizer.json: wanted"));
  }
}

TEST_F(ModelFolderTest, WhatIsNoOnnxIsInvalidAndNamed) {
  for (const std::string& bytes : {std::string(), std::string("no model"), IdEncoder().substr(0, 100)}) {
    Write("model.onnx", bytes);
    ExpectRefused(absl::StatusCode::kInvalidArgument, absl::StrCat(folder_, "/model.onnx: wanted"));
  }
}

TEST_F(ModelFolderTest, AnOutputThatIsNotAVectorATokenIsInvalid) {
  Write("model.onnx", IdAndMask().WithOutput("flat_id"));
  ExpectRefused(absl::StatusCode::kInvalidArgument, "an output [texts, tokens, floats]");
}

TEST_F(ModelFolderTest, VectorsOfNoFixedDimensionAreInvalid) {
  const std::string rows =
      IdAndMask().Node("Unsqueeze", {"flat_id"}, "rows", OnnxGraph::Ints("axes", 1)).WithOutput("rows");
  Write("model.onnx", rows);
  ExpectRefused(absl::StatusCode::kInvalidArgument, "an output [texts, tokens, floats]");
}

TEST_F(ModelFolderTest, VectorsThatAreTooLongAreInvalid) {
  const std::vector<std::string> floats(4353, "id");
  Write("model.onnx", IdAndMask().Node("Concat", floats, "vectors", OnnxGraph::Int("axis", 2)).WithOutput("vectors"));
  ExpectRefused(absl::StatusCode::kInvalidArgument, "of at most 4352 floats, got 2 inputs");
}

TEST_F(ModelFolderTest, InputsOfAnotherModelFamilyAreInvalid) {
  Write("model.onnx", IdAndMask()
                          .Input("position_ids")
                          .Node("Cast", {"position_ids"}, "flat", OnnxGraph::Int("to", OnnxGraph::kFloat))
                          .Node("Unsqueeze", {"flat"}, "position", OnnxGraph::Ints("axes", 2))
                          .Node("Concat", {"id", "mask", "position"}, "vectors", OnnxGraph::Int("axis", 2))
                          .WithOutput("vectors"));
  ExpectRefused(absl::StatusCode::kInvalidArgument, "got 3 inputs");
}

TEST_F(ModelFolderTest, AModelThatFailsIsInternalAndTheTextIsNotInTheMessage) {
  Write("model.onnx", IdAndMask()
                          .Node("Concat", {"mask", "id"}, "vectors", OnnxGraph::Int("axis", 2))
                          .Constant("shape", {1, 3, 2})
                          .Node("Reshape", {"vectors", "shape"}, "reshaped")
                          .WithOutput("reshaped"));
  const auto embedder = *Create();
  const auto failed = AllOf(HasSubstr("the embedding model failed"), Not(HasSubstr("twenty")));
  EXPECT_THAT(embedder->EmbedQuery("twenty"), StatusIs(absl::StatusCode::kInternal, failed));
  EXPECT_THAT(embedder->EmbedPassages({"twenty"}), StatusIs(absl::StatusCode::kInternal, failed));
}

// The mean needs every place of a text.
TEST_F(ModelFolderTest, VectorsForOtherPlacesThanThoseOfTheTextsAreInternal) {
  config_.set_pooling(config::POOLING_MEAN);
  Write("model.onnx", IdAndMask()
                          .Node("Concat", {"mask", "id"}, "vectors", OnnxGraph::Int("axis", 2))
                          .Node("Concat", {"vectors", "vectors"}, "twice", OnnxGraph::Int("axis", 1))
                          .WithOutput("twice"));
  const auto embedder = *Create();
  const auto failed = HasSubstr("wanted vectors of the shape [1,16,2], got [1,32,2]");
  EXPECT_THAT(embedder->EmbedQuery("twenty"), StatusIs(absl::StatusCode::kInternal, failed));
  EXPECT_THAT(embedder->EmbedPassages({"twenty"}), StatusIs(absl::StatusCode::kInternal, failed));
}

TEST_F(ModelFolderTest, Int8WithoutRangesIsNotFoundAndSaysWhatMakesThem) {
  SKIP_WITHOUT_INT8();
  config_.set_precision(config::PRECISION_INT8);
  ExpectRefused(absl::StatusCode::kNotFound, absl::StrCat(folder_, "/activation_ranges.json"));
  ExpectRefused(absl::StatusCode::kNotFound, "tools/quantise");
}

TEST_F(ModelFolderTest, Int8WithRangesThatAreNoneIsInvalidAndNamed) {
  SKIP_WITHOUT_INT8();
  config_.set_precision(config::PRECISION_INT8);
  for (const char* bytes : {"", "{}", R"({"format": 1, "ranges": {"a": [2, 1]}})"}) {
    Write("activation_ranges.json", bytes);
    ExpectRefused(absl::StatusCode::kInvalidArgument, absl::StrCat(folder_, "/activation_ranges.json: activation"));
  }
}

TEST_F(ModelFolderTest, Int8WithTheRangesOfAnotherModelIsInvalid) {
  SKIP_WITHOUT_INT8();
  config_.set_precision(config::PRECISION_INT8);
  Write("activation_ranges.json", R"({"format": 1, "ranges": {"of another": [-1, 1]}})");
  ExpectRefused(absl::StatusCode::kInvalidArgument, "none of its 1 ranges belongs to this model");
}

TEST_F(ModelFolderTest, WhereTheCpuHasNoVnniInt8IsThePrecisionThatTheRestOfAModelHas) {
  if (CpuAddsBytesWithoutLoss()) GTEST_SKIP() << "this CPU has VNNI";
  config_.set_precision(config::PRECISION_INT8);
  const auto embedder = OpenVinoEmbedder::Create(config_);
  ASSERT_THAT(embedder, IsOk());
  config_.set_precision(config::PRECISION_BF16);
  EXPECT_EQ((*embedder)->id(), (*OpenVinoEmbedder::Create(config_))->id());
}

}  // namespace
}  // namespace bedside
