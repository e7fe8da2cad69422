#include "tools/bench/process_cpu.h"

#include <unistd.h>

#include <ctime>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

double SecondsOfClock() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

constexpr char kStat[] = "42 (a name) of ) R 1 42 42 0 -1 4194304 100 7 1 2 300 50 11 13 20 0 3 0 900 1000 10 18446744";

TEST(ProcessCpuTest, TimeInUserAndInKernelModeIsAddedWithoutThatOfChildren) {
  const auto seconds = ParseCpuSeconds(kStat, 100);
  ASSERT_THAT(seconds, IsOk());
  EXPECT_EQ(*seconds, 3.5);
}

TEST(ProcessCpuTest, ATextWithoutThemIsRefused) {
  for (const char* text : {"", "42 (name", "42 (name) R 1", "42 (name) R 1 42 42 0 -1 4194304 100 7 1 2 many 50"}) {
    EXPECT_THAT(ParseCpuSeconds(text, 100), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

TEST(ProcessCpuTest, ThisProcessHasTakenWhatItsClockSays) {
  while (SecondsOfClock() < 0.1) {
  }
  const auto seconds = CpuSecondsOf({getpid()});
  ASSERT_THAT(seconds, IsOk());
  EXPECT_GE(*seconds, 0.05);
  EXPECT_LE(*seconds, SecondsOfClock() + 0.05);
}

TEST(ProcessCpuTest, ProcessesAreAdded) {
  EXPECT_EQ(*CpuSecondsOf({}), 0);
  EXPECT_GE(*CpuSecondsOf({getpid(), getpid()}), *CpuSecondsOf({getpid()}));
}

TEST(ProcessCpuTest, AProcessThatIsNotThereIsAnError) {
  EXPECT_THAT(CpuSecondsOf({getpid(), -1}), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace bedside
