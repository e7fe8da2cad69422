// What lies in the files of a folder, byte by byte.
#ifndef BEDSIDE_TESTS_FAKES_FOLDER_SEARCH_H_
#define BEDSIDE_TESTS_FAKES_FOLDER_SEARCH_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/match.h"

namespace bedside {

// The names of the files in `folder`, and in the folders below it, that hold `bytes`.
inline std::vector<std::string> FilesWith(const std::filesystem::path& folder, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content(std::istreambuf_iterator<char>(file), {});
    if (absl::StrContains(content, bytes)) found.push_back(entry.path().filename());
  }
  return found;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_FOLDER_SEARCH_H_
