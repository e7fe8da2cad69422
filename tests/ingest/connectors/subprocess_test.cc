#include "ingest/connectors/subprocess.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using End = SubprocessResult::End;
using testing::HasSubstr;
using testing::IsEmpty;

SubprocessResult RunProgram(const std::vector<std::string>& arguments, absl::string_view input = "",
                            const SubprocessLimits& limits = SubprocessLimits()) {
  const absl::StatusOr<SubprocessResult> result = RunSubprocess(arguments, input, limits);
  EXPECT_THAT(result, IsOk());
  return result.ok() ? *result : SubprocessResult();
}

SubprocessResult Shell(const std::string& script, const SubprocessLimits& limits = SubprocessLimits()) {
  return RunProgram({"sh", "-c", script}, "", limits);
}

SubprocessLimits WithTime(absl::Duration time) {
  SubprocessLimits limits;
  limits.time = time;
  return limits;
}

TEST(SubprocessTest, GivesInputAndTakesOutput) {
  const std::string input(1 << 20, 'x');
  const SubprocessResult result = RunProgram({"cat"}, input);
  EXPECT_EQ(result.end, End::kExited);
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.output, input);
  EXPECT_THAT(result.errors, IsEmpty());
}

TEST(SubprocessTest, BytesAreBytes) {
  const std::string input("\0\xFF\n", 3);
  EXPECT_EQ(RunProgram({"cat"}, input).output, input);
}

TEST(SubprocessTest, GivesTheExitStatusAndTheErrors) {
  const SubprocessResult result = Shell("echo said; echo wrong >&2; exit 3");
  EXPECT_EQ(result.end, End::kExited);
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.output, "said\n");
  EXPECT_EQ(result.errors, "wrong\n");
}

TEST(SubprocessTest, AMissingProgramIsNotFound) {
  EXPECT_THAT(RunSubprocess({"no-such-program-here"}, "", SubprocessLimits()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no-such-program-here")));
}

TEST(SubprocessTest, AProgramThatTakesTooLongIsEnded) {
  const SubprocessResult result = Shell("echo begun; sleep 600", WithTime(absl::Milliseconds(300)));
  EXPECT_EQ(result.end, End::kTimedOut);
  EXPECT_EQ(result.output, "begun\n");
}

TEST(SubprocessTest, AProgramThatClosesItsStreamsAndGoesOnIsEnded) {
  EXPECT_EQ(Shell("exec >&- 2>&-; sleep 600", WithTime(absl::Milliseconds(300))).end, End::kTimedOut);
}

TEST(SubprocessTest, AProgramThatSpinsIsEnded) {
  EXPECT_EQ(Shell("while :; do :; done", WithTime(absl::Milliseconds(300))).end, End::kTimedOut);
}

TEST(SubprocessTest, WhatAProgramLeavesBehindIsEndedWithIt) {
  const std::string pipe = absl::StrCat(testing::TempDir(), "/pipe-", getpid());
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  const SubprocessResult result = Shell(absl::StrCat("exec 3>", pipe, "; sleep 600 >/dev/null 2>&1 & echo done"));
  EXPECT_EQ(result.output, "done\n");
  // Ends when nobody has the pipe open for writing any more.
  fcntl(reader, F_SETFL, 0);
  char byte = 0;
  EXPECT_EQ(read(reader, &byte, 1), 0);
  close(reader);
  unlink(pipe.c_str());
}

TEST(SubprocessTest, AChildThatHoldsTheStreamsOpenCannotHoldUsUp) {
  EXPECT_EQ(Shell("sleep 600 & exit 0", WithTime(absl::Milliseconds(300))).end, End::kTimedOut);
}

TEST(SubprocessTest, MemoryIsLimited) {
  SubprocessLimits limits;
  limits.memory_bytes = uint64_t{64} << 20;
  const SubprocessResult result = RunProgram({"dd", "if=/dev/zero", "of=/dev/null", "bs=256M", "count=1"}, "", limits);
  EXPECT_EQ(result.end, End::kExited);
  EXPECT_NE(result.code, 0);
  EXPECT_THAT(result.errors, HasSubstr("memory"));
}

TEST(SubprocessTest, OutputIsLimited) {
  SubprocessLimits limits;
  limits.output_bytes = 1000;
  EXPECT_EQ(RunProgram({"cat", "/dev/zero"}, "", limits).end, End::kTooMuchOutput);
  EXPECT_EQ(RunProgram({"head", "-c", "1001", "/dev/zero"}, "", limits).end, End::kTooMuchOutput);
  const SubprocessResult all = RunProgram({"head", "-c", "1000", "/dev/zero"}, "", limits);
  EXPECT_EQ(all.end, End::kExited);
  EXPECT_EQ(all.output.size(), 1000u);
}

TEST(SubprocessTest, ErrorsAreCutAndDoNotBlockTheProgram) {
  const SubprocessResult result = Shell("head -c 1000000 /dev/zero >&2; echo done");
  EXPECT_EQ(result.end, End::kExited);
  EXPECT_EQ(result.output, "done\n");
  EXPECT_EQ(result.errors.size(), 4096u);
}

TEST(SubprocessTest, AProgramThatASignalEndsSaysWhich) {
  const SubprocessResult result = Shell("kill -SEGV $$");
  EXPECT_EQ(result.end, End::kSignalled);
  EXPECT_EQ(result.code, SIGSEGV);
}

TEST(SubprocessTest, FilesCannotBeWritten) {
  const std::string path = absl::StrCat(testing::TempDir(), "/written-", getpid());
  const SubprocessResult result = RunProgram({"dd", "if=/dev/zero", absl::StrCat("of=", path), "count=1"});
  EXPECT_FALSE(result.end == End::kExited && result.code == 0);
  unlink(path.c_str());
}

TEST(SubprocessTest, TheProgramSeesNeitherOurEnvironmentNorOurFiles) {
  setenv("BEDSIDE_SECRET", "secret", 1);
  // Without O_CLOEXEC, as a careless library opens files.
  const int file = open("/dev/null", O_RDONLY);
  const SubprocessResult result = Shell("env; ls /proc/self/fd");
  close(file);
  unsetenv("BEDSIDE_SECRET");
  EXPECT_THAT(result.output, HasSubstr("LC_ALL=C.UTF-8"));
  EXPECT_THAT(result.output, testing::Not(HasSubstr("secret")));
  // 3 is the folder that ls reads.
  EXPECT_THAT(result.output, testing::EndsWith("0\n1\n2\n3\n"));
}

TEST(SubprocessTest, ThreadsRunProgramsAtTheSameTime) {
  std::vector<std::thread> threads;
  std::vector<std::string> outputs(8);
  for (size_t i = 0; i < outputs.size(); ++i) {
    threads.emplace_back([i, &outputs] { outputs[i] = RunProgram({"cat"}, absl::StrCat("input ", i)).output; });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < outputs.size(); ++i) EXPECT_EQ(outputs[i], absl::StrCat("input ", i));
}

}  // namespace
}  // namespace bedside
