// The file LAST_MANIFEST in the folder of a store: how long RocksDB's own list of its files (MANIFEST) is known to be
// on disk. RocksDB takes a list that was cut off for one that ends there, and what was flushed since is gone without a
// word, as the logs are.
//
// Thread-safe. Cost: a small write after a flush or a compaction.
#ifndef BEDSIDE_INDEX_STORE_MANIFEST_WITNESS_H_
#define BEDSIDE_INDEX_STORE_MANIFEST_WITNESS_H_

#include <rocksdb/listener.h>

#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"

namespace bedside {

// RocksDB's list of the files of a store: the one that CURRENT names.
struct FileList {
  std::string name;
  // Bytes.
  uint64_t size = 0;

  friend bool operator==(const FileList& a, const FileList& b) { return a.name == b.name && a.size == b.size; }
};

// Unset where the store in `folder` has none.
absl::optional<FileList> FileListOf(const std::string& folder);

class ManifestWitness : public rocksdb::EventListener {
 public:
  static constexpr char kFileName[] = "LAST_MANIFEST";

  // To be called before the store in `folder` is opened, also beside a writer. DATA_LOSS: the list is shorter than it
  // was. OK where nothing is known of it: no such file, a damaged one, or one of another list.
  static absl::Status Check(const std::string& folder);

  explicit ManifestWitness(std::string folder) : folder_(std::move(folder)) {}

  // Notes what the open database has on disk. A file that cannot be written is no witness, and no error.
  void Note(rocksdb::DB* db);

  void OnFlushCompleted(rocksdb::DB* db, const rocksdb::FlushJobInfo& /*info*/) override { Note(db); }
  void OnCompactionCompleted(rocksdb::DB* db, const rocksdb::CompactionJobInfo& /*info*/) override { Note(db); }

 private:
  const std::string folder_;
  absl::Mutex mutex_;
  // What the file says.
  std::string name_ ABSL_GUARDED_BY(mutex_);
  uint64_t size_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_MANIFEST_WITNESS_H_
