#include "index/cluster/cluster_publisher.h"

#include <glog/logging.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "index/store/notice_subject.h"

namespace bedside {
namespace {

// In column family `meta` of the store: changes of the cluster that it has, and its own that the cluster has.
constexpr char kPulledKey[] = "cluster_pulled";
constexpr char kPushedKey[] = "cluster_pushed";
// Servers append now and then.
constexpr int kAttempts = 10;

// In the same family, one for each generation that was published out of the store: when it was made.
std::string PublishedKey(const std::string& corpus, const std::string& generation) {
  return absl::StrCat("cluster_published ", corpus, " ", generation);
}

std::string KeyOf(const storage::Change& change) {
  return absl::StrCat(change.corpus(), " ", change.status().origin(), " ", SubjectOf(change.status()));
}

// But for the date, which may be that of the recording.
bool IsSameWord(storage::StatusNotice a, storage::StatusNotice b) {
  a.clear_date();
  b.clear_date();
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
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

// Whether both serve the same documents from the same segments.
bool IsSameContent(const storage::Manifest& a, const storage::Manifest& b) {
  return a.embedder().id() == b.embedder().id() &&
         std::equal(a.segments().begin(), a.segments().end(), b.segments().begin(), b.segments().end(),
                    [](const auto& x, const auto& y) {
                      return x.cluster_index() == y.cluster_index() &&
                             std::equal(x.replaced().begin(), x.replaced().end(), y.replaced().begin(),
                                        y.replaced().end());
                    });
}

}  // namespace

absl::StatusOr<std::unique_ptr<ClusterPublisher>> ClusterPublisher::Create(EvidenceStore* store,
                                                                           const config::IndexConfig& config,
                                                                           SegmentUploader::Progress progress) {
  ASSIGN_OR_RETURN(std::unique_ptr<ClusterClient> client, ClusterClient::Create(config.cluster()));
  return std::unique_ptr<ClusterPublisher>(new ClusterPublisher(store, config, std::move(client), std::move(progress)));
}

ClusterPublisher::ClusterPublisher(EvidenceStore* store, const config::IndexConfig& config,
                                   std::unique_ptr<ClusterClient> client, SegmentUploader::Progress progress)
    : store_(store),
      client_(std::move(client)),
      catalog_(client_.get(), config.cluster()),
      uploader_(store, client_.get(), config, std::move(progress)),
      sweeper_(client_.get(), config) {}

absl::Status ClusterPublisher::ReadChanges() {
  for (;;) {
    ASSIGN_OR_RETURN(const auto changes, catalog_.ChangesAfter(last_sequence_));
    if (changes.empty()) return absl::OkStatus();
    for (const storage::Change& change : changes) {
      if (change.has_status()) last_words_[KeyOf(change)] = change.status();
      there_.insert(Sha256(change.SerializeAsString()));
    }
    last_sequence_ += changes.size();
  }
}

absl::Status ClusterPublisher::SayAgain() {
  LOG(WARNING) << "the cluster has lost changes that the store of this job has seen, as where it was restored from a "
                  "snapshot: what the store knows of documents is said there again";
  WriteBatch batch;
  SetMark(kPulledKey, 0, &batch);
  SetMark(kPushedKey, 0, &batch);
  RETURN_IF_ERROR(store_->database().Write(batch, Database::Durability::kSynced));
  return Push();
}

absl::Status ClusterPublisher::Pull() {
  ASSIGN_OR_RETURN(uint64_t pulled, ReadMark(store_->database(), kPulledKey));
  for (;;) {
    const absl::StatusOr<std::vector<storage::Change>> changes = catalog_.ChangesAfter(pulled);
    if (pulled > 0 && absl::IsDataLoss(changes.status())) {
      RETURN_IF_ERROR(SayAgain());
      pulled = 0;
      continue;
    }
    RETURN_IF_ERROR(changes.status());
    if (changes->empty()) return absl::OkStatus();
    pulled += changes->size();
    std::vector<storage::Change> heard;
    for (const storage::Change& change : *changes) {
      if (change.has_status()) heard.push_back(change);
    }
    WriteBatch batch;
    SetMark(kPulledKey, pulled, &batch);
    RETURN_IF_ERROR(store_->changes().Append(heard, std::move(batch)).status());
  }
}

absl::Status ClusterPublisher::Push() {
  RETURN_IF_ERROR(ReadChanges());
  ASSIGN_OR_RETURN(const uint64_t pushed, ReadMark(store_->database(), kPushedKey));
  ASSIGN_OR_RETURN(const std::vector<storage::Change> changes, store_->changes().After(pushed));
  for (const storage::Change& change : changes) {
    // What was pulled from there, or pushed before, may have been taken back there since.
    if (!change.has_status() || there_.count(Sha256(change.SerializeAsString())) > 0) continue;
    const auto word = last_words_.find(KeyOf(change));
    if (word != last_words_.end() && IsSameWord(word->second, change.status())) continue;
    RETURN_IF_ERROR(Append(change));
  }
  WriteBatch batch;
  SetMark(kPushedKey, pushed + changes.size(), &batch);
  return store_->database().Write(batch, Database::Durability::kSynced);
}

absl::Status ClusterPublisher::Append(const storage::Change& change) {
  absl::Status appended;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    appended = catalog_.Append(change, last_sequence_);
    if (!absl::IsAborted(appended)) break;
    RETURN_IF_ERROR(ReadChanges());
  }
  RETURN_IF_ERROR(appended);
  last_words_[KeyOf(change)] = change.status();
  ++last_sequence_;
  return absl::OkStatus();
}

absl::StatusOr<storage::Manifest> ClusterPublisher::Upload(const storage::Manifest& generation) {
  storage::Manifest in_cluster = generation;
  in_cluster.clear_notices();
  in_cluster.clear_base_generation();
  for (storage::SegmentManifest& segment : *in_cluster.mutable_segments()) {
    ASSIGN_OR_RETURN(segment, uploader_.Upload(generation, segment));
  }
  return in_cluster;
}

absl::StatusOr<bool> ClusterPublisher::IsOwn(const std::string& corpus, const std::string& generation) const {
  ASSIGN_OR_RETURN(const storage::Manifest manifest, catalog_.Generation(corpus, generation));
  ASSIGN_OR_RETURN(const absl::optional<std::string> made,
                   store_->database().Get(Family::kMeta, PublishedKey(corpus, generation)));
  return made == absl::StrCat(manifest.create_time_micros());
}

absl::Status ClusterPublisher::RememberAsOwn(const storage::Manifest& generation, const std::string& name) {
  WriteBatch batch;
  batch.Put(Family::kMeta, PublishedKey(generation.corpus(), name), absl::StrCat(generation.create_time_micros()));
  return store_->database().Write(batch, Database::Durability::kSynced);
}

absl::StatusOr<std::string> ClusterPublisher::Publish(const storage::Manifest& generation) {
  RETURN_IF_ERROR(Push());
  ASSIGN_OR_RETURN(const absl::optional<std::string> before, Serving(generation.corpus()));
  ASSIGN_OR_RETURN(const storage::Manifest uploaded, Upload(generation));
  return PublishOver(before, uploaded, /*is_own=*/true);
}

absl::StatusOr<std::string> ClusterPublisher::PublishOver(const absl::optional<std::string>& before,
                                                          storage::Manifest uploaded, bool is_own) {
  const std::string& corpus = uploaded.corpus();
  // What is said of the new documents is there before they are.
  RETURN_IF_ERROR(Push());
  if (before.has_value()) {
    ASSIGN_OR_RETURN(const storage::Manifest serving, catalog_.Generation(corpus, *before));
    // Where the cluster has lost changes, servers that start refuse what was published after them.
    if (serving.change_sequence() <= last_sequence_ && IsSameContent(serving, uploaded)) {
      if (is_own) RETURN_IF_ERROR(RememberAsOwn(serving, *before));
      return *before;
    }
  }
  uploaded.set_change_sequence(last_sequence_);
  ASSIGN_OR_RETURN(const std::string name, catalog_.Add(uploaded));
  // Before the switch, after which the process may end.
  if (is_own) RETURN_IF_ERROR(RememberAsOwn(uploaded, name));
  RETURN_IF_ERROR(Switch(uploaded, before, name));
  RETURN_IF_ERROR(sweeper_.Sweep(corpus, name, before));
  return name;
}

absl::Status ClusterPublisher::Switch(const storage::Manifest& generation, const absl::optional<std::string>& before,
                                      const std::string& name) {
  // What was whole when it was looked at may have been removed before the generation had it.
  absl::Status switched = uploader_.CheckSealed(generation);
  if (switched.ok()) switched = catalog_.Switch(generation.corpus(), before, name);
  // Nobody will switch to it. Where it stays, a later publication removes it.
  if (absl::IsAborted(switched)) catalog_.Remove(generation.corpus(), name).IgnoreError();
  return switched;
}

}  // namespace bedside
