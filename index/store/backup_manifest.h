// The file BACKUP of a backup: what is in it. It is written last, so that a backup without it is one that was not
// finished. Format: docs/formats/backup.md.
#ifndef BEDSIDE_INDEX_STORE_BACKUP_MANIFEST_H_
#define BEDSIDE_INDEX_STORE_BACKUP_MANIFEST_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/bedside/storage/backup.pb.h"

namespace bedside {

constexpr char kBackupManifestName[] = "BACKUP";
constexpr uint32_t kBackupFormatVersion = 1;

// Synced, but for the name in its folder. Errors are those of WriteSynced.
absl::Status WriteBackupManifest(const std::string& folder, const storage::BackupManifest& manifest);

// NOT_FOUND: there is no such folder. FAILED_PRECONDITION: no backup, or one that was not finished, or of another
// format version. DATA_LOSS: the file is damaged.
absl::StatusOr<storage::BackupManifest> ReadBackupManifest(const std::string& folder);

// What the folder holds without BACKUP: names, sizes and SHA-256. DATA_LOSS: a file cannot be read.
// FAILED_PRECONDITION: something in it is no file.
absl::StatusOr<storage::BackupManifest> ListBackupFiles(const std::string& folder);

// Compares what is in the folder with what the manifest says. DATA_LOSS: a file is missing or another one than was
// written. FAILED_PRECONDITION: there is one more. Cost: reads everything.
absl::Status CheckBackupFiles(const std::string& folder, const storage::BackupManifest& manifest);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_BACKUP_MANIFEST_H_
