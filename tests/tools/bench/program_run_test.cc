#include "tools/bench/program_run.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;

std::string LogPath() { return WriteFile(TempFolder(), "log", "of an earlier run"); }

absl::StatusOr<nlohmann::json> Shell(const std::string& command) {
  return RunForJson({"/bin/sh", "-c", command}, LogPath());
}

TEST(ProgramRunTest, TheLogHoldsWhatWasWrittenToBothOutputs) {
  const std::string log = LogPath();
  const auto seconds = RunProgram({"/bin/sh", "-c", "echo out; echo err >&2"}, log);
  ASSERT_THAT(seconds, IsOk());
  EXPECT_GE(*seconds, 0);
  EXPECT_EQ(*ReadTextFile(log), "out\nerr\n");
}

TEST(ProgramRunTest, TheResultIsTheLastObjectOfALine) {
  const auto result = Shell(R"(echo '{"a": 1}'; echo words; echo '{"a": 2}'; echo "more words")");
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(*result, nlohmann::json({{"a", 2}}));
}

TEST(ProgramRunTest, AFailureNamesProgramStatusAndLog) {
  const std::string log = LogPath();
  EXPECT_THAT(
      RunProgram({"/bin/sh", "-c", "exit 3"}, log),
      StatusIs(absl::StatusCode::kInternal, HasSubstr(absl::StrCat("/bin/sh ended with exit status 3; ", log))));
}

TEST(ProgramRunTest, AResultOfAFailureIsNone) {
  EXPECT_THAT(Shell(R"(echo '{"a": 1}'; exit 1)"), StatusIs(absl::StatusCode::kInternal));
}

TEST(ProgramRunTest, AProgramWithoutAResultIsAnError) {
  EXPECT_THAT(Shell("echo words"), StatusIs(absl::StatusCode::kInternal, HasSubstr("printed no result")));
}

TEST(ProgramRunTest, AProgramThatIsNotThereIsNotFound) {
  EXPECT_THAT(RunProgram({"/no/such/program"}, LogPath()), StatusIs(absl::StatusCode::kNotFound));
}

TEST(ProgramRunTest, ALogThatCannotBeWrittenIsAnError) {
  EXPECT_THAT(RunProgram({"/bin/sh", "-c", "true"}, "/no/such/folder/log"), StatusIs(absl::StatusCode::kInternal));
}

TEST(ProgramRunTest, WhatIsNoObjectIsNoResult) {
  for (const char* text : {"", "[1]", "{\"a\": ", "{\"a\": 1}\n{", " {\"a\": 1}"}) {
    EXPECT_THAT(LastJsonLine(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

}  // namespace
}  // namespace bedside
