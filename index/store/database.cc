#include "index/store/database.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/store/database_log.h"
#include "index/store/manifest_witness.h"
#include "index/store/schema_version.h"
#include "index/store/store_witness.h"

namespace bedside {
namespace {

// In the order of Family; versions of the code add some at the end. "default" must exist and stays empty.
constexpr std::array<const char*, 13> kFamilyNames = {
    "documents", "heads", "passages", "vectors",      "token_vectors", "status", "changes",
    "pieces",    "meta",  "answers",  "answer_index", "feedback",      "cards"};

rocksdb::Slice AsSlice(absl::string_view text) { return {text.data(), text.size()}; }
absl::string_view AsView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// What RocksDB says, with the folder and what to do.
absl::Status AsStatus(const rocksdb::Status& status, const std::string& path) {
  if (status.ok()) return absl::OkStatus();
  const std::string cause = status.ToString();
  // A file that the store names and that is gone is an I/O error to RocksDB.
  if (status.IsCorruption() || status.IsPathNotFound()) {
    return absl::DataLossError(
        absl::StrCat("the store at ", path, " is corrupt: ", cause, ". Restore it from a backup, or ingest again."));
  }
  if (status.IsNoSpace()) return absl::ResourceExhaustedError(absl::StrCat("no space left for the store at ", path));
  if (status.IsNotSupported()) {
    return absl::PermissionDeniedError(absl::StrCat("the store at ", path, " is open for reading only"));
  }
  if (absl::StrContains(cause, "While lock file") || absl::StrContains(cause, "lock hold by current process")) {
    return absl::UnavailableError(
        absl::StrCat("the store at ", path, " is in use by another process. Stop it, or import through the server."));
  }
  return absl::InternalError(absl::StrCat("the store at ", path, " failed: ", cause));
}

// Blocks of all column families that were read lately: the tokens of some ten thousand passages.
constexpr size_t kCachedBlockBytes = size_t{64} << 20;

// A search reads the tokens of a hundred passages from all over the family: a block holds about one.
constexpr size_t kTokenBlockBytes = 4 * 1024;
constexpr size_t kBlockBytes = 16 * 1024;

rocksdb::ColumnFamilyOptions FamilyOptions(absl::string_view name, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = name == "token_vectors" ? kTokenBlockBytes : kBlockBytes;
  table.block_cache = cache;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  const bool compressible = name == "documents" || name == "passages" || name == "answers";
  options.compression = compressible ? rocksdb::kZSTD : rocksdb::kNoCompression;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> Families() {
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, {}}};
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kCachedBlockBytes);
  for (const char* name : kFamilyNames) families.push_back({name, FamilyOptions(name, cache)});
  return families;
}

// What is in the logs is read anew at every open, by readers too, which follow a writer within two seconds: 120 MiB
// took a second on a busy machine of two cores, 500 MiB up to eight.
constexpr uint64_t kMostLogBytes = uint64_t{32} << 20;

rocksdb::DBOptions Options(Database::Access access, rocksdb::Env* env) {
  rocksdb::DBOptions options;
  if (env != nullptr) options.env = env;
  options.create_if_missing = access == Database::Access::kReadWrite;
  options.create_missing_column_families = options.create_if_missing;
  options.paranoid_checks = true;
  options.track_and_verify_wals_in_manifest = true;
  options.max_total_wal_size = kMostLogBytes;
  options.info_log = std::make_shared<DatabaseLog>();
  options.max_background_jobs = 2;
  return options;
}

}  // namespace

struct Database::Handles {
  std::string path;
  uint32_t schema = 0;
  // When the store was opened for reading.
  absl::optional<FileList> files;
  // Unset when open for reading.
  std::unique_ptr<StoreWitness> witness;
  std::unique_ptr<rocksdb::DB> db;
  // In the order of Families(); fewer in a store of an earlier version that is open for reading.
  std::vector<rocksdb::ColumnFamilyHandle*> families;

  ~Handles() { Close(); }
  void Close() {
    for (rocksdb::ColumnFamilyHandle* family : families) db->DestroyColumnFamilyHandle(family);
    families.clear();
    db.reset();
  }
  bool Has(Family family) const { return static_cast<size_t>(family) + 1 < families.size(); }
  // REQUIRES: Has(family)
  rocksdb::ColumnFamilyHandle* Of(Family family) const { return families[static_cast<size_t>(family) + 1]; }
};

Database::Database(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}
Database::~Database() = default;

const std::string& Database::path() const { return handles_->path; }
uint32_t Database::schema() const { return handles_->schema; }
uint64_t Database::last_write() const { return handles_->db->GetLatestSequenceNumber(); }

namespace {

absl::Status WriteSchema(Database& database) {
  WriteBatch batch;
  batch.Put(Family::kMeta, kSchemaKey, absl::StrCat(kSchemaVersion));
  return database.Write(batch, Database::Durability::kSynced);
}

// The schema of the store; an empty one that is open for writing gets that of this version.
absl::StatusOr<uint32_t> SchemaOf(Database& database, Database::Access access) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> stored, database.Get(Family::kMeta, kSchemaKey));
  if (!stored.has_value()) {
    if (access == Database::Access::kReadOnly) {
      return absl::NotFoundError(absl::StrCat("the store at ", database.path(), " is empty. Ingest something first."));
    }
    RETURN_IF_ERROR(WriteSchema(database));
    return kSchemaVersion;
  }
  uint32_t schema = 0;
  const bool known = absl::SimpleAtoi(*stored, &schema) && schema >= 1 && schema <= kSchemaVersion;
  if (known) return schema;
  return absl::FailedPreconditionError(absl::StrCat("the store at ", database.path(), " has schema ", *stored,
                                                    ", wanted ", kSchemaVersion,
                                                    ". Use the version of Bedside that wrote it, or ingest again."));
}

// `found`: RocksDB's number of the last write.
absl::Status CheckWitness(const std::string& path, uint64_t witnessed, uint64_t found) {
  if (found >= witnessed) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      "the store at ", path, " went back in time: its last write is number ", found, ", and number ", witnessed,
      " was on disk. Restore it from a backup; or, to go on with the earlier state, remove the file ",
      StoreWitness::kFileName, " in it and import again what is missing."));
}

// RocksDB's own files fit; without them it does not fail to open, it aborts.
absl::Status CheckRoom(const std::string& path) {
  constexpr uintmax_t kLeastFreeBytes = uintmax_t{1} << 20;
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(path, error);
  if (error || space.available >= kLeastFreeBytes) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("no space left for the store at ", path, ": ", space.available,
                                                   " bytes are free, wanted ", kLeastFreeBytes, ". Make room."));
}

}  // namespace

namespace {

// How often a reader opens a store whose writer is at work, until it has opened one state of it.
constexpr int kMostAttempts = 20;

// Those that a store has: one of an earlier version lacks the last ones, and reading adds none.
std::vector<rocksdb::ColumnFamilyDescriptor> FamiliesIn(const std::string& path) {
  std::vector<std::string> names;
  std::vector<rocksdb::ColumnFamilyDescriptor> families = Families();
  if (!rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path, &names).ok()) return families;
  const auto is_missing = [&names](const rocksdb::ColumnFamilyDescriptor& family) {
    return std::find(names.begin(), names.end(), family.name) == names.end();
  };
  families.erase(std::find_if(families.begin(), families.end(), is_missing), families.end());
  return families;
}

}  // namespace

absl::Status Database::OpenForReading(rocksdb::Env* env, Handles* handles) {
  const std::string& path = handles->path;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    if (!rocksdb::Env::Default()->FileExists(path + "/CURRENT").ok()) {
      return absl::NotFoundError(absl::StrCat("no store at ", path, ". Ingest something first, or mend store_path."));
    }
    // A log may be removed once the list says that it is not needed: a reader that read the list before and looks for
    // logs after that would miss what was in one, unnoticed.
    const absl::optional<FileList> before = FileListOf(path);
    rocksdb::DB* db = nullptr;
    const rocksdb::Status opened =
        rocksdb::DB::OpenForReadOnly(Options(Access::kReadOnly, env), path, FamiliesIn(path), &handles->families, &db);
    handles->db.reset(db);
    handles->files = before;
    if (FileListOf(path) == before) return AsStatus(opened, path);
    handles->Close();
  }
  return absl::UnavailableError(
      absl::StrCat("the store at ", path, " changed while it was opened, ", kMostAttempts, " times. Try again."));
}

absl::Status Database::OpenForWriting(rocksdb::Env* env, Handles* handles) {
  const std::string& path = handles->path;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("cannot create the folder ", path, ": ", error.message()));
  RETURN_IF_ERROR(CheckRoom(path));
  rocksdb::DB* db = nullptr;
  rocksdb::DBOptions options = Options(Access::kReadWrite, env);
  const auto manifest = std::make_shared<ManifestWitness>(path);
  options.listeners.push_back(manifest);
  const rocksdb::Status opened = rocksdb::DB::Open(options, path, Families(), &handles->families, &db);
  handles->db.reset(db);
  if (opened.ok()) manifest->Note(db);
  return AsStatus(opened, path);
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& path, Access access, rocksdb::Env* env) {
  auto handles = std::make_unique<Handles>();
  handles->path = path;
  // Before the store is read: beside a writer both grow.
  const uint64_t witnessed = StoreWitness::Read(path);
  RETURN_IF_ERROR(ManifestWitness::Check(path));
  RETURN_IF_ERROR(access == Access::kReadOnly ? OpenForReading(env, handles.get())
                                              : OpenForWriting(env, handles.get()));
  RETURN_IF_ERROR(CheckWitness(path, witnessed, handles->db->GetLatestSequenceNumber()));
  if (access == Access::kReadWrite) handles->witness = std::make_unique<StoreWitness>(path);
  auto database = std::unique_ptr<Database>(new Database(std::move(handles)));
  ASSIGN_OR_RETURN(database->handles_->schema, SchemaOf(*database, access));
  return database;
}

absl::StatusOr<absl::optional<std::string>> Database::Get(Family family, absl::string_view key) const {
  if (!handles_->Has(family)) return absl::optional<std::string>();
  std::string value;
  const rocksdb::Status status = handles_->db->Get(rocksdb::ReadOptions(), handles_->Of(family), AsSlice(key), &value);
  if (status.IsNotFound()) return absl::optional<std::string>();
  RETURN_IF_ERROR(AsStatus(status, path()));
  return absl::optional<std::string>(std::move(value));
}

absl::StatusOr<std::vector<absl::optional<std::string>>> Database::MultiGet(
    Family family, const std::vector<std::string>& keys) const {
  if (!handles_->Has(family)) return std::vector<absl::optional<std::string>>(keys.size());
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  handles_->db->MultiGet(rocksdb::ReadOptions(), handles_->Of(family), keys.size(), slices.data(), values.data(),
                         statuses.data());
  std::vector<absl::optional<std::string>> found(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    RETURN_IF_ERROR(AsStatus(statuses[i], path()));
    found[i] = values[i].ToString();
  }
  return found;
}

absl::Status Database::Scan(Family family, absl::string_view prefix, absl::string_view from,
                            const std::function<bool(absl::string_view, absl::string_view)>& visit) const {
  if (!handles_->Has(family)) return absl::OkStatus();
  const std::unique_ptr<rocksdb::Iterator> iterator(
      handles_->db->NewIterator(rocksdb::ReadOptions(), handles_->Of(family)));
  for (iterator->Seek(AsSlice(from.empty() ? prefix : from)); iterator->Valid(); iterator->Next()) {
    if (!absl::StartsWith(AsView(iterator->key()), prefix)) break;
    if (!visit(AsView(iterator->key()), AsView(iterator->value()))) break;
  }
  return AsStatus(iterator->status(), path());
}

namespace {

// A range that is deleted as one is an entry that reads of its family look at. And where a compaction keeps nothing and
// met such an entry, it makes a table without a key: if the disk fails at that one, RocksDB 7.8.3 asserts that the
// table has a smallest key, and the process ends. So ranges of few keys, and of none, are no entries.
constexpr size_t kFewKeys = 32;

// The keys of the range, up to one more than a few.
absl::StatusOr<std::vector<std::string>> FirstKeysIn(const WriteBatch::Operation& range, rocksdb::DB* db,
                                                     rocksdb::ColumnFamilyHandle* family) {
  const rocksdb::Slice end = range.value;
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &end;
  const std::unique_ptr<rocksdb::Iterator> iterator(db->NewIterator(options, family));
  std::vector<std::string> keys;
  for (iterator->Seek(range.key); iterator->Valid() && keys.size() <= kFewKeys; iterator->Next()) {
    keys.push_back(iterator->key().ToString());
  }
  RETURN_IF_ERROR(AsStatus(iterator->status(), db->GetName()));
  return keys;
}

// Whether the batch itself puts a key of the range.
bool PutsIn(const WriteBatch::Operation& range, const WriteBatch& batch) {
  return std::any_of(batch.operations().begin(), batch.operations().end(), [&](const WriteBatch::Operation& other) {
    return other.kind == WriteBatch::Operation::Kind::kPut && other.family == range.family && other.key >= range.key &&
           other.key < range.value;
  });
}

absl::Status DeleteRange(const WriteBatch::Operation& range, const WriteBatch& batch, rocksdb::DB* db,
                         rocksdb::ColumnFamilyHandle* family, rocksdb::WriteBatch* writes) {
  ASSIGN_OR_RETURN(const std::vector<std::string> keys, FirstKeysIn(range, db, family));
  if (keys.size() > kFewKeys || PutsIn(range, batch)) {
    writes->DeleteRange(family, range.key, range.value);
    return absl::OkStatus();
  }
  for (const std::string& key : keys) writes->Delete(family, key);
  return absl::OkStatus();
}

}  // namespace

absl::Status Database::Write(const WriteBatch& batch, Durability durability) {
  rocksdb::WriteBatch writes;
  for (const WriteBatch::Operation& operation : batch.operations()) {
    rocksdb::ColumnFamilyHandle* family = handles_->Of(operation.family);
    switch (operation.kind) {
      case WriteBatch::Operation::Kind::kPut:
        writes.Put(family, operation.key, operation.value);
        break;
      case WriteBatch::Operation::Kind::kDelete:
        writes.Delete(family, operation.key);
        break;
      case WriteBatch::Operation::Kind::kDeleteRange:
        RETURN_IF_ERROR(DeleteRange(operation, batch, handles_->db.get(), family, &writes));
        break;
    }
  }
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::kSynced;
  // What came before this batch, and its first change, are on disk with it; later batches of others need not be.
  const uint64_t on_disk = handles_->db->GetLatestSequenceNumber() + (writes.Count() > 0 ? 1 : 0);
  const rocksdb::Status written = handles_->db->Write(options, &writes);
  if (written.ok() && options.sync && handles_->witness != nullptr) handles_->witness->Note(on_disk);
  return AsStatus(written, path());
}

absl::Status Database::VerifyChecksums() const {
  const absl::Status verified = AsStatus(handles_->db->VerifyChecksum(), path());
  const bool changed = handles_->witness == nullptr && !(FileListOf(path()) == handles_->files);
  if (verified.ok() || !changed) return verified;
  return absl::UnavailableError(absl::StrCat("the store at ", path(), " changed while it was read. Try again."));
}

absl::Status Database::Compact() {
  RETURN_IF_ERROR(AsStatus(handles_->db->Flush(rocksdb::FlushOptions(), handles_->families), path()));
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (rocksdb::ColumnFamilyHandle* family : handles_->families) {
    RETURN_IF_ERROR(AsStatus(handles_->db->CompactRange(options, family, nullptr, nullptr), path()));
  }
  return absl::OkStatus();
}

absl::Status Database::Sync() {
  const uint64_t on_disk = handles_->db->GetLatestSequenceNumber();
  RETURN_IF_ERROR(AsStatus(handles_->db->SyncWAL(), path()));
  if (handles_->witness != nullptr) handles_->witness->Note(on_disk);
  return absl::OkStatus();
}

absl::Status Database::Checkpoint(const std::string& folder) {
  // RocksDB would copy what a writer may remove meanwhile.
  if (handles_->witness == nullptr) {
    return absl::PermissionDeniedError(absl::StrCat("the store at ", path(), " is open for reading only"));
  }
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(folder, error))) {
    return absl::AlreadyExistsError(absl::StrCat("there is a ", folder, " already. Use another name."));
  }
  const std::filesystem::path whole = std::filesystem::absolute(folder).lexically_normal();
  if (!std::filesystem::is_directory(whole.parent_path(), error)) {
    return absl::NotFoundError(absl::StrCat("there is no folder ", whole.parent_path().string(), ". Make it."));
  }
  rocksdb::Checkpoint* made = nullptr;
  RETURN_IF_ERROR(AsStatus(rocksdb::Checkpoint::Create(handles_->db.get(), &made), path()));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  return AsStatus(checkpoint->CreateCheckpoint(whole.string()), path());
}

}  // namespace bedside
