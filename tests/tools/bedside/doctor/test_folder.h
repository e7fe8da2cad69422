// A folder of one test, removed at its end.
#ifndef BEDSIDE_TESTS_TOOLS_BEDSIDE_DOCTOR_TEST_FOLDER_H_
#define BEDSIDE_TESTS_TOOLS_BEDSIDE_DOCTOR_TEST_FOLDER_H_

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {

class TestFolder {
 public:
  TestFolder()
      : path_(absl::StrCat(testing::TempDir(), "/", testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(path_);
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }

  // The path of the file `name`, which then holds `text`.
  std::string Write(const std::string& name, const std::string& text) const {
    const std::string file_path = absl::StrCat(path_, "/", name);
    std::filesystem::create_directories(std::filesystem::path(file_path).parent_path());
    std::ofstream(file_path, std::ios::binary) << text;
    return file_path;
  }

 private:
  std::string path_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_TOOLS_BEDSIDE_DOCTOR_TEST_FOLDER_H_
