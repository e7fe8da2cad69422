// Ranges of real and of broken models.
#include "index/embedding/range_measurement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "index/hash/file_sha256.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/embedding/onnx_encoder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr char kModel[] = "external/bge_small_en";
constexpr char kAdapter[] = "index/embedding/bge-small-en-v1.5.adapter";
constexpr char kTokenizer[] = R"({
  "normalizer": {"type": "BertNormalizer", "lowercase": true},
  "pre_tokenizer": {"type": "BertPreTokenizer"},
  "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[UNK]": 3}}
})";

MeasuredRanges Shipped(const char* path) {
  std::ifstream file(path);
  return *ParseActivationRanges(std::string(std::istreambuf_iterator<char>(file), {}));
}

// Of the shipped files, but for the numbers, which are of other texts.
void ExpectMeasuresWhatIsIn(const char* path, const MeasuredModel& model) {
  const auto measured = MeasureRanges(model, {"Aspirin reduces fever.", "Stop metformin below an eGFR of 30."}, 512);
  ASSERT_THAT(measured, IsOk());
  const MeasuredRanges shipped = Shipped(path);
  EXPECT_EQ(measured->adapter, shipped.adapter);
  ASSERT_EQ(measured->ranges.size(), 48u);
  for (const auto& [name, range] : measured->ranges) {
    ASSERT_EQ(shipped.ranges.count(name), 1u) << name;
    EXPECT_LE(range.low, 0) << name;
    EXPECT_GT(range.high, 0) << name;
  }
}

TEST(RangeMeasurementTest, MeasuresWhatTheShippedFilesHold) {
  ExpectMeasuresWhatIsIn("third_party/bge-small-en-v1.5/activation_ranges.json", {kModel, ""});
  ExpectMeasuresWhatIsIn("index/embedding/bge-small-en-v1.5.adapter.ranges.json", {kModel, kAdapter});
}

TEST(RangeMeasurementTest, AnAdapterMovesTheRangesAndIsNamed) {
  const std::vector<std::string> texts = {"Aspirin reduces fever."};
  const auto alone = MeasureRanges({kModel, ""}, texts, 512), adapted = MeasureRanges({kModel, kAdapter}, texts, 512);
  ASSERT_THAT(alone, IsOk());
  ASSERT_THAT(adapted, IsOk());
  EXPECT_EQ(alone->adapter, "");
  EXPECT_EQ(adapted->adapter, *FileSha256Hex(kAdapter));
  EXPECT_NE(ActivationRangesJson({"", alone->ranges}), ActivationRangesJson({"", adapted->ranges}));
}

TEST(RangeMeasurementTest, AnAdapterThatIsMissingOrOfAnotherModelIsRefused) {
  const std::vector<std::string> texts = {"aspirin"};
  EXPECT_THAT(MeasureRanges({kModel, "no/such.adapter"}, texts, 512),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such.adapter")));
  const std::string folder = TempFolder();
  WriteFile(folder, "model.onnx", IdEncoder());
  WriteFile(folder, "tokenizer.json", kTokenizer);
  EXPECT_THAT(MeasureRanges({folder, kAdapter}, texts, 512),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not to that of model_path")));
}

TEST(RangeMeasurementTest, TheSameTextsGiveTheSameRanges) {
  const std::vector<std::string> texts = {"Aspirin reduces fever."};
  EXPECT_EQ(ActivationRangesJson(*MeasureRanges({kModel, ""}, texts, 512)),
            ActivationRangesJson(*MeasureRanges({kModel, ""}, texts, 512)));
}

TEST(RangeMeasurementTest, NoTextsAreInvalid) {
  EXPECT_THAT(MeasureRanges({kModel, ""}, {}, 512),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("got none")));
}

TEST(RangeMeasurementTest, AMissingModelIsNotFound) {
  const std::vector<std::string> texts = {"aspirin"};
  EXPECT_THAT(MeasureRanges({"no/such/folder", ""}, texts, 512),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such/folder")));
}

TEST(RangeMeasurementTest, AnEncoderWithoutWeightsIsInvalid) {
  const std::string folder = TempFolder();
  WriteFile(folder, "model.onnx", IdEncoder());
  WriteFile(folder, "tokenizer.json", kTokenizer);
  const std::vector<std::string> texts = {"aspirin"};
  EXPECT_THAT(MeasureRanges({folder, ""}, texts, 512),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("products with weights")));
}

}  // namespace
}  // namespace bedside
