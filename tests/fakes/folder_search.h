// What lies in the files of a folder, byte by byte, and in the entries of RocksDB's tables, whose blocks are
// compressed.
#ifndef BEDSIDE_TESTS_FAKES_FOLDER_SEARCH_H_
#define BEDSIDE_TESTS_FAKES_FOLDER_SEARCH_H_

#include <filesystem>
#include <string>
#include <vector>

namespace bedside {

// The names of the files in `folder`, and in the folders below it, that hold `bytes`. A table that cannot be read fails
// the test.
std::vector<std::string> FilesWith(const std::filesystem::path& folder, const std::string& bytes);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_FOLDER_SEARCH_H_
