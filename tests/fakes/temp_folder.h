// Folders and files of one test, below the temporary folder that the test runner gives it and clears away.
#ifndef BEDSIDE_TESTS_FAKES_TEMP_FOLDER_H_
#define BEDSIDE_TESTS_FAKES_TEMP_FOLDER_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace bedside {

// The path of a folder that does not exist yet; a test may ask for as many as it likes.
inline std::string TempFolder() {
  static int count = 0;
  const std::string path = absl::StrCat(::testing::TempDir(), "/folder-", getpid(), "-", ++count);
  std::filesystem::remove_all(path);
  return path;
}

// The path of the file `name` below `folder`, which then holds `content`; the folders above it are made.
inline std::string WriteFile(const std::string& folder, const std::string& name, const std::string& content) {
  const std::filesystem::path path = std::filesystem::path(folder) / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_TEMP_FOLDER_H_
