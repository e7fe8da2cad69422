#include "index/generation/generation_publisher.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

storage::Change ActivationOf(absl::string_view corpus, absl::string_view generation, int64_t time_micros) {
  storage::Change change;
  change.set_corpus(corpus.data(), corpus.size());
  change.set_activated_generation(generation.data(), generation.size());
  change.set_time_micros(time_micros);
  return change;
}

}  // namespace

absl::StatusOr<storage::Manifest> GenerationPublisher::Replayed(storage::Manifest manifest) const {
  if (replay_ == nullptr) return manifest;
  return replay_->Replay(std::move(manifest));
}

absl::Status GenerationPublisher::Publish(const storage::Manifest& manifest,
                                          const std::vector<storage::StatusNotice>& notices, size_t kept,
                                          int64_t time_micros) {
  return Publish([&]() -> absl::StatusOr<storage::Manifest> { return manifest; }, notices, kept, time_micros).status();
}

absl::StatusOr<storage::Manifest> GenerationPublisher::Publish(
    const std::function<absl::StatusOr<storage::Manifest>()>& compose,
    const std::vector<storage::StatusNotice>& notices, size_t kept, int64_t time_micros) {
  absl::MutexLock lock(&store_->publishing());
  ASSIGN_OR_RETURN(storage::Manifest manifest, compose());
  ASSIGN_OR_RETURN(manifest, Replayed(std::move(manifest)));
  ASSIGN_OR_RETURN(const absl::optional<std::string> before, store_->manifests().Current(manifest.corpus()));
  const bool is_based = !manifest.base_generation().empty() || before == manifest.generation();
  if (!is_based) manifest.set_base_generation(before.value_or(""));
  RETURN_IF_ERROR(Add(manifest, notices, kept, time_micros, /*activate=*/true));
  return manifest;
}

absl::Status GenerationPublisher::Keep(const storage::Manifest& manifest,
                                       const std::vector<storage::StatusNotice>& notices, size_t kept,
                                       int64_t time_micros) {
  absl::MutexLock lock(&store_->publishing());
  return Add(manifest, notices, kept, time_micros, /*activate=*/false);
}

absl::Status GenerationPublisher::Add(const storage::Manifest& manifest,
                                      const std::vector<storage::StatusNotice>& notices, size_t kept,
                                      int64_t time_micros, bool activate) {
  WriteBatch batch;
  ManifestStore::Put(manifest, &batch);
  if (activate) ManifestStore::SetCurrent(manifest.corpus(), manifest.generation(), &batch);
  RETURN_IF_ERROR(Retire(manifest, kept, &batch));
  std::vector<storage::Change> changes = StatusChanges(manifest.corpus(), notices, time_micros);
  if (activate) changes.push_back(ActivationOf(manifest.corpus(), manifest.generation(), time_micros));
  RETURN_IF_ERROR(store_->changes().Append(changes, std::move(batch)).status());
  // What cannot be removed now is removed by the next publication, or when the store is opened.
  store_->ReclaimSegments().IgnoreError();
  return absl::OkStatus();
}

absl::Status GenerationPublisher::Activate(absl::string_view corpus, absl::string_view generation,
                                           int64_t time_micros) {
  absl::MutexLock lock(&store_->publishing());
  ASSIGN_OR_RETURN(storage::Manifest manifest, store_->manifests().Get(corpus, generation));
  ASSIGN_OR_RETURN(manifest, Replayed(std::move(manifest)));
  WriteBatch batch;
  ManifestStore::Put(manifest, &batch);
  ManifestStore::SetCurrent(corpus, manifest.generation(), &batch);
  return store_->changes().Append({ActivationOf(corpus, generation, time_micros)}, std::move(batch)).status();
}

absl::Status GenerationPublisher::PublishUpserts(const storage::Manifest& manifest,
                                                 const std::vector<storage::Change>& changes) {
  WriteBatch batch;
  ManifestStore::Put(manifest, &batch);
  ManifestStore::SetCurrent(manifest.corpus(), manifest.generation(), &batch);
  RETURN_IF_ERROR(store_->changes().Append(changes, std::move(batch)).status());
  store_->ReclaimSegments().IgnoreError();
  return absl::OkStatus();
}

absl::Status GenerationPublisher::RetireKept(absl::string_view corpus, absl::string_view generation) {
  absl::MutexLock lock(&store_->publishing());
  ASSIGN_OR_RETURN(const storage::Manifest manifest, store_->manifests().Get(corpus, generation));
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, store_->manifests().Current(corpus));
  if (active == manifest.generation()) {
    return absl::FailedPreconditionError(
        absl::StrCat("generation ", generation, " is the active one of corpus ", corpus, ". Activate another first."));
  }
  WriteBatch batch;
  ManifestStore::Delete(manifest, &batch);
  RETURN_IF_ERROR(store_->database().Write(batch, Database::Durability::kSynced));
  store_->ReclaimSegments().IgnoreError();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<storage::Manifest>> GenerationPublisher::EarlierThan(const storage::Manifest& next) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> serving, store_->manifests().Current(next.corpus()));
  ASSIGN_OR_RETURN(std::vector<storage::Manifest> earlier, store_->manifests().Manifests(next.corpus()));
  earlier.erase(
      std::remove_if(earlier.begin(), earlier.end(),
                     [&](const storage::Manifest& manifest) { return manifest.generation() == next.generation(); }),
      earlier.end());
  std::stable_partition(earlier.begin(), earlier.end(),
                        [&](const storage::Manifest& manifest) { return manifest.generation() == serving; });
  return earlier;
}

absl::Status GenerationPublisher::Retire(const storage::Manifest& next, size_t kept, WriteBatch* batch) const {
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> earlier, EarlierThan(next));
  for (size_t i = std::max<size_t>(kept, 1); i < earlier.size(); ++i) ManifestStore::Delete(earlier[i], batch);
  return absl::OkStatus();
}

}  // namespace bedside
