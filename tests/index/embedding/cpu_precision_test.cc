#include "index/embedding/cpu_precision.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/match.h"

namespace bedside {
namespace {

TEST(PrecisionForTest, IsBf16OnlyWhereTheCpuHasItAndNobodyWantsF32) {
  for (const auto wanted : {config::PRECISION_UNSPECIFIED, config::PRECISION_BF16}) {
    EXPECT_EQ(PrecisionFor(wanted, true), config::PRECISION_BF16);
    EXPECT_EQ(PrecisionFor(wanted, false), config::PRECISION_F32);
  }
  EXPECT_EQ(PrecisionFor(config::PRECISION_F32, true), config::PRECISION_F32);
}

TEST(LosslessPrecisionTest, IsInt8OnlyWhereTheCpuLosesNothingInIt) {
  EXPECT_EQ(LosslessPrecision(config::PRECISION_INT8, true), config::PRECISION_INT8);
  EXPECT_EQ(LosslessPrecision(config::PRECISION_INT8, false), config::PRECISION_BF16);
  for (const auto wanted : {config::PRECISION_UNSPECIFIED, config::PRECISION_BF16, config::PRECISION_F32}) {
    EXPECT_EQ(LosslessPrecision(wanted, false), wanted);
    EXPECT_EQ(LosslessPrecision(wanted, true), wanted);
  }
}

// What Linux says of the same CPU.
TEST(CpuAddsBytesWithoutLossTest, IsTrueWhereTheKernelNamesVnni) {
#ifdef __x86_64__
  std::ifstream file("/proc/cpuinfo");
  const std::string flags(std::istreambuf_iterator<char>(file), {});
  const bool has_vnni = absl::StrContains(flags, " avx512_vnni") || absl::StrContains(flags, " avx_vnni");
  EXPECT_EQ(CpuAddsBytesWithoutLoss(), has_vnni);
#else
  EXPECT_TRUE(CpuAddsBytesWithoutLoss());
#endif
}

TEST(ElementTypeForTest, IsF32OnEveryCpuWhereThatIsWanted) {
  ov::Core core;
  EXPECT_EQ(ElementTypeFor(config::PRECISION_F32, core, "model"), ov::element::f32);
}

}  // namespace
}  // namespace bedside
