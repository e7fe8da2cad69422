// A disk for RocksDB that loses power, and one whose writes fail: between RocksDB and the files of this machine.
//
// Thread-safe.
#ifndef BEDSIDE_TESTS_DURABILITY_FAULT_FILE_SYSTEM_H_
#define BEDSIDE_TESTS_DURABILITY_FAULT_FILE_SYSTEM_H_

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bedside {

class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  enum class Fault { kNoSpace, kIoError };

  FaultFileSystem();
  static const char* kClassName() { return "FaultFileSystem"; }
  const char* Name() const override { return kClassName(); }

  // From the write number `first` on (0: the next one), every write fails: what appends, syncs, creates or renames.
  void FailFrom(uint64_t first, Fault fault);
  void Heal();
  // Writes since the last FailFrom.
  uint64_t writes() const;

  // The power goes: of every file what was written after its last sync is lost but for a part at random, which may be
  // noise unless the file is a MANIFEST, behind which RocksDB stands no noise; files whose name no sync of their folder
  // has reached are gone, and renamed ones have their old names. To be called when nobody has files open.
  void LosePower(std::mt19937_64* random);

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options, uint64_t* bytes,
                                 rocksdb::IODebugContext* debug) override;

  // For the files and folders that this class opens.
  rocksdb::IOStatus BeginWrite();
  void Appended(const std::string& name, uint64_t bytes);
  void Synced(const std::string& name);
  void FolderSynced(const std::string& folder);

 private:
  struct File {
    uint64_t written = 0;
    uint64_t synced = 0;
    // Whether a sync of its folder has reached its name.
    bool named = false;
    // Before it was renamed, while `named` is false; empty: it was made under its name.
    std::string old_name;
    // What had its name before, while `named` is false.
    bool replaces = false;
    std::string replaced;
  };

  void Lose(const std::string& name, const File& file, std::mt19937_64* random) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::map<std::string, File> files_ ABSL_GUARDED_BY(mutex_);
  uint64_t writes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t first_failure_ ABSL_GUARDED_BY(mutex_) = std::numeric_limits<uint64_t>::max();
  Fault fault_ ABSL_GUARDED_BY(mutex_) = Fault::kIoError;
};

// An environment whose files are on the disk. RocksDB does not pause in it; elsewhere it does for a second after each
// flush or compaction that failed, and whoever closes the store waits for that.
std::unique_ptr<rocksdb::Env> EnvironmentOn(std::shared_ptr<FaultFileSystem> disk);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_DURABILITY_FAULT_FILE_SYSTEM_H_
