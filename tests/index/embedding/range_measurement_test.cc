// Ranges of real and of broken models.
#include "index/embedding/range_measurement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/embedding/onnx_encoder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr char kModel[] = "external/bge_small_en";
constexpr char kTokenizer[] = R"({
  "normalizer": {"type": "BertNormalizer", "lowercase": true},
  "pre_tokenizer": {"type": "BertPreTokenizer"},
  "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[UNK]": 3}}
})";

ActivationRanges Shipped() {
  std::ifstream file("third_party/bge-small-en-v1.5/activation_ranges.json");
  return *ParseActivationRanges(std::string(std::istreambuf_iterator<char>(file), {}));
}

TEST(RangeMeasurementTest, MeasuresWhatTheShippedFileHolds) {
  const std::vector<std::string> texts = {"Aspirin reduces fever.", "Stop metformin below an eGFR of 30."};
  const auto ranges = MeasureRanges(kModel, texts, 512);
  ASSERT_THAT(ranges, IsOk());
  const ActivationRanges shipped = Shipped();
  ASSERT_EQ(ranges->size(), 48u);
  for (const auto& [name, range] : *ranges) {
    ASSERT_EQ(shipped.count(name), 1u) << name;
    EXPECT_LE(range.low, 0) << name;
    EXPECT_GT(range.high, 0) << name;
  }
}

TEST(RangeMeasurementTest, TheSameTextsGiveTheSameRanges) {
  const std::vector<std::string> texts = {"Aspirin reduces fever."};
  EXPECT_EQ(ActivationRangesJson(*MeasureRanges(kModel, texts, 512)),
            ActivationRangesJson(*MeasureRanges(kModel, texts, 512)));
}

TEST(RangeMeasurementTest, NoTextsAreInvalid) {
  EXPECT_THAT(MeasureRanges(kModel, {}, 512), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("got none")));
}

TEST(RangeMeasurementTest, AMissingModelIsNotFound) {
  const std::vector<std::string> texts = {"aspirin"};
  EXPECT_THAT(MeasureRanges("no/such/folder", texts, 512),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such/folder")));
}

TEST(RangeMeasurementTest, AnEncoderWithoutWeightsIsInvalid) {
  const std::string folder = TempFolder();
  WriteFile(folder, "model.onnx", IdEncoder());
  WriteFile(folder, "tokenizer.json", kTokenizer);
  const std::vector<std::string> texts = {"aspirin"};
  EXPECT_THAT(MeasureRanges(folder, texts, 512),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("products with weights")));
}

}  // namespace
}  // namespace bedside
