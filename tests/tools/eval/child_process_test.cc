#include "tools/eval/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

class ChildProcessTest : public testing::Test {
 protected:
  ChildProcessTest() { EXPECT_EQ(pipe2(pipe_, O_CLOEXEC), 0); }
  ~ChildProcessTest() override {
    close(pipe_[0]);
    if (pipe_[1] >= 0) close(pipe_[1]);
  }

  std::unique_ptr<ChildProcess> Shell(const std::string& script) {
    auto child = ChildProcess::Start({"/bin/sh", "-c", script}, pipe_[1]);
    EXPECT_THAT(child, IsOk());
    return *std::move(child);
  }

  // What was written, until `end` or the end of all writers.
  std::string Read(const std::string& end) {
    std::string text;
    char byte;
    while (!absl::EndsWith(text, end) && read(pipe_[0], &byte, 1) == 1) text.push_back(byte);
    return text;
  }

  int pipe_[2];
};

TEST_F(ChildProcessTest, ReturnsTheExitStatus) {
  EXPECT_EQ(*Shell("exit 0")->Wait(), 0);
  EXPECT_EQ(*Shell("exit 3")->Wait(), 3);
}

TEST_F(ChildProcessTest, ASignalIsItsNumberAbove128) { EXPECT_EQ(*Shell("kill -KILL $$")->Wait(), 128 + SIGKILL); }

TEST_F(ChildProcessTest, BothOutputsGoToTheFile) {
  Shell("echo out; echo err >&2")->Wait().IgnoreError();
  EXPECT_EQ(Read("err\n"), "out\nerr\n");
}

TEST_F(ChildProcessTest, NothingIsOnStandardInput) { EXPECT_EQ(*Shell("cat")->Wait(), 0); }

TEST_F(ChildProcessTest, WaitingTwiceReturnsTheSame) {
  const auto child = Shell("exit 4");
  EXPECT_EQ(*child->Wait(), 4);
  EXPECT_EQ(*child->Wait(), 4);
  EXPECT_FALSE(child->IsRunning());
}

TEST_F(ChildProcessTest, AProgramThatDoesNotExistIsNotFound) {
  EXPECT_THAT(ChildProcess::Start({"/nowhere/program"}, pipe_[1]),
              StatusIs(absl::StatusCode::kNotFound, testing::HasSubstr("/nowhere/program")));
}

TEST_F(ChildProcessTest, AFileThatIsNoProgramIsAnError) {
  EXPECT_THAT(ChildProcess::Start({"/etc/passwd"}, pipe_[1]), StatusIs(absl::StatusCode::kInternal));
}

TEST_F(ChildProcessTest, TerminateLetsTheProgramEndByItself) {
  const auto child = Shell("trap 'echo bye; exit 7' TERM; echo ready; while :; do read x || :; done");
  Read("ready\n");
  EXPECT_TRUE(child->IsRunning());
  child->Terminate(absl::InfiniteDuration());
  EXPECT_EQ(*child->Wait(), 7);
  EXPECT_EQ(Read("\n"), "bye\n");
}

TEST_F(ChildProcessTest, AProgramThatDoesNotEndIsKilled) {
  const auto child = Shell("trap '' TERM; echo ready; while :; do :; done");
  Read("ready\n");
  child->Terminate(absl::Milliseconds(20));
  EXPECT_EQ(*child->Wait(), 128 + SIGKILL);
}

TEST_F(ChildProcessTest, TheDestructorLeavesNoProgramBehind) {
  auto child = Shell("echo ready; while :; do :; done");
  Read("ready\n");
  child.reset();
  close(pipe_[1]);
  pipe_[1] = -1;
  EXPECT_EQ(Read("never"), "");
}

}  // namespace
}  // namespace bedside
