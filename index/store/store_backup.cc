#include "index/store/store_backup.h"

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "index/store/backup_manifest.h"
#include "index/store/change_log.h"
#include "index/store/manifest_store.h"
#include "index/store/store_witness.h"
#include "index/store/synced_files.h"

namespace bedside {
namespace {

// Room for what a store needs beside its files.
constexpr uint64_t kSpareBytes = uint64_t{1} << 20;

// Absolute, without a slash at its end.
std::filesystem::path WholePath(const std::string& path) {
  const std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

absl::Status AddGenerations(Database* database, storage::BackupManifest* manifest) {
  const ManifestStore manifests(database);
  ASSIGN_OR_RETURN(const std::vector<std::string> corpora, manifests.Corpora());
  for (const std::string& corpus : corpora) {
    ASSIGN_OR_RETURN(const absl::optional<std::string> active, manifests.Current(corpus));
    ASSIGN_OR_RETURN(const std::vector<storage::Manifest> kept, manifests.Manifests(corpus));
    for (const storage::Manifest& generation : kept) {
      storage::BackupGeneration* added = manifest->add_generations();
      added->set_corpus(corpus);
      added->set_generation(generation.generation());
      added->set_active(generation.generation() == active);
    }
  }
  return absl::OkStatus();
}

// What the store in `folder` is, without its files.
absl::StatusOr<storage::BackupManifest> Describe(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(folder, Database::Access::kReadOnly));
  ASSIGN_OR_RETURN(const std::unique_ptr<ChangeLog> changes, ChangeLog::Create(database.get()));
  storage::BackupManifest manifest;
  manifest.set_format_version(kBackupFormatVersion);
  manifest.set_schema(absl::StrCat(database->schema()));
  manifest.set_last_change(changes->last_sequence());
  manifest.set_last_write(database->last_write());
  RETURN_IF_ERROR(AddGenerations(database.get(), &manifest));
  return manifest;
}

absl::Status SyncAll(const std::string& folder, const storage::BackupManifest& manifest) {
  for (const storage::BackupFile& file : manifest.files()) {
    RETURN_IF_ERROR(SyncPath(absl::StrCat(folder, "/", file.name())));
  }
  return SyncPath(folder);
}

absl::Status CheckTarget(const std::string& store_path) {
  std::error_code error;
  const bool exists = std::filesystem::exists(std::filesystem::symlink_status(store_path, error));
  if (!exists || (std::filesystem::is_directory(store_path, error) && std::filesystem::is_empty(store_path, error))) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat("there is something at ", store_path,
                   " already. Stop the server that uses it and move it away, or restore to a path where nothing is."));
}

absl::Status CheckRoom(const std::string& parent, const storage::BackupManifest& manifest) {
  uint64_t wanted = kSpareBytes;
  for (const storage::BackupFile& file : manifest.files()) wanted += file.size_bytes();
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(parent, error);
  if (error) return absl::NotFoundError(absl::StrCat("there is no folder ", parent, " to restore to: make it"));
  if (space.available >= wanted) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("no space left in ", parent, ": ", space.available,
                                                   " bytes are free, wanted ", wanted, ". Make room."));
}

// What was copied must be the store that the manifest tells of.
absl::Status CheckOpens(const std::string& folder, const storage::BackupManifest& manifest) {
  ASSIGN_OR_RETURN(const storage::BackupManifest found, Describe(folder));
  if (found.schema() == manifest.schema() && found.last_change() == manifest.last_change() &&
      found.last_write() == manifest.last_write() && found.generations_size() == manifest.generations_size()) {
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrCat("the backup holds change ", found.last_change(), " and ",
                                          found.generations_size(), " generations, its manifest says ",
                                          manifest.last_change(), " and ", manifest.generations_size(),
                                          ". Take another backup."));
}

absl::Status CopyAll(const std::string& from, const std::string& to, const storage::BackupManifest& manifest) {
  for (const storage::BackupFile& file : manifest.files()) {
    RETURN_IF_ERROR(CopySynced(absl::StrCat(from, "/", file.name()), absl::StrCat(to, "/", file.name())));
  }
  RETURN_IF_ERROR(SyncPath(to));
  RETURN_IF_ERROR(CheckBackupFiles(to, manifest));
  return CheckOpens(to, manifest);
}

}  // namespace

absl::StatusOr<storage::BackupManifest> BackUp(Database* database, const std::string& folder, absl::Time now) {
  RETURN_IF_ERROR(database->Checkpoint(folder));
  auto remove = absl::MakeCleanup([&folder] {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
  });
  ASSIGN_OR_RETURN(storage::BackupManifest manifest, Describe(folder));
  manifest.set_create_time_micros(absl::ToUnixMicros(now));
  StoreWitness(folder).Note(manifest.last_write());
  ASSIGN_OR_RETURN(storage::BackupManifest listed, ListBackupFiles(folder));
  manifest.mutable_files()->Swap(listed.mutable_files());
  RETURN_IF_ERROR(SyncAll(folder, manifest));
  RETURN_IF_ERROR(WriteBackupManifest(folder, manifest));
  RETURN_IF_ERROR(SyncPath(folder));
  RETURN_IF_ERROR(SyncPath(WholePath(folder).parent_path().string()));
  std::move(remove).Cancel();
  return manifest;
}

absl::StatusOr<storage::BackupManifest> Restore(const std::string& folder, const std::string& store_path) {
  ASSIGN_OR_RETURN(storage::BackupManifest manifest, ReadBackupManifest(folder));
  RETURN_IF_ERROR(CheckTarget(store_path));
  const std::filesystem::path target = WholePath(store_path);
  const std::string parent = target.parent_path().string();
  RETURN_IF_ERROR(CheckRoom(parent, manifest));
  RETURN_IF_ERROR(CheckBackupFiles(folder, manifest));
  const std::string beside = absl::StrCat(target.string(), ".restoring-", getpid());
  std::error_code error;
  if (!std::filesystem::create_directory(beside, error)) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot make the folder ", beside, ": ", error ? error.message() : "there is one. Remove it."));
  }
  auto remove = absl::MakeCleanup([&beside] {
    std::error_code ignored;
    std::filesystem::remove_all(beside, ignored);
  });
  RETURN_IF_ERROR(CopyAll(folder, beside, manifest));
  // An empty folder gives way; one that was filled meanwhile does not.
  std::filesystem::rename(beside, target, error);
  if (error) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot put the restored store at ", store_path, ": ", error.message()));
  }
  std::move(remove).Cancel();
  RETURN_IF_ERROR(SyncPath(parent));
  return manifest;
}

}  // namespace bedside
