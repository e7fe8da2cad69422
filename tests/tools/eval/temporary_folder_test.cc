#include "tools/eval/temporary_folder.h"

#include <stdlib.h>

#include <filesystem>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class TemporaryFolderTest : public testing::Test {
 protected:
  TemporaryFolderTest() {
    std::filesystem::create_directories(above_);
    setenv("TMPDIR", above_.c_str(), 1);
  }
  ~TemporaryFolderTest() override { unsetenv("TMPDIR"); }

  const std::string above_ = TempFolder();
};

TEST_F(TemporaryFolderTest, EachIsNewAndEmptyAndBelowTmpdir) {
  const auto one = MakeTemporaryFolder("work");
  const auto other = MakeTemporaryFolder("work");
  ASSERT_THAT(one, IsOk());
  ASSERT_THAT(other, IsOk());
  EXPECT_NE(*one, *other);
  EXPECT_THAT(*one, StartsWith(above_ + "/work."));
  EXPECT_TRUE(std::filesystem::is_empty(*one));
}

TEST_F(TemporaryFolderTest, OneThatCannotBeMadeIsNamed) {
  setenv("TMPDIR", (above_ + "/none").c_str(), 1);
  EXPECT_THAT(MakeTemporaryFolder("work"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("TMPDIR")));
}

}  // namespace
}  // namespace bedside
