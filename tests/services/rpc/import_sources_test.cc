#include "services/rpc/import_sources.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

class ImportSourcesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(root_ + "/inside");
    fs::create_directories(outside_);
    std::ofstream(root_ + "/inside/a.md") << "text";
    fs::create_directory_symlink(outside_, root_ + "/link");
  }

  const std::string root_ = TempFolder();
  const std::string outside_ = TempFolder();
};

TEST_F(ImportSourcesTest, ResolvesBelowTheRoot) {
  const std::string root = fs::canonical(root_).string();
  EXPECT_EQ(*ResolveImportSource(root_, "inside/a.md"), root + "/inside/a.md");
  EXPECT_EQ(*ResolveImportSource(root_, "inside/*.md"), root + "/inside/*.md");
  EXPECT_EQ(*ResolveImportSource(root_, "inside/../inside"), root + "/inside");
}

TEST_F(ImportSourcesTest, RefusesWhatLeadsOut) {
  for (const std::string& source : {std::string(".."), std::string("../x"), std::string("inside/../../x"), outside_,
                                    std::string("/etc/passwd"), std::string("link/x"), std::string()}) {
    EXPECT_THAT(ResolveImportSource(root_, source), StatusIs(absl::StatusCode::kInvalidArgument)) << source;
  }
}

TEST_F(ImportSourcesTest, RefusesWildcardsThatCouldMatchALink) {
  EXPECT_THAT(ResolveImportSource(root_, "l*/x"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ImportSourcesTest, SaysThatTheRootIsMissing) {
  EXPECT_THAT(ResolveImportSource(root_ + "/none", "a"), StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace bedside
