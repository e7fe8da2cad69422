#include "services/generation/generator_fault.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(GeneratorFaultTest, NamedFaultTravelsWithItsStatus) {
  const absl::Status status =
      FaultError(v1::GENERATOR_FAULT_BROKE_OFF, absl::StatusCode::kUnavailable, "the stream ended");
  const absl::Status copy = status;
  EXPECT_EQ(copy.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(copy.message(), "the stream ended");
  EXPECT_EQ(FaultOf(copy), v1::GENERATOR_FAULT_BROKE_OFF);
}

TEST(GeneratorFaultTest, OtherwiseTheCodeSaysIt) {
  EXPECT_EQ(FaultOf(absl::DeadlineExceededError("")), v1::GENERATOR_FAULT_TIMED_OUT);
  EXPECT_EQ(FaultOf(absl::UnavailableError("")), v1::GENERATOR_FAULT_UNREACHABLE);
  EXPECT_EQ(FaultOf(absl::InternalError("")), v1::GENERATOR_FAULT_NOT_TEXT);
  EXPECT_EQ(FaultOf(absl::ResourceExhaustedError("")), v1::GENERATOR_FAULT_TOO_LONG);
  EXPECT_EQ(FaultOf(absl::UnauthenticatedError("")), v1::GENERATOR_FAULT_REFUSED);
  EXPECT_EQ(FaultOf(absl::UnknownError("")), v1::GENERATOR_FAULT_REFUSED);
}

}  // namespace
}  // namespace bedside
