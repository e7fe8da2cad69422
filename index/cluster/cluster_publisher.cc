#include "index/cluster/cluster_publisher.h"

#include <glog/logging.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/generation/generation_publisher.h"
#include "index/generation/live_documents.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/source_trust.h"

namespace bedside {
namespace {

// In column family `meta` of the store, one for each generation that was published out of it: its name here.
std::string PublishedKey(const std::string& corpus, const std::string& generation) {
  return absl::StrCat("cluster_own ", corpus, " ", generation);
}

// And the name in the cluster of the one that was made to serve last.
std::string LastKey(const std::string& corpus) { return absl::StrCat("cluster_last ", corpus); }

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
      reader_(client_.get()),
      notices_(store, &catalog_),
      uploader_(store, client_.get(), config, std::move(progress)),
      sweeper_(client_.get(), config) {}

absl::StatusOr<storage::Manifest> ClusterPublisher::Upload(const storage::Manifest& generation) {
  storage::Manifest in_cluster = generation;
  in_cluster.clear_notices();
  for (storage::SegmentManifest& segment : *in_cluster.mutable_segments()) {
    ASSIGN_OR_RETURN(segment, uploader_.Upload(generation, segment));
  }
  return in_cluster;
}

absl::StatusOr<absl::optional<std::string>> ClusterPublisher::OwnName(const std::string& corpus,
                                                                      const std::string& generation) const {
  return store_->database().Get(Family::kMeta, PublishedKey(corpus, generation));
}

absl::StatusOr<bool> ClusterPublisher::IsOwn(const std::string& corpus, const std::string& generation) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> own, OwnName(corpus, generation));
  return own.has_value();
}

absl::Status ClusterPublisher::Remember(const std::string& key, const std::string& name) {
  WriteBatch batch;
  batch.Put(Family::kMeta, key, name);
  return store_->database().Write(batch, Database::Durability::kSynced);
}

absl::Status ClusterPublisher::GoBackTo(const std::string& corpus, const std::string& serving) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> last, store_->database().Get(Family::kMeta, LastKey(corpus)));
  ASSIGN_OR_RETURN(const absl::optional<std::string> own, OwnName(corpus, serving));
  if (!own.has_value() || last == serving) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, store_->manifests().Current(corpus));
  absl::Status activated;
  if (active != own) activated = GenerationPublisher(store_).Activate(corpus, *own, absl::ToUnixMicros(absl::Now()));
  if (activated.ok()) return Remember(LastKey(corpus), serving);
  if (!absl::IsNotFound(activated)) return activated;
  return absl::FailedPreconditionError(
      absl::StrCat("somebody went back to generation ", serving, " of corpus ", corpus,
                   " in the cluster, which the store of this job has no longer, so that nothing can be added to it. "
                   "Activate a later one; or import all sources with --mode=full out of an empty index.store_path, or, "
                   "where other source sets have documents, with --shards."));
}

absl::StatusOr<absl::optional<std::string>> ClusterPublisher::OtherSourceSet(const std::string& corpus,
                                                                             const std::string& generation,
                                                                             absl::string_view own) const {
  ASSIGN_OR_RETURN(const storage::Manifest manifest, catalog_.Generation(corpus, generation));
  ASSIGN_OR_RETURN(LiveDocuments::Tables tables, reader_.ReadDocumentTables(manifest));
  ASSIGN_OR_RETURN(const LiveDocuments documents, LiveDocuments::Create(manifest, std::move(tables)));
  for (const storage::DocumentEntry* entry : documents.entries()) {
    const absl::string_view set = NameOfSourceSet(entry->source_set());
    if (set != own) return absl::make_optional(std::string(set));
  }
  return absl::optional<std::string>();
}

absl::StatusOr<std::string> ClusterPublisher::Publish(const storage::Manifest& generation) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> before, Serving(generation.corpus()));
  return Publish(generation, before);
}

absl::StatusOr<std::string> ClusterPublisher::Publish(const storage::Manifest& generation,
                                                      const absl::optional<std::string>& before) {
  RETURN_IF_ERROR(Push());
  ASSIGN_OR_RETURN(const storage::Manifest uploaded, Upload(generation));
  return PublishOver(before, uploaded, generation.generation());
}

absl::Status ClusterPublisher::CheckServes(const std::string& corpus, const absl::optional<std::string>& before) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> serving, Serving(corpus));
  if (serving == before) return absl::OkStatus();
  return absl::AbortedError(absl::StrCat("generation ", serving.value_or("none"), " of corpus ", corpus,
                                         " serves in the cluster meanwhile, not ", before.value_or("none"),
                                         ". Run the job again."));
}

absl::StatusOr<bool> ClusterPublisher::Serves(const std::string& serving, const storage::Manifest& uploaded) const {
  const absl::StatusOr<storage::Manifest> manifest = catalog_.Generation(uploaded.corpus(), serving);
  // One that is damaged is replaced.
  if (absl::IsDataLoss(manifest.status()) || absl::IsNotFound(manifest.status())) return false;
  RETURN_IF_ERROR(manifest.status());
  // Where the cluster has lost changes, servers that start refuse what was published after them.
  return manifest->change_sequence() <= notices_.last_sequence() && IsSameContent(*manifest, uploaded);
}

absl::StatusOr<std::string> ClusterPublisher::PublishOver(const absl::optional<std::string>& before,
                                                          storage::Manifest uploaded,
                                                          const absl::optional<std::string>& own) {
  const std::string corpus = uploaded.corpus();
  // What is said of the new documents is there before they are.
  RETURN_IF_ERROR(Push());
  RETURN_IF_ERROR(CheckServes(corpus, before));
  absl::StatusOr<bool> is_there = false;
  if (before.has_value()) is_there = Serves(*before, uploaded);
  RETURN_IF_ERROR(is_there.status());
  uploaded.set_change_sequence(notices_.last_sequence());
  uploaded.set_base_generation(before.value_or(""));
  absl::StatusOr<std::string> name = *is_there ? *before : catalog_.Add(uploaded);
  RETURN_IF_ERROR(name.status());
  // Before the switch, after which the process may end.
  if (own.has_value()) RETURN_IF_ERROR(Remember(PublishedKey(corpus, *name), *own));
  if (!*is_there) RETURN_IF_ERROR(Switch(uploaded, before, *name));
  // Not before the switch: what a failed publication has built would be taken for what somebody went back from.
  RETURN_IF_ERROR(Remember(LastKey(corpus), *name));
  if (!*is_there) Sweep(corpus, *name, before);
  return name;
}

void ClusterPublisher::Sweep(const std::string& corpus, const std::string& published,
                             const absl::optional<std::string>& before) const {
  const absl::Status swept = sweeper_.Sweep(corpus, published, before);
  if (swept.ok()) return;
  LOG(WARNING)
      << "generation " << published << " of corpus " << corpus
      << " serves in the cluster, and what it replaces could not be removed; the next publication tries again: "
      << swept.message();
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
