// Column family `cards`: cards of CDS Hooks that were shown, and what became of them.
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_CARD_STORE_H_
#define BEDSIDE_INDEX_STORE_CARD_STORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "index/store/database.h"
#include "proto/bedside/storage/card_record.pb.h"

namespace bedside {

class CardStore {
 public:
  // `database` must outlive the store. Counts what is there: linear in it.
  static absl::StatusOr<std::unique_ptr<CardStore>> Create(Database* database);

  // Adds cards, each of a uuid of its own. A crash of the machine can lose those of the last moment, one of the process
  // none.
  absl::Status Put(absl::Span<const storage::CardRecord> cards);

  // NOT_FOUND: there is none of this uuid. DATA_LOSS: it is damaged.
  absl::StatusOr<storage::CardRecord> Get(absl::string_view uuid) const;

  // Changes the cards of these uuids, all or none, on disk before the call returns; uuid and show_time_micros stay.
  // Errors are those of Get and of `change`. REQUIRES: `change` does not call the store
  absl::Status Change(const std::set<std::string>& uuids,
                      const std::function<absl::Status(storage::CardRecord*)>& change);

  // Calls `visit` with the cards that were shown from `begin_micros` on and before `end_micros`, oldest first, until it
  // returns false. DATA_LOSS: one is damaged.
  absl::Status Scan(int64_t begin_micros, int64_t end_micros,
                    const std::function<bool(const storage::CardRecord&)>& visit) const;

  // Removes up to `limit` of the oldest: those before `oldest_micros`, and those that are more than `most`.
  absl::Status Trim(uint64_t most, int64_t oldest_micros, size_t limit);

 private:
  explicit CardStore(Database* database) : database_(database) {}

  Database* const database_;
  absl::Mutex mutex_;
  uint64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_CARD_STORE_H_
