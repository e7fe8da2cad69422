#include "index/hash/file_sha256.h"

#include <gtest/gtest.h>

#include <fstream>

#include "index/hash/sha256.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

TEST(FileSha256Test, IsThatOfTheContent) {
  for (const std::string& content : {std::string(), std::string("abc"), std::string((3 << 20) + 7, 'x')}) {
    const std::string path = TempFolder();
    std::ofstream(path, std::ios::binary) << content;
    EXPECT_EQ(*FileSha256Hex(path), Sha256Hex(content)) << content.size() << " bytes";
  }
}

TEST(FileSha256Test, NamesTheFileThatIsNotThere) {
  EXPECT_THAT(FileSha256Hex("no/such/file"),
              StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("no/such/file")));
}

TEST(FileSha256Test, AFolderHasNone) {
  EXPECT_THAT(FileSha256Hex(testing::TempDir()),
              StatusIs(absl::StatusCode::kDataLoss, ::testing::HasSubstr(testing::TempDir())));
}

}  // namespace
}  // namespace bedside
