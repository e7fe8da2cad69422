// A writer that is killed at any moment loses nothing that it acknowledged, and never leaves a mixture.
// BEDSIDE_KILLS says how often it is killed (12 by default, 5,000 in the long run).
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/durability/corpus_workload.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/eval/child_process.h"

namespace bedside {
namespace {

int Kills() { return NumberFromEnvironment("BEDSIDE_KILLS", 12); }

// The moment of a kill: after some steps, and some milliseconds into the next.
struct Moment {
  int steps;
  int milliseconds;
};

// Returns what the writer printed beside its steps.
std::string RunAndKill(const std::vector<std::string>& arguments, const Moment& moment) {
  std::array<int, 2> output;
  EXPECT_EQ(pipe2(output.data(), O_CLOEXEC), 0);
  auto writer = ChildProcess::Start(arguments, output[1]);
  close(output[1]);
  EXPECT_THAT(writer, IsOk());
  std::string printed;
  char byte = 0;
  for (int step = 0; step < moment.steps && read(output[0], &byte, 1) == 1;) {
    if (byte == '.') ++step;
    if (byte != '.') printed.push_back(byte);
  }
  // Not a wait for anything: the kill may come at any moment.
  poll(nullptr, 0, moment.milliseconds);
  (*writer)->Signal(SIGKILL);
  EXPECT_THAT((*writer)->Wait(), IsOk());
  while (read(output[0], &byte, 1) == 1) {
    if (byte != '.') printed.push_back(byte);
  }
  close(output[0]);
  return printed;
}

TEST(KillTest, NothingAcknowledgedIsLostAndNothingIsMixed) {
  const std::string folder = TempFolder();
  const std::string history_file = WriteFile(folder, "history", "");
  std::mt19937_64 random(20261126);
  int undone = 0;
  int steps = 0;
  for (int kill = 0; kill < Kills(); ++kill) {
    const Moment moment{static_cast<int>(random() % 6), static_cast<int>(random() % 60)};
    SCOPED_TRACE(absl::StrCat("kill ", kill, " after ", moment.steps, " steps and ", moment.milliseconds, " ms"));
    const std::string printed = RunAndKill(
        {"tests/durability/store_writer", folder + "/store", history_file, folder + "/sources", absl::StrCat(random())},
        moment);
    ASSERT_EQ(printed, "");
    auto store = EvidenceStore::Open(folder + "/store", Database::Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    CorpusHistory history(history_file);
    const auto found = ReadCorpus(**store);
    ASSERT_THAT(found, IsOk());
    const int before = history.acknowledged();
    undone += history.in_doubt().has_value() ? 1 : 0;
    ASSERT_THAT(Settle(*found, &history), IsOk());
    undone -= history.acknowledged() - before;
    steps = history.acknowledged();
  }
  std::cout << Kills() << " kills, " << steps << " steps acknowledged, " << undone << " undone\n";
  EXPECT_GT(steps, Kills());
}

}  // namespace
}  // namespace bedside
