#include "tools/store/store_commands.h"

#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "index/generation/generation.h"
#include "index/status/status_macros.h"
#include "index/store/backup_manifest.h"
#include "index/store/evidence_store.h"
#include "index/store/store_backup.h"

namespace bedside {
namespace {

constexpr char kHelp[] =
    R"(usage: bedside_store backup STORE FOLDER
       bedside_store restore FOLDER STORE
       bedside_store verify STORE

Takes a backup of a store, makes a store of a backup, or reads a store
through. STORE is the folder that index.store_path of the configuration names.

  backup   makes FOLDER, which must not exist, and puts all of the store in it,
           with a file BACKUP that says what it is. No server may have the
           store open: while one has, use `bedside backup NAME`. On the file
           system of the store the tables are hard links: copy FOLDER
           elsewhere, where the same failure does not reach it
  restore  compares FOLDER with its file BACKUP, and makes STORE of it, which
           must not exist or be an empty folder. STORE appears as a whole or
           not at all
  verify   compares all of STORE with its checksums, opens every generation
           and counts. A server may have it open. STORE may be a backup, which
           is then compared with its file BACKUP, too
  --help   this text

What is deleted from the store later stays in its backups: remove those that
hold it.

Exit status: 0 done; 1 failed; 2 a bad command line.
)";

std::string TextOf(const storage::BackupManifest& manifest) {
  uint64_t bytes = 0;
  for (const storage::BackupFile& file : manifest.files()) bytes += file.size_bytes();
  std::string text =
      absl::StrCat("  ", manifest.files_size(), " files, ", bytes, " bytes; schema ", manifest.schema(), ", change ",
                   manifest.last_change(), ", taken ",
                   absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", absl::FromUnixMicros(manifest.create_time_micros()),
                                    absl::UTCTimeZone()),
                   "\n");
  for (const storage::BackupGeneration& generation : manifest.generations()) {
    absl::StrAppend(&text, "  corpus ", generation.corpus(), ", generation ", generation.generation(),
                    generation.active() ? ", active" : "", "\n");
  }
  return text;
}

absl::Status RunBackup(const std::string& store, const std::string& folder, std::ostream* out) {
  std::error_code error;
  if (!std::filesystem::exists(absl::StrCat(store, "/CURRENT"), error)) {
    return absl::NotFoundError(absl::StrCat("no store at ", store));
  }
  absl::StatusOr<std::unique_ptr<Database>> database = Database::Open(store, Database::Access::kReadWrite);
  if (absl::IsUnavailable(database.status())) {
    return absl::UnavailableError(absl::StrCat(
        "the store at ", store, " is in use by another process. When that is a server, use `bedside backup`."));
  }
  RETURN_IF_ERROR(database.status());
  ASSIGN_OR_RETURN(const storage::BackupManifest manifest, BackUp(database->get(), folder, absl::Now()));
  *out << "Backed up " << store << " to " << folder << "\n" << TextOf(manifest);
  return absl::OkStatus();
}

absl::Status RunRestore(const std::string& folder, const std::string& store, std::ostream* out) {
  ASSIGN_OR_RETURN(const storage::BackupManifest manifest, Restore(folder, store));
  *out << "Restored " << store << " from " << folder << "\n" << TextOf(manifest);
  return absl::OkStatus();
}

absl::Status VerifyCorpus(EvidenceStore& store, const std::string& corpus, std::ostream* out) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, store.manifests().Current(corpus));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> kept, store.manifests().Manifests(corpus));
  for (const storage::Manifest& manifest : kept) {
    ASSIGN_OR_RETURN(const std::shared_ptr<const Generation> generation,
                     Generation::Open(store.segments(), manifest, config::VectorIndexConfig()));
    *out << "  corpus " << corpus << ", generation " << manifest.generation() << ": " << generation->documents().size()
         << " documents, " << generation->passages() << " passages"
         << (manifest.generation() == active ? ", active" : "") << "\n";
  }
  return absl::OkStatus();
}

absl::Status RunVerify(const std::string& path, std::ostream* out) {
  std::error_code error;
  if (std::filesystem::exists(absl::StrCat(path, "/", kBackupManifestName), error)) {
    ASSIGN_OR_RETURN(const storage::BackupManifest manifest, ReadBackupManifest(path));
    RETURN_IF_ERROR(CheckBackupFiles(path, manifest));
    *out << "A backup, as it was taken\n" << TextOf(manifest);
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> store, EvidenceStore::Open(path, Database::Access::kReadOnly));
  RETURN_IF_ERROR(store->database().VerifyChecksums());
  *out << "The store at " << path << ": checksums are right; change " << store->changes().last_sequence() << "\n";
  ASSIGN_OR_RETURN(const std::vector<std::string> corpora, store->manifests().Corpora());
  for (const std::string& corpus : corpora) RETURN_IF_ERROR(VerifyCorpus(*store, corpus, out));
  return absl::OkStatus();
}

// Unset: `arguments` is no command.
absl::optional<absl::Status> Run(const std::vector<std::string>& arguments, std::ostream* out) {
  if (arguments.size() == 3 && arguments[0] == "backup") return RunBackup(arguments[1], arguments[2], out);
  if (arguments.size() == 3 && arguments[0] == "restore") return RunRestore(arguments[1], arguments[2], out);
  if (arguments.size() == 2 && arguments[0] == "verify") return RunVerify(arguments[1], out);
  return absl::nullopt;
}

}  // namespace

int RunStoreCommand(const std::vector<std::string>& arguments, std::ostream* out, std::ostream* err) {
  for (const std::string& argument : arguments) {
    if (argument != "--help" && argument != "-h") continue;
    *out << kHelp;
    return 0;
  }
  const absl::optional<absl::Status> status = Run(arguments, out);
  if (!status.has_value()) {
    *err << "bedside_store: wanted backup STORE FOLDER, restore FOLDER STORE or verify STORE; see --help\n";
    return 2;
  }
  if (status->ok()) return 0;
  *err << "bedside_store: " << status->message() << "\n";
  return 1;
}

}  // namespace bedside
