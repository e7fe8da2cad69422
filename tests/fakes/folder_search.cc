#include "tests/fakes/folder_search.h"

#include <gtest/gtest.h>
#include <rocksdb/iterator.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_reader.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace bedside {
namespace {

bool IsInFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ifstream file(path, std::ios::binary);
  const std::string content(std::istreambuf_iterator<char>(file), {});
  return absl::StrContains(content, bytes);
}

bool IsInTable(const std::filesystem::path& path, const std::string& bytes) {
  rocksdb::SstFileReader reader{rocksdb::Options()};
  const rocksdb::Status opened = reader.Open(path);
  EXPECT_TRUE(opened.ok()) << opened.ToString();
  if (!opened.ok()) return false;
  const std::unique_ptr<rocksdb::Iterator> entry(reader.NewIterator(rocksdb::ReadOptions()));
  for (entry->SeekToFirst(); entry->Valid(); entry->Next()) {
    for (const rocksdb::Slice& part : {entry->key(), entry->value()}) {
      if (absl::StrContains(absl::string_view(part.data(), part.size()), bytes)) return true;
    }
  }
  EXPECT_TRUE(entry->status().ok()) << entry->status().ToString();
  return false;
}

}  // namespace

std::vector<std::string> FilesWith(const std::filesystem::path& folder, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const bool is_table = entry.path().extension() == ".sst";
    if (IsInFile(entry.path(), bytes) || (is_table && IsInTable(entry.path(), bytes))) {
      found.push_back(entry.path().filename());
    }
  }
  return found;
}

}  // namespace bedside
