// Damage to a store on disk, as a bad sector does it.
#ifndef BEDSIDE_TESTS_FAKES_DAMAGED_TABLE_H_
#define BEDSIDE_TESTS_FAKES_DAMAGED_TABLE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace bedside {

// Overwrites 64 bytes of the largest table of the store at `path`, which nobody has open.
inline void DamageLargestTable(const std::string& path) {
  std::filesystem::path largest;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.path().extension() != ".sst") continue;
    if (largest.empty() || entry.file_size() > std::filesystem::file_size(largest)) largest = entry.path();
  }
  ASSERT_FALSE(largest.empty()) << "everything is in the log";
  std::fstream file(largest, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(100);
  file << std::string(64, '#');
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_DAMAGED_TABLE_H_
