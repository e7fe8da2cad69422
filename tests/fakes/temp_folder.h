// A fresh folder below the test's own temporary folder; a test file may ask for as many as it likes.
#ifndef BEDSIDE_TESTS_FAKES_TEMP_FOLDER_H_
#define BEDSIDE_TESTS_FAKES_TEMP_FOLDER_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"

namespace bedside {

inline std::string TempFolder() {
  static int count = 0;
  const std::string path = absl::StrCat(::testing::TempDir(), "/folder-", getpid(), "-", ++count);
  std::filesystem::remove_all(path);
  return path;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_TEMP_FOLDER_H_
