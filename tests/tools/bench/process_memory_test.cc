#include "tools/bench/process_memory.h"

#include <unistd.h>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

TEST(ProcessMemoryTest, ReadsWhatIsResidentAndWhatWas) {
  const auto memory = ParseProcessMemory("Name:\tx\nVmHWM:\t 2097152 kB\nVmRSS:\t  524288 kB\nThreads:\t3\n");
  ASSERT_THAT(memory, IsOk());
  EXPECT_EQ(memory->resident_gib, 0.5);
  EXPECT_EQ(memory->peak_gib, 2);
}

TEST(ProcessMemoryTest, AStatusWithoutOneIsRefused) {
  EXPECT_THAT(ParseProcessMemory("VmRSS:\t  524288 kB\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("VmHWM")));
  EXPECT_THAT(ParseProcessMemory("VmHWM:\t 2097152 kB\nVmRSS:\t much kB\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("VmRSS")));
  EXPECT_THAT(ParseProcessMemory(""), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ProcessMemoryTest, ThisProcessHasSome) {
  const auto memory = MemoryOf(getpid());
  ASSERT_THAT(memory, IsOk());
  EXPECT_GT(memory->resident_gib, 0);
  EXPECT_GE(memory->peak_gib, memory->resident_gib);
}

TEST(ProcessMemoryTest, AProcessThatIsNotThereIsAnError) {
  EXPECT_THAT(MemoryOf(-1), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace bedside
