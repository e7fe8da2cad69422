#include "index/store/manifest_witness.h"

#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "index/hash/sha256.h"

namespace bedside {
namespace {

std::string LineOf(absl::string_view name, uint64_t size) {
  const std::string said = absl::StrCat(name, " ", size);
  return absl::StrCat(said, " ", Sha256Hex(said));
}

std::string FirstLine(const std::string& path) {
  std::string line;
  std::ifstream input(path);
  std::getline(input, line);
  return line;
}

}  // namespace

absl::optional<FileList> FileListOf(const std::string& folder) {
  FileList list;
  list.name = FirstLine(absl::StrCat(folder, "/CURRENT"));
  std::error_code error;
  list.size = std::filesystem::file_size(absl::StrCat(folder, "/", list.name), error);
  return list.name.empty() || error ? absl::nullopt : absl::make_optional(std::move(list));
}

absl::Status ManifestWitness::Check(const std::string& folder) {
  const std::string line = FirstLine(absl::StrCat(folder, "/", kFileName));
  const std::vector<std::string> fields = absl::StrSplit(line, ' ');
  uint64_t noted = 0;
  if (fields.size() != 3 || !absl::SimpleAtoi(fields[1], &noted) || line != LineOf(fields[0], noted)) {
    return absl::OkStatus();
  }
  const absl::optional<FileList> list = FileListOf(folder);
  if (!list.has_value() || list->name != fields[0] || list->size >= noted) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      "the store at ", folder, " went back in time: its list of files, ", list->name, ", has ", list->size,
      " bytes, and ", noted, " were on disk. Restore it from a backup; or, to go on with what is left, remove the ",
      "file ", kFileName, " in it and import again what is missing."));
}

void ManifestWitness::Note(rocksdb::DB* db) {
  std::vector<std::string> files;
  uint64_t size = 0;
  if (!db->GetLiveFiles(files, &size, /*flush_memtable=*/false).ok()) return;
  for (const std::string& file : files) {
    const absl::string_view name = absl::StripPrefix(file, "/");
    if (!absl::StartsWith(name, "MANIFEST-")) continue;
    absl::MutexLock lock(&mutex_);
    if (name == name_ && size <= size_) return;
    name_ = std::string(name);
    size_ = size;
    // Beside and renamed: a reader finds a whole line.
    const std::string path = absl::StrCat(folder_, "/", kFileName);
    std::ofstream(path + ".new", std::ios::trunc) << LineOf(name, size) << "\n";
    std::error_code error;
    std::filesystem::rename(path + ".new", path, error);
  }
}

}  // namespace bedside
