// Remembers, in a file of its own beside the database, up to which write the disk is known to have everything, so that
// a store that comes back with less is noticed: RocksDB itself takes a damaged log for one that ends early.
//
// Not thread-safe, but for Note.
#ifndef BEDSIDE_INDEX_STORE_STORE_WITNESS_H_
#define BEDSIDE_INDEX_STORE_STORE_WITNESS_H_

#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bedside {

class StoreWitness {
 public:
  static constexpr char kFileName[] = "LAST_SYNCED";

  // The number that the file of the store in `folder` has; 0 where there is none or it is damaged.
  static uint64_t Read(const std::string& folder);

  // `folder` exists. A file that cannot be written is no witness, and no error.
  explicit StoreWitness(const std::string& folder);
  ~StoreWitness();

  StoreWitness(const StoreWitness&) = delete;
  StoreWitness& operator=(const StoreWitness&) = delete;

  // Everything up to write `sequence` is on disk. The file is written without waiting for the disk: after a loss of
  // power it says less than is true, or nothing.
  void Note(uint64_t sequence);

 private:
  absl::Mutex mutex_;
  int file_ ABSL_GUARDED_BY(mutex_);
  uint64_t noted_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_STORE_WITNESS_H_
