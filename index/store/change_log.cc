#include "index/store/change_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/store/notice_subject.h"
#include "index/store/store_keys.h"

namespace bedside {
namespace {

std::string CorpusPrefix(absl::string_view corpus) {
  std::string key;
  AppendText(corpus, &key);
  return key;
}

std::string NoticeKey(absl::string_view corpus, const storage::StatusNotice& notice) {
  std::string key = CorpusPrefix(corpus);
  AppendText(SubjectOf(notice), &key);
  key.push_back(static_cast<char>(notice.origin()));
  return key;
}

std::string SequenceKey(uint64_t sequence) {
  std::string key;
  AppendBigEndian64(sequence, &key);
  return key;
}

std::string RequestKey(absl::string_view corpus, absl::string_view request_id) {
  std::string key = "request";
  key.push_back('\0');
  AppendText(corpus, &key);
  key.append(request_id.data(), request_id.size());
  return key;
}

std::string StatusTimeKey(absl::string_view corpus) {
  std::string key;
  AppendText("last_status", &key);
  key.append(corpus.data(), corpus.size());
  return key;
}

std::string TimeBytes(int64_t micros) {
  std::string bytes;
  AppendBigEndian64(static_cast<uint64_t>(micros), &bytes);
  return bytes;
}

std::string UpsertsPrefix(absl::string_view corpus) {
  std::string key;
  AppendText("upsert", &key);
  AppendText(corpus, &key);
  return key;
}

void ApplyUpsert(const storage::Change& change, uint64_t sequence, WriteBatch* batch) {
  storage::UpsertedDocument upserted = change.upserted();
  upserted.set_sequence(sequence);
  batch->Put(Family::kMeta, absl::StrCat(UpsertsPrefix(change.corpus()), upserted.document_id()),
             upserted.SerializeAsString());
}

void ApplyStatus(const storage::Change& change, WriteBatch* batch) {
  batch->Put(Family::kMeta, StatusTimeKey(change.corpus()), TimeBytes(change.time_micros()));
  const std::string key = NoticeKey(change.corpus(), change.status());
  if (change.status().status() == v1::DOCUMENT_STATUS_CURRENT) {
    batch->Delete(Family::kStatus, key);
  } else {
    batch->Put(Family::kStatus, key, change.status().SerializeAsString());
  }
}

}  // namespace

storage::Change StatusChange(absl::string_view corpus, const storage::StatusNotice& notice, int64_t time_micros) {
  storage::Change change;
  change.set_corpus(corpus.data(), corpus.size());
  *change.mutable_status() = notice;
  change.set_time_micros(time_micros);
  return change;
}

std::vector<storage::Change> StatusChanges(absl::string_view corpus, const std::vector<storage::StatusNotice>& notices,
                                           int64_t time_micros) {
  std::vector<storage::Change> changes;
  for (const storage::StatusNotice& notice : notices) changes.push_back(StatusChange(corpus, notice, time_micros));
  return changes;
}

storage::Change UpsertChange(absl::string_view corpus, absl::string_view document_id, absl::string_view version,
                             int64_t time_micros) {
  storage::Change change;
  change.set_corpus(corpus.data(), corpus.size());
  change.mutable_upserted()->set_document_id(document_id.data(), document_id.size());
  change.mutable_upserted()->set_version(version.data(), version.size());
  change.set_time_micros(time_micros);
  return change;
}

absl::StatusOr<std::unique_ptr<ChangeLog>> ChangeLog::Create(Database* database) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> last, database->Get(Family::kMeta, "last_change"));
  if (last.has_value() && last->size() != sizeof(uint64_t)) return absl::DataLossError("the change counter is corrupt");
  return std::unique_ptr<ChangeLog>(new ChangeLog(database, last.has_value() ? ReadBigEndian64(*last) : 0));
}

absl::StatusOr<uint64_t> ChangeLog::Append(const std::vector<storage::Change>& changes, WriteBatch batch) {
  // The lock is held across the write: sequence numbers must reach the disk in order.
  absl::MutexLock lock(&mutex_);
  uint64_t sequence = last_sequence_;
  for (const storage::Change& change : changes) {
    const std::string key = SequenceKey(++sequence);
    batch.Put(Family::kChanges, key, change.SerializeAsString());
    if (!change.request_id().empty()) batch.Put(Family::kMeta, RequestKey(change.corpus(), change.request_id()), key);
    if (change.has_status()) ApplyStatus(change, &batch);
    if (change.has_upserted()) ApplyUpsert(change, sequence, &batch);
    if (change.change_case() == storage::Change::kPurgedDocument) {
      batch.Delete(Family::kMeta, absl::StrCat(UpsertsPrefix(change.corpus()), change.purged_document()));
    }
  }
  batch.Put(Family::kMeta, "last_change", SequenceKey(sequence));
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kSynced));
  return last_sequence_ = sequence;
}

absl::StatusOr<std::vector<storage::StatusNotice>> ChangeLog::Notices(absl::string_view corpus) const {
  std::vector<storage::StatusNotice> notices;
  bool readable = true;
  RETURN_IF_ERROR(
      database_->Scan(Family::kStatus, CorpusPrefix(corpus), "", [&](absl::string_view, absl::string_view value) {
        readable = notices.emplace_back().ParseFromArray(value.data(), value.size());
        return readable;
      }));
  if (!readable) return absl::DataLossError(absl::StrCat("a status notice of corpus ", corpus, " is corrupt"));
  return notices;
}

absl::StatusOr<bool> ChangeLog::IsDeleted(absl::string_view corpus, absl::string_view document_id) const {
  storage::StatusNotice notice;
  notice.set_document_id(std::string(document_id));
  notice.set_origin(storage::STATUS_ORIGIN_DELETION);
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes, database_->Get(Family::kStatus, NoticeKey(corpus, notice)));
  return bytes.has_value();
}

absl::StatusOr<NoticesInForce> ChangeLog::NumberedNotices(absl::string_view corpus) const {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(std::vector<storage::StatusNotice> notices, Notices(corpus));
  ASSIGN_OR_RETURN(const absl::optional<std::string> time, database_->Get(Family::kMeta, StatusTimeKey(corpus)));
  if (time.has_value() && time->size() != sizeof(uint64_t)) {
    return absl::DataLossError(absl::StrCat("the time of the last status of corpus ", corpus, " is corrupt"));
  }
  return NoticesInForce{std::move(notices), last_sequence_,
                        time.has_value() ? static_cast<int64_t>(ReadBigEndian64(*time)) : 0};
}

absl::StatusOr<std::vector<storage::Change>> ChangeLog::After(uint64_t sequence) const {
  std::vector<storage::Change> changes;
  absl::MutexLock lock(&mutex_);
  while (sequence < last_sequence_) {
    ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                     database_->Get(Family::kChanges, SequenceKey(++sequence)));
    if (bytes.has_value() && changes.emplace_back().ParseFromString(*bytes)) continue;
    return absl::DataLossError(
        absl::StrCat("change ", sequence, " is missing or corrupt. Restore the store from a backup."));
  }
  return changes;
}

absl::StatusOr<std::vector<storage::UpsertedDocument>> ChangeLog::UpsertsAfter(absl::string_view corpus,
                                                                               uint64_t sequence) const {
  std::vector<storage::UpsertedDocument> upserts;
  bool readable = true;
  RETURN_IF_ERROR(
      database_->Scan(Family::kMeta, UpsertsPrefix(corpus), "", [&](absl::string_view, absl::string_view value) {
        readable = upserts.emplace_back().ParseFromArray(value.data(), static_cast<int>(value.size()));
        if (readable && upserts.back().sequence() <= sequence) upserts.pop_back();
        return readable;
      }));
  if (!readable) return absl::DataLossError(absl::StrCat("an upsert of corpus ", corpus, " is corrupt"));
  return upserts;
}

absl::StatusOr<absl::optional<storage::Change>> ChangeLog::FindRequest(absl::string_view corpus,
                                                                       absl::string_view request_id) const {
  if (request_id.empty()) return absl::optional<storage::Change>();
  ASSIGN_OR_RETURN(const absl::optional<std::string> key,
                   database_->Get(Family::kMeta, RequestKey(corpus, request_id)));
  if (!key.has_value()) return absl::optional<storage::Change>();
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes, database_->Get(Family::kChanges, *key));
  storage::Change change;
  if (!bytes.has_value() || !change.ParseFromString(*bytes)) {
    return absl::DataLossError(absl::StrCat("the change of request ", request_id, " is missing or corrupt"));
  }
  return absl::optional<storage::Change>(std::move(change));
}

uint64_t ChangeLog::last_sequence() const {
  absl::MutexLock lock(&mutex_);
  return last_sequence_;
}

}  // namespace bedside
