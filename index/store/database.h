// The RocksDB database of the evidence: a fixed set of column families, as absl::Status. The one class that includes
// RocksDB; what is written to the families is decided by the classes beside it.
//
// One process at a time may have the database open for writing; any number may read it, each from the state at which it
// opened: its files stay open, so that they can be read also when the writer has removed them. Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_DATABASE_H_
#define BEDSIDE_INDEX_STORE_DATABASE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/store/write_batch.h"

namespace rocksdb {
class Env;
}

namespace bedside {

class Database {
 public:
  enum class Access { kReadWrite, kReadOnly };
  enum class Durability {
    // Survives a crash of the process, not of the machine.
    kBuffered,
    // On disk before the call returns.
    kSynced,
  };

  // Creates the folder when `access` is kReadWrite and there is none, and the families that a store of an earlier
  // version lacks; read only, those are empty. UNAVAILABLE: another process writes it, or, read-only, changed it again
  // and again while it was opened. NOT_FOUND: no database there,
  // and read-only. DATA_LOSS: RocksDB finds it corrupt, or it has less than was known to be on disk (StoreWitness).
  // FAILED_PRECONDITION: written by a version with another schema. RESOURCE_EXHAUSTED: no space, which is less than
  // 1 MiB to write it.
  // `env`: what tests put between RocksDB and the disk, and must outlive the database; null: nothing.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path, Access access,
                                                        rocksdb::Env* env = nullptr);
  ~Database();

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Unset when there is no such key. DATA_LOSS: a checksum is wrong.
  absl::StatusOr<absl::optional<std::string>> Get(Family family, absl::string_view key) const;

  // One result a key, in their order.
  absl::StatusOr<std::vector<absl::optional<std::string>>> MultiGet(Family family,
                                                                    const std::vector<std::string>& keys) const;

  // Calls `visit` with the keys that begin with `prefix`, bytewise ascending, from `from` on (a whole key; empty: from
  // the first), until it returns false.
  absl::Status Scan(Family family, absl::string_view prefix, absl::string_view from,
                    const std::function<bool(absl::string_view key, absl::string_view value)>& visit) const;

  // All of the batch or nothing. RESOURCE_EXHAUSTED: no space; some seconds after there is some again, writes succeed.
  // INTERNAL: the disk failed; further writes may fail until the store is opened anew. Reads go on. PERMISSION_DENIED:
  // opened read-only.
  absl::Status Write(const WriteBatch& batch, Durability durability);

  // Reads every file of every family and compares each block with its checksum. DATA_LOSS names the first that differs.
  // UNAVAILABLE: opened read-only, and the writer has removed one meanwhile.
  // Cost: reads the whole store.
  absl::Status VerifyChecksums() const;

  // Writes every file anew without what was deleted or overwritten, and gives up the logs: bytes that no key leads to
  // are in no file of the store any more. Cost: reads and writes the whole store; reads and writes go on meanwhile.
  absl::Status Compact();

  // Puts everything that was written so far on disk.
  absl::Status Sync();

  // Makes `folder`, which must not exist, a copy of the store as it is now that opens by itself; reads and writes go on
  // meanwhile. Tables are hard links where both are on one file system. Not everything of it is on disk afterwards.
  // ALREADY_EXISTS: something is there. NOT_FOUND: there is no folder to make it in. RESOURCE_EXHAUSTED: no space.
  // PERMISSION_DENIED: opened read-only. REQUIRES: no other call with the same `folder` runs.
  absl::Status Checkpoint(const std::string& folder);

  // Version of the schema when the store was opened: see schema_version.h.
  uint32_t schema() const;
  // RocksDB's own number of the last write.
  uint64_t last_write() const;

  const std::string& path() const;

 private:
  struct Handles;
  explicit Database(std::unique_ptr<Handles> handles);

  static absl::Status OpenForReading(rocksdb::Env* env, Handles* handles);
  static absl::Status OpenForWriting(rocksdb::Env* env, Handles* handles);

  std::unique_ptr<Handles> handles_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_DATABASE_H_
