#include "index/store/answer_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/store/store_keys.h"

namespace bedside {
namespace {

std::string AnswerKey(absl::string_view corpus, absl::string_view id) {
  std::string key;
  AppendText(corpus, &key);
  key.append(id.data(), id.size());
  return key;
}

// Of `answer_index`: one in the order of time, and one for each document.
constexpr absl::string_view kByTime = "t";

std::string TimeKey(absl::string_view id) { return absl::StrCat(kByTime, id); }

std::string DocumentPrefix(absl::string_view corpus, absl::string_view document) {
  std::string key = "d";
  AppendText(corpus, &key);
  AppendText(document, &key);
  return key;
}

std::string DocumentKey(absl::string_view corpus, absl::string_view document, absl::string_view id) {
  return absl::StrCat(DocumentPrefix(corpus, document), id);
}

void DeleteFeedback(absl::string_view corpus, absl::string_view id, WriteBatch* batch) {
  std::string begin = AnswerKey(corpus, id);
  std::string end = begin;
  begin.push_back('\0');
  end.push_back('\1');
  batch->DeleteRange(Family::kFeedback, begin, end);
}

void AddTo(const storage::AnswerRecord& record, WriteBatch* batch) {
  batch->Put(Family::kAnswers, AnswerKey(record.corpus(), record.id()), record.SerializeAsString());
  batch->Put(Family::kAnswerIndex, TimeKey(record.id()), record.corpus());
  for (const std::string& document : record.documents()) {
    batch->Put(Family::kAnswerIndex, DocumentKey(record.corpus(), document, record.id()), "");
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<AnswerStore>> AnswerStore::Create(Database* database) {
  auto store = std::unique_ptr<AnswerStore>(new AnswerStore(database));
  absl::MutexLock lock(&store->mutex_);
  RETURN_IF_ERROR(database->Scan(Family::kAnswerIndex, kByTime, "", [&](absl::string_view, absl::string_view) {
    ++store->count_;
    return true;
  }));
  return store;
}

absl::Status AnswerStore::Put(absl::Span<const storage::AnswerRecord> records) {
  WriteBatch batch;
  for (const storage::AnswerRecord& record : records) AddTo(record, &batch);
  absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kBuffered));
  count_ += records.size();
  // A clock that was set back gives ids that are older than what was trimmed.
  for (const storage::AnswerRecord& record : records) trimmed_ = std::min(trimmed_, record.id());
  return absl::OkStatus();
}

absl::StatusOr<storage::AnswerRecord> AnswerStore::Get(absl::string_view corpus, absl::string_view id) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes, database_->Get(Family::kAnswers, AnswerKey(corpus, id)));
  if (!bytes.has_value()) {
    return NoSuchAnswer(corpus, id);
  }
  storage::AnswerRecord record;
  if (record.ParseFromString(*bytes) && record.id() == id && record.corpus() == corpus) return record;
  return absl::DataLossError(absl::StrCat("the record of answer ", id, " of corpus ", corpus,
                                          " is damaged. Restore the store from a backup, or ask the question again."));
}

absl::StatusOr<std::vector<std::string>> AnswerStore::AnswersWith(absl::string_view corpus,
                                                                  absl::string_view document) const {
  std::vector<std::string> ids;
  const std::string prefix = DocumentPrefix(corpus, document);
  RETURN_IF_ERROR(database_->Scan(Family::kAnswerIndex, prefix, "", [&](absl::string_view key, absl::string_view) {
    ids.emplace_back(key.substr(prefix.size()));
    return true;
  }));
  return ids;
}

absl::Status AnswerStore::Remove(absl::string_view corpus, absl::string_view id) {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(const absl::optional<std::string> known, database_->Get(Family::kAnswerIndex, TimeKey(id)));
  if (!known.has_value() || *known != corpus) return absl::OkStatus();
  return RemoveAll({Entry{std::string(id), std::string(corpus)}}, Database::Durability::kSynced);
}

absl::Status AnswerStore::RemoveAll(absl::Span<const Entry> entries, Database::Durability durability) {
  WriteBatch batch;
  for (const auto& [id, corpus] : entries) {
    const absl::StatusOr<storage::AnswerRecord> record = Get(corpus, id);
    if (record.ok()) {
      for (const std::string& document : record->documents()) {
        batch.Delete(Family::kAnswerIndex, DocumentKey(corpus, document, id));
      }
    }
    batch.Delete(Family::kAnswers, AnswerKey(corpus, id));
    batch.Delete(Family::kAnswerIndex, TimeKey(id));
    DeleteFeedback(corpus, id, &batch);
  }
  RETURN_IF_ERROR(database_->Write(batch, durability));
  count_ -= entries.size();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<AnswerStore::Entry>> AnswerStore::Oldest(size_t limit) const {
  std::vector<Entry> oldest;
  if (limit == 0) return oldest;
  RETURN_IF_ERROR(database_->Scan(Family::kAnswerIndex, kByTime, TimeKey(trimmed_),
                                  [&](absl::string_view key, absl::string_view corpus) {
                                    oldest.push_back({std::string(key.substr(kByTime.size())), std::string(corpus)});
                                    return oldest.size() < limit;
                                  }));
  return oldest;
}

absl::StatusOr<size_t> AnswerStore::Trim(uint64_t most, int64_t oldest_micros, size_t limit) {
  absl::MutexLock lock(&mutex_);
  const uint64_t beyond = count_ > most ? count_ - most : 0;
  ASSIGN_OR_RETURN(std::vector<Entry> entries, Oldest(std::min<size_t>(1, limit)));
  const auto leaves = [&](size_t place) { return place < beyond || TimeOf(entries[place].id) < oldest_micros; };
  if (entries.empty() || !leaves(0)) return 0;
  ASSIGN_OR_RETURN(entries, Oldest(limit));
  size_t removed = 0;
  while (removed < entries.size() && leaves(removed)) ++removed;
  entries.resize(removed);
  RETURN_IF_ERROR(RemoveAll(entries, Database::Durability::kBuffered));
  trimmed_ = entries.back().id;
  return removed;
}

uint64_t AnswerStore::count() const {
  absl::MutexLock lock(&mutex_);
  return count_;
}

}  // namespace bedside
