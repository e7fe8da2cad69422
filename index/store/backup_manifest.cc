#include "index/store/backup_manifest.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/hash/file_sha256.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "index/store/synced_files.h"

namespace bedside {
namespace {

constexpr absl::string_view kSealBegin = "# sha256 ";

std::string FileOf(const std::string& folder) { return absl::StrCat(folder, "/", kBackupManifestName); }

std::string SealOf(absl::string_view text) { return absl::StrCat(kSealBegin, Sha256Hex(text), "\n"); }

absl::Status Damaged(const std::string& folder, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the backup in ", folder, " is damaged: ", what, ". Take another backup."));
}

absl::StatusOr<std::string> ReadManifestFile(const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    return absl::NotFoundError(absl::StrCat("there is no folder ", folder));
  }
  std::ifstream input(FileOf(folder), std::ios::binary);
  if (!input) {
    return absl::FailedPreconditionError(absl::StrCat(folder, " has no file ", kBackupManifestName,
                                                      ": it is no backup, or one that was not finished. Use another."));
  }
  return std::string((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
}

// By name.
absl::StatusOr<std::vector<std::string>> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name == kBackupManifestName) continue;
    if (!std::filesystem::is_regular_file(entry->symlink_status())) {
      return absl::FailedPreconditionError(
          absl::StrCat(folder, " holds ", name, ", which is no file of a backup. Remove it, or use another backup."));
    }
    names.push_back(name);
  }
  if (error) return absl::DataLossError(absl::StrCat("the folder ", folder, " cannot be read: ", error.message()));
  std::sort(names.begin(), names.end());
  return names;
}

absl::Status CheckNames(const std::string& folder, const std::vector<std::string>& names,
                        const storage::BackupManifest& manifest) {
  std::vector<std::string> wanted;
  for (const storage::BackupFile& file : manifest.files()) wanted.push_back(file.name());
  std::sort(wanted.begin(), wanted.end());
  std::vector<std::string> differing;
  std::set_difference(wanted.begin(), wanted.end(), names.begin(), names.end(), std::back_inserter(differing));
  if (!differing.empty()) return Damaged(folder, absl::StrCat("its file ", differing[0], " is missing"));
  std::set_difference(names.begin(), names.end(), wanted.begin(), wanted.end(), std::back_inserter(differing));
  if (differing.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the backup in ", folder, " has a file ", differing[0],
                                                    " that is not of it. Remove it, or use another backup."));
}

}  // namespace

absl::Status WriteBackupManifest(const std::string& folder, const storage::BackupManifest& manifest) {
  std::string text;
  if (!google::protobuf::TextFormat::PrintToString(manifest, &text)) {
    return absl::InternalError("what a backup holds cannot be written as text");
  }
  return WriteSynced(FileOf(folder), absl::StrCat(text, SealOf(text)));
}

absl::StatusOr<storage::BackupManifest> ReadBackupManifest(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::string content, ReadManifestFile(folder));
  const size_t seal = content.rfind(std::string(kSealBegin));
  const absl::string_view text = absl::string_view(content).substr(0, seal);
  if (seal == std::string::npos || content.substr(seal) != SealOf(text)) {
    return Damaged(folder, absl::StrCat("its file ", kBackupManifestName, " is not as it was written"));
  }
  storage::BackupManifest manifest;
  // Fields of later versions make it no worse to say which version it is.
  google::protobuf::TextFormat::Parser parser;
  parser.AllowUnknownField(true);
  if (!parser.ParseFromString(std::string(text), &manifest)) {
    return Damaged(folder, absl::StrCat("its file ", kBackupManifestName, " does not parse"));
  }
  if (manifest.format_version() == kBackupFormatVersion) return manifest;
  return absl::FailedPreconditionError(absl::StrCat("the backup in ", folder, " has format version ",
                                                    manifest.format_version(), ", wanted ", kBackupFormatVersion,
                                                    ". Use the version of Bedside that made it."));
}

absl::StatusOr<storage::BackupManifest> ListBackupFiles(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(folder));
  storage::BackupManifest listed;
  for (const std::string& name : names) {
    storage::BackupFile* file = listed.add_files();
    file->set_name(name);
    const std::string path = absl::StrCat(folder, "/", name);
    std::error_code error;
    file->set_size_bytes(std::filesystem::file_size(path, error));
    ASSIGN_OR_RETURN(*file->mutable_sha256(), FileSha256Hex(path));
    if (error) return absl::DataLossError(absl::StrCat(path, " cannot be read: ", error.message()));
  }
  return listed;
}

absl::Status CheckBackupFiles(const std::string& folder, const storage::BackupManifest& manifest) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(folder));
  RETURN_IF_ERROR(CheckNames(folder, names, manifest));
  for (const storage::BackupFile& file : manifest.files()) {
    const std::string path = absl::StrCat(folder, "/", file.name());
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(path, error);
    if (error || size != file.size_bytes()) {
      return Damaged(folder,
                     absl::StrCat("its file ", file.name(), " has ", size, " bytes, wanted ", file.size_bytes()));
    }
    ASSIGN_OR_RETURN(const std::string sha256, FileSha256Hex(path));
    if (sha256 == file.sha256()) continue;
    return Damaged(folder, absl::StrCat("its file ", file.name(), " has SHA-256 ", sha256, ", wanted ", file.sha256()));
  }
  return absl::OkStatus();
}

}  // namespace bedside
