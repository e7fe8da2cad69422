#include "index/cluster/cluster_publisher.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/cluster/index_names.h"
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
constexpr size_t kDefaultKeptGenerations = 2;
// No upload takes longer: an older index that no generation has is of a writer that was stopped and has built something
// else since, or of a generation that was retired.
constexpr absl::Duration kStrayAge = absl::Hours(24);

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
      config_(config),
      client_(std::move(client)),
      catalog_(client_.get(), config.cluster()),
      uploader_(store, client_.get(), config, std::move(progress)) {}

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

absl::Status ClusterPublisher::Pull() {
  ASSIGN_OR_RETURN(uint64_t pulled, ReadMark(store_->database(), kPulledKey));
  for (;;) {
    ASSIGN_OR_RETURN(const std::vector<storage::Change> changes, catalog_.ChangesAfter(pulled));
    if (changes.empty()) return absl::OkStatus();
    pulled += changes.size();
    std::vector<storage::Change> heard;
    for (const storage::Change& change : changes) {
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

absl::StatusOr<absl::optional<std::string>> ClusterPublisher::Serving(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const auto active, catalog_.Active());
  const auto found = active.find(corpus);
  return found == active.end() ? absl::nullopt : absl::make_optional(found->second);
}

absl::StatusOr<std::string> ClusterPublisher::Publish(const storage::Manifest& generation) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> before, Serving(generation.corpus()));
  ASSIGN_OR_RETURN(storage::Manifest uploaded, Upload(generation));
  return Switch(std::move(uploaded), before);
}

absl::StatusOr<std::string> ClusterPublisher::PublishUploaded(const storage::Manifest& generation) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> before, Serving(generation.corpus()));
  return Switch(generation, before);
}

absl::StatusOr<std::string> ClusterPublisher::Switch(storage::Manifest uploaded,
                                                     const absl::optional<std::string>& before) {
  const std::string& corpus = uploaded.corpus();
  // What is said of the new documents is there before they are.
  RETURN_IF_ERROR(Push());
  if (before.has_value()) {
    ASSIGN_OR_RETURN(const storage::Manifest serving, catalog_.Generation(corpus, *before));
    if (IsSameContent(serving, uploaded)) return *before;
  }
  uploaded.set_change_sequence(last_sequence_);
  ASSIGN_OR_RETURN(const std::string name, catalog_.Add(uploaded));
  RETURN_IF_ERROR(catalog_.Switch(corpus, before, name));
  RETURN_IF_ERROR(RemoveOld(corpus, name, before));
  return name;
}

absl::Status ClusterPublisher::RemoveOld(const std::string& corpus, const std::string& serving,
                                         const absl::optional<std::string>& before) const {
  const size_t kept = config_.kept_generations() == 0 ? kDefaultKeptGenerations : config_.kept_generations();
  ASSIGN_OR_RETURN(std::vector<storage::Manifest> generations, catalog_.Generations(corpus));
  // From new to old, what served until now first.
  std::sort(generations.begin(), generations.end(), [&](const auto& a, const auto& b) {
    const bool a_served = before == a.generation();
    const bool b_served = before == b.generation();
    return a_served != b_served ? a_served : a.generation() > b.generation();
  });
  std::set<std::string> used;
  ASSIGN_OR_RETURN(const std::vector<std::string> strays, catalog_.IndexesBefore(corpus, absl::Now() - kStrayAge));
  std::set<std::string> unused(strays.begin(), strays.end());
  size_t others = 0;
  for (const storage::Manifest& generation : generations) {
    // A later one is another writer's, who is about to switch to it.
    const bool is_kept = generation.generation() >= serving || ++others <= kept;
    const std::string index = IndexNames(config_.cluster()).Generation(corpus, generation.generation());
    (is_kept ? used : unused).insert(index);
    if (!is_kept) RETURN_IF_ERROR(catalog_.RemoveIndex(index));
    for (const auto& segment : generation.segments()) (is_kept ? used : unused).insert(segment.cluster_index());
  }
  for (const std::string& index : unused) {
    if (used.count(index) == 0) RETURN_IF_ERROR(catalog_.RemoveIndex(index));
  }
  return absl::OkStatus();
}

}  // namespace bedside
