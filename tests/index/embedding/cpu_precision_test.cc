#include "index/embedding/cpu_precision.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

TEST(PrecisionForTest, IsBf16OnlyWhereTheCpuHasItAndNobodyWantsF32) {
  for (const auto wanted : {config::PRECISION_UNSPECIFIED, config::PRECISION_BF16}) {
    EXPECT_EQ(PrecisionFor(wanted, true), config::PRECISION_BF16);
    EXPECT_EQ(PrecisionFor(wanted, false), config::PRECISION_F32);
  }
  EXPECT_EQ(PrecisionFor(config::PRECISION_F32, true), config::PRECISION_F32);
}

TEST(ElementTypeForTest, IsF32OnEveryCpuWhereThatIsWanted) {
  ov::Core core;
  EXPECT_EQ(ElementTypeFor(config::PRECISION_F32, core, "model"), ov::element::f32);
}

}  // namespace
}  // namespace bedside
