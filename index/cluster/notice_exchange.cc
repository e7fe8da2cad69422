#include "index/cluster/notice_exchange.h"

#include <glog/logging.h>
#include <google/protobuf/util/message_differencer.h>

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "index/store/notice_subject.h"

namespace bedside {
namespace {

// In column family `meta` of the store: changes of the cluster that it has, the SHA-256 of the last of them, and its
// own that the cluster has.
constexpr char kPulledKey[] = "cluster_pulled";
constexpr char kLastPulledKey[] = "cluster_last_pulled";
constexpr char kPushedKey[] = "cluster_pushed";
// Servers append now and then.
constexpr int kAttempts = 10;

std::string KeyOf(const storage::Change& change) {
  return absl::StrCat(change.corpus(), " ", change.status().origin(), " ", SubjectOf(change.status()));
}

// But for the date, which may be that of the recording.
bool IsSameWord(storage::StatusNotice a, storage::StatusNotice b) {
  a.clear_date();
  b.clear_date();
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

// The order of the enum is the order of gravity.
bool IsGraver(const storage::StatusNotice& notice, const storage::StatusNotice* than) {
  return than == nullptr || notice.status() > than->status();
}

// Whether the notice is to replace `word`, where its store knew `known` when it was told of it.
bool IsNews(const storage::StatusNotice& notice, const storage::StatusNotice& known,
            const storage::StatusNotice* word) {
  if (word == nullptr) return true;
  if (IsSameWord(*word, notice)) return false;
  const bool is_judged = notice.origin() != storage::STATUS_ORIGIN_FEED || IsSameWord(*word, known);
  return is_judged || IsGraver(notice, word);
}

absl::StatusOr<uint64_t> ReadMark(const Database& database, absl::string_view key) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> text, database.Get(Family::kMeta, key));
  uint64_t mark = 0;
  if (!text.has_value() || absl::SimpleAtoi(*text, &mark)) return mark;
  return absl::DataLossError(absl::StrCat("the store's mark ", key, " is corrupt. Restore the store from a backup."));
}

void SetMark(absl::string_view key, uint64_t mark, WriteBatch* batch) {
  batch->Put(Family::kMeta, key, absl::StrCat(mark));
}

std::string Sha256Of(const storage::Change& change) { return Sha256(change.SerializeAsString()); }

// Whether what was read from change number N on is not what the store had seen of it.
bool IsLost(const absl::StatusOr<std::vector<storage::Change>>& read, const absl::optional<std::string>& seen) {
  if (!read.ok()) return absl::IsDataLoss(read.status());
  return read->empty() || (seen.has_value() && Sha256Of(read->front()) != *seen);
}

}  // namespace

absl::Status NoticeExchange::ReadChanges() {
  for (;;) {
    ASSIGN_OR_RETURN(const auto changes, catalog_->ChangesAfter(last_sequence_));
    if (changes.empty()) return absl::OkStatus();
    for (const storage::Change& change : changes) {
      if (change.has_status()) last_words_[KeyOf(change)] = change.status();
      there_.insert(Sha256Of(change));
    }
    last_sequence_ += changes.size();
  }
}

const storage::StatusNotice* NoticeExchange::WordOn(const storage::Change& change) const {
  const auto word = last_words_.find(KeyOf(change));
  return word == last_words_.end() ? nullptr : &word->second;
}

absl::Status NoticeExchange::Append(const storage::Change& change,
                                    const std::function<bool(const storage::StatusNotice* word)>& is_news) {
  absl::Status appended;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (!is_news(WordOn(change))) return absl::OkStatus();
    appended = catalog_->Append(change, last_sequence_);
    if (!absl::IsAborted(appended)) break;
    RETURN_IF_ERROR(ReadChanges());
  }
  RETURN_IF_ERROR(appended);
  last_words_[KeyOf(change)] = change.status();
  there_.insert(Sha256Of(change));
  ++last_sequence_;
  return absl::OkStatus();
}

absl::Status NoticeExchange::Push() {
  RETURN_IF_ERROR(ReadChanges());
  ASSIGN_OR_RETURN(const uint64_t pushed, ReadMark(store_->database(), kPushedKey));
  if (pushed == store_->changes().last_sequence()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<storage::Change> changes, store_->changes().After(0));
  std::map<std::string, storage::StatusNotice> known;
  for (size_t i = 0; i < changes.size(); ++i) {
    if (!changes[i].has_status()) continue;
    storage::StatusNotice& before = known[KeyOf(changes[i])];
    // What was pulled from there, or pushed before, may have been taken back there since.
    if (i >= pushed && there_.count(Sha256Of(changes[i])) == 0) {
      RETURN_IF_ERROR(Append(
          changes[i], [&](const storage::StatusNotice* word) { return IsNews(changes[i].status(), before, word); }));
    }
    before = changes[i].status();
  }
  WriteBatch batch;
  SetMark(kPushedKey, changes.size(), &batch);
  return store_->database().Write(batch, Database::Durability::kSynced);
}

absl::Status NoticeExchange::SayAgain() {
  LOG(WARNING) << "the cluster has lost changes that the store of this job has seen, as where it was restored from a "
                  "snapshot: what the store knows against documents is said there again";
  last_sequence_ = 0;
  last_words_.clear();
  there_.clear();
  RETURN_IF_ERROR(ReadChanges());
  ASSIGN_OR_RETURN(const std::vector<storage::Change> changes, store_->changes().After(0));
  std::map<std::string, const storage::Change*> in_force;
  for (const storage::Change& change : changes) {
    if (change.has_status()) in_force[KeyOf(change)] = &change;
  }
  for (const auto& entry : in_force) {
    const storage::Change* change = entry.second;
    if (change->status().status() <= v1::DOCUMENT_STATUS_CURRENT) continue;
    RETURN_IF_ERROR(
        Append(*change, [&](const storage::StatusNotice* word) { return IsGraver(change->status(), word); }));
  }
  WriteBatch batch;
  SetMark(kPulledKey, 0, &batch);
  SetMark(kPushedKey, changes.size(), &batch);
  return store_->database().Write(batch, Database::Durability::kSynced);
}

absl::Status NoticeExchange::Pull() {
  ASSIGN_OR_RETURN(uint64_t pulled, ReadMark(store_->database(), kPulledKey));
  ASSIGN_OR_RETURN(absl::optional<std::string> last, store_->database().Get(Family::kMeta, kLastPulledKey));
  for (;;) {
    const uint64_t known = pulled == 0 ? 0 : 1;
    auto changes = catalog_->ChangesAfter(pulled - known);
    if (known > 0 && IsLost(changes, last)) {
      RETURN_IF_ERROR(SayAgain());
      pulled = 0;
      continue;
    }
    RETURN_IF_ERROR(changes.status());
    changes->erase(changes->begin(), changes->begin() + static_cast<ptrdiff_t>(known));
    if (changes->empty()) return absl::OkStatus();
    pulled += changes->size();
    last = Sha256Of(changes->back());
    std::vector<storage::Change> heard;
    for (const storage::Change& change : *changes) {
      if (change.has_status()) heard.push_back(change);
    }
    WriteBatch batch;
    SetMark(kPulledKey, pulled, &batch);
    batch.Put(Family::kMeta, kLastPulledKey, *last);
    RETURN_IF_ERROR(store_->changes().Append(heard, std::move(batch)).status());
  }
}

}  // namespace bedside
