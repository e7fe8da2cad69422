#include "index/generation/generation_publisher.h"

#include <utility>

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

absl::Status GenerationPublisher::Publish(const storage::Manifest& manifest,
                                          const std::vector<storage::StatusNotice>& notices, size_t kept,
                                          int64_t time_micros) {
  WriteBatch batch;
  ManifestStore::Put(manifest, &batch);
  ManifestStore::SetCurrent(manifest.corpus(), manifest.generation(), &batch);
  RETURN_IF_ERROR(Retire(manifest, kept, &batch));
  std::vector<storage::Change> changes;
  for (const storage::StatusNotice& notice : notices) {
    changes.push_back(StatusChange(manifest.corpus(), notice, time_micros));
  }
  changes.push_back(ActivationOf(manifest.corpus(), manifest.generation(), time_micros));
  return store_->changes().Append(changes, std::move(batch)).status();
}

absl::Status GenerationPublisher::Activate(absl::string_view corpus, absl::string_view generation,
                                           int64_t time_micros) {
  ASSIGN_OR_RETURN(const storage::Manifest manifest, store_->manifests().Get(corpus, generation));
  WriteBatch batch;
  ManifestStore::SetCurrent(corpus, manifest.generation(), &batch);
  return store_->changes().Append({ActivationOf(corpus, generation, time_micros)}, std::move(batch)).status();
}

absl::Status GenerationPublisher::Retire(const storage::Manifest& active, size_t kept, WriteBatch* batch) const {
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> newest_first, store_->manifests().Manifests(active.corpus()));
  for (size_t i = kept; i < newest_first.size(); ++i) {
    ManifestStore::Delete(newest_first[i], batch);
    for (const storage::SegmentManifest& segment : newest_first[i].segments()) {
      SegmentStore::Delete(segment.segment(), batch);
    }
  }
  return absl::OkStatus();
}

}  // namespace bedside
