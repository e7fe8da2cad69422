// Backups of a store: a folder that can be opened as it is, with a file that says what it holds
// (index/store/backup_manifest.h), and back again.
//
// A backup holds everything that was written before it was begun, also what is deleted from the store later: deletions
// do not reach it. On the file system of the store its tables are hard links, so that it costs little space and is no
// protection against a disk that fails: copy the folder elsewhere.
#ifndef BEDSIDE_INDEX_STORE_STORE_BACKUP_H_
#define BEDSIDE_INDEX_STORE_STORE_BACKUP_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "index/store/database.h"
#include "proto/bedside/storage/backup.pb.h"

namespace bedside {

// Makes `folder`, which must not exist, and puts everything on disk. Reads and writes of the store go on meanwhile.
// ALREADY_EXISTS: there is such a folder. NOT_FOUND: there is none to make it in. RESOURCE_EXHAUSTED: no space. Nothing
// is left behind by an error; what a crash leaves has no file BACKUP. Cost: reads the whole store.
// REQUIRES: `database` is open for writing; no other call with the same `folder` runs.
absl::StatusOr<storage::BackupManifest> BackUp(Database* database, const std::string& folder, absl::Time now);

// Makes a store at `store_path`, which must not exist or be an empty folder, of the backup in `folder`. All is compared
// with its SHA-256, copied beside the path, compared again, opened, and only then renamed.
// Errors are those of ReadBackupManifest and CheckBackupFiles, and: FAILED_PRECONDITION: something is at `store_path`.
// RESOURCE_EXHAUSTED: no space.
absl::StatusOr<storage::BackupManifest> Restore(const std::string& folder, const std::string& store_path);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_STORE_BACKUP_H_
