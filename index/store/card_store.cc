#include "index/store/card_store.h"

#include <algorithm>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// The cards in the order of time, and where each is.
constexpr absl::string_view kShown = "s";
constexpr absl::string_view kByUuid = "u";

// "s" and 14 digits, so that keys are in the order of time; no card is of before 1970.
constexpr size_t kTimeKeyBytes = 15;
constexpr int64_t kLatest = (int64_t{1} << 56) - 1;
std::string TimeKey(int64_t micros) {
  return absl::StrCat(kShown, absl::StrFormat("%014x", std::min(std::max<int64_t>(0, micros), kLatest)));
}

std::string ShownKey(const storage::CardRecord& card) {
  return absl::StrCat(TimeKey(card.show_time_micros()), "-", card.uuid());
}

std::string UuidKey(absl::string_view uuid) { return absl::StrCat(kByUuid, uuid); }

absl::Status Damaged() {
  return absl::DataLossError("the record of a card is damaged. Restore the store from a backup.");
}

}  // namespace

absl::StatusOr<std::unique_ptr<CardStore>> CardStore::Create(Database* database) {
  auto store = absl::WrapUnique(new CardStore(database));
  absl::MutexLock lock(&store->mutex_);
  RETURN_IF_ERROR(database->Scan(Family::kCards, kByUuid, "", [&](absl::string_view, absl::string_view) {
    ++store->count_;
    return true;
  }));
  return store;
}

absl::Status CardStore::Put(absl::Span<const storage::CardRecord> cards) {
  WriteBatch batch;
  for (const storage::CardRecord& card : cards) {
    batch.Put(Family::kCards, ShownKey(card), card.SerializeAsString());
    batch.Put(Family::kCards, UuidKey(card.uuid()), ShownKey(card));
  }
  absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kBuffered));
  count_ += cards.size();
  return absl::OkStatus();
}

absl::StatusOr<storage::CardRecord> CardStore::Get(absl::string_view uuid) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> key, database_->Get(Family::kCards, UuidKey(uuid)));
  if (!key.has_value()) return absl::NotFoundError("no such card is recorded, or not any more");
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes, database_->Get(Family::kCards, *key));
  storage::CardRecord card;
  if (!bytes.has_value() || !card.ParseFromString(*bytes) || card.uuid() != uuid) return Damaged();
  return card;
}

absl::Status CardStore::Change(const std::set<std::string>& uuids,
                               const std::function<absl::Status(storage::CardRecord*)>& change) {
  WriteBatch batch;
  // None is trimmed meanwhile.
  absl::MutexLock lock(&mutex_);
  for (const std::string& uuid : uuids) {
    ASSIGN_OR_RETURN(storage::CardRecord card, Get(uuid));
    RETURN_IF_ERROR(change(&card));
    batch.Put(Family::kCards, ShownKey(card), card.SerializeAsString());
  }
  return database_->Write(batch, Database::Durability::kSynced);
}

absl::Status CardStore::Scan(int64_t begin_micros, int64_t end_micros,
                             const std::function<bool(const storage::CardRecord&)>& visit) const {
  const std::string end = TimeKey(end_micros);
  bool readable = true;
  RETURN_IF_ERROR(database_->Scan(Family::kCards, kShown, TimeKey(begin_micros),
                                  [&](absl::string_view key, absl::string_view value) {
                                    if (key >= end) return false;
                                    storage::CardRecord card;
                                    readable = card.ParseFromArray(value.data(), static_cast<int>(value.size()));
                                    return readable && visit(card);
                                  }));
  return readable ? absl::OkStatus() : Damaged();
}

absl::Status CardStore::Trim(uint64_t most, int64_t oldest_micros, size_t limit) {
  absl::MutexLock lock(&mutex_);
  const uint64_t beyond = count_ > most ? count_ - most : 0;
  const std::string oldest = TimeKey(oldest_micros);
  WriteBatch batch;
  size_t removed = 0;
  RETURN_IF_ERROR(database_->Scan(Family::kCards, kShown, "", [&](absl::string_view key, absl::string_view) {
    if (removed >= limit || (removed >= beyond && key >= oldest)) return false;
    batch.Delete(Family::kCards, key);
    batch.Delete(Family::kCards, UuidKey(key.substr(kTimeKeyBytes + 1)));
    ++removed;
    return true;
  }));
  if (removed == 0) return absl::OkStatus();
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kBuffered));
  count_ -= removed;
  return absl::OkStatus();
}

}  // namespace bedside
