#include "tools/eval/text_file.h"

#include <fstream>
#include <iterator>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;

std::string Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(WriteTextFileTest, TheTextIsTheWholeFile) {
  const std::string path = WriteFile(TempFolder(), "f", "what was there");
  ASSERT_THAT(WriteTextFile("longer than the next\r\n", path), IsOk());
  ASSERT_THAT(WriteTextFile(absl::string_view("a\0b\n", 4), path), IsOk());
  EXPECT_EQ(Content(path), std::string("a\0b\n", 4));
}

TEST(WriteTextFileTest, AnEmptyTextIsAnEmptyFile) {
  const std::string path = WriteFile(TempFolder(), "f", "what was there");
  ASSERT_THAT(WriteTextFile("", path), IsOk());
  EXPECT_EQ(Content(path), "");
}

TEST(WriteTextFileTest, AFolderThatIsNotThereIsNamed) {
  const std::string path = TempFolder() + "/none/f";
  EXPECT_THAT(WriteTextFile("x", path), StatusIs(absl::StatusCode::kInternal, HasSubstr(path + " cannot be written")));
}

TEST(WriteTextFileTest, AFullDiskIsAnError) {
  EXPECT_THAT(WriteTextFile("x", "/dev/full"), StatusIs(absl::StatusCode::kInternal, HasSubstr("/dev/full")));
}

}  // namespace
}  // namespace bedside
