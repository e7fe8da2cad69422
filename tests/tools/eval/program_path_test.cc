#include "tools/eval/program_path.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

TEST(ProgramPathTest, ProgramIsFoundInTheFolderThatIsNamed) {
  const std::string folder = TempFolder();
  const std::string path = folder + "/server";
  std::filesystem::create_directories(folder);
  std::ofstream(path) << "#!";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  const auto found = ProgramPath(folder, "services", "server");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(*found, path);
}

TEST(ProgramPathTest, ProgramOfThisBuildIsFoundFromAnyDepth) {
  const auto found = ProgramPath("", "tests/tools/eval", "program_path_test");
  ASSERT_THAT(found, IsOk());
  EXPECT_TRUE(std::filesystem::equivalent(*found, "/proc/self/exe"));
}

TEST(ProgramPathTest, WhatIsMissingIsNamedWithWhatToBuild) {
  for (const std::string& folder : {TempFolder(), std::string()}) {
    const auto found = ProgramPath(folder, "services", "no_such_program");
    EXPECT_EQ(found.status().code(), absl::StatusCode::kNotFound);
    EXPECT_THAT(found.status().message(), HasSubstr("//services:no_such_program"));
  }
}

}  // namespace
}  // namespace bedside
