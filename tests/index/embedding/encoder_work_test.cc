// The work of bge-small-en-v1.5, whose shape is published: 12 layers of 384 floats, with 1536 between.
#include "index/embedding/encoder_work.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/embedding/gemm_peak.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

TEST(EncoderWorkTest, CountsWeightsAndAttentionButTheLastLayerForOneTokenOnly) {
  const auto work = EncoderWork::Read("external/bge_small_en");
  ASSERT_THAT(work, IsOk());
  constexpr double kSquare = 384.0 * 384, kTokens = 20;
  const double layer = 12 * kSquare, keys_values_and_query = 3 * kSquare;
  const double weights = (11 * layer + keys_values_and_query) * kTokens + layer - keys_values_and_query;
  const double attention = 12 * 2 * kTokens * kTokens * 384;
  EXPECT_DOUBLE_EQ(work->OperationsOf(20), 2 * (weights + attention));
  EXPECT_EQ(work->OperationsOf(0), 2 * (layer - keys_values_and_query));
}

TEST(EncoderWorkTest, WhatIsNoModelIsInvalidAndNamed) {
  EXPECT_THAT(EncoderWork::Read("no/such/folder"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no/such/folder/model.onnx")));
}

TEST(GemmPeakTest, IsMeasuredInEveryPrecision) {
  for (const auto precision : {config::PRECISION_BF16, config::PRECISION_INT8}) {
    const auto peak = MeasureGemmPeak(precision, 1);
    ASSERT_THAT(peak, IsOk());
    EXPECT_GT(*peak, 0);
  }
}

}  // namespace
}  // namespace bedside
