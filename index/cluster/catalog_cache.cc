#include "index/cluster/catalog_cache.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "index/status/status_macros.h"

namespace bedside {
absl::Status CatalogCache::FetchServing(const std::map<std::string, std::string>& active, std::set<std::string>* stale,
                                        const Between& between) {
  absl::Status status;
  for (const auto& [corpus, generation] : active) {
    ASSIGN_OR_RETURN(const absl::optional<std::string> served, store_->manifests().Current(corpus));
    if (served == generation) continue;
    status.Update(FetchGenerations(corpus, generation, stale, between));
  }
  return status;
}

absl::Status CatalogCache::FetchGenerations(const std::string& corpus, const std::string& active,
                                            std::set<std::string>* stale, const Between& between) {
  const absl::StatusOr<storage::Manifest> serving = catalog_->Generation(corpus, active);
  if (absl::IsNotFound(serving.status())) {
    return absl::UnavailableError(absl::StrCat("generation ", active, " of corpus ", corpus,
                                               " was replaced in the cluster meanwhile. Try again."));
  }
  RETURN_IF_ERROR(serving.status());
  RETURN_IF_ERROR(changes_->RequireThoseOf(*serving));
  const absl::Status taken = Take(*serving, between);
  if (absl::IsDataLoss(taken)) RETURN_IF_ERROR(TakeEarlier(*serving, stale, between));
  RETURN_IF_ERROR(taken);
  RETURN_IF_ERROR(Activate(corpus, active, stale));
  // The others are for the day when somebody goes back to them, who hears then why they cannot be fetched.
  const absl::StatusOr<std::vector<storage::Manifest>> there = catalog_->Generations(corpus);
  if (!there.ok()) return absl::OkStatus();
  for (const storage::Manifest& manifest : *there) Take(manifest, between).IgnoreError();
  return DropAllBut(*there, corpus);
}

absl::Status CatalogCache::TakeEarlier(const storage::Manifest& serving, std::set<std::string>* stale,
                                       const Between& between) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> served, store_->manifests().Current(serving.corpus()));
  if (served.has_value()) return absl::OkStatus();
  std::string name = serving.base_generation();
  while (!name.empty()) {
    const absl::StatusOr<storage::Manifest> earlier = catalog_->Generation(serving.corpus(), name);
    if (!earlier.ok()) return absl::OkStatus();
    if (Take(*earlier, between).ok()) return Activate(serving.corpus(), name, stale);
    name = earlier->base_generation();
  }
  return absl::OkStatus();
}

absl::Status CatalogCache::FetchGeneration(const std::string& corpus, const std::string& generation,
                                           const Between& between) {
  const absl::StatusOr<storage::Manifest> manifest = catalog_->Generation(corpus, generation);
  if (absl::IsNotFound(manifest.status())) {
    return absl::NotFoundError(absl::StrCat("corpus ", corpus, " has no generation ", generation, " in the cluster"));
  }
  RETURN_IF_ERROR(manifest.status());
  return Take(*manifest, between);
}

absl::Status CatalogCache::Take(const storage::Manifest& manifest, const Between& between) {
  RETURN_IF_ERROR(changes_->RequireThoseOf(manifest));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> here, store_->manifests().Manifests(manifest.corpus()));
  if (absl::c_any_of(here, [&](const auto& other) { return other.generation() == manifest.generation(); })) {
    return absl::OkStatus();
  }
  const absl::StatusOr<storage::Manifest> fetched = Fetch(manifest, between);
  if (!fetched.ok()) {
    // What was fetched of it would stay, again with each attempt.
    absl::MutexLock lock(&store_->publishing());
    store_->ReclaimSegments().IgnoreError();
    return fetched.status();
  }
  WriteBatch batch;
  ManifestStore::Put(*fetched, &batch);
  return store_->database().Write(batch, Database::Durability::kSynced);
}

absl::Status CatalogCache::Activate(const std::string& corpus, const std::string& generation,
                                    std::set<std::string>* stale) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> served, store_->manifests().Current(corpus));
  if (served == generation) return absl::OkStatus();
  stale->insert(corpus);
  WriteBatch batch;
  ManifestStore::SetCurrent(corpus, generation, &batch);
  return store_->database().Write(batch, Database::Durability::kSynced);
}

absl::Status CatalogCache::DropAllBut(const std::vector<storage::Manifest>& kept, const std::string& corpus) {
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> here, store_->manifests().Manifests(corpus));
  WriteBatch batch;
  for (const storage::Manifest& manifest : here) {
    const auto is_same = [&](const auto& other) { return other.generation() == manifest.generation(); };
    if (absl::c_none_of(kept, is_same)) ManifestStore::Delete(manifest, &batch);
  }
  RETURN_IF_ERROR(store_->database().Write(batch, Database::Durability::kSynced));
  absl::MutexLock lock(&store_->publishing());
  return store_->ReclaimSegments();
}

absl::StatusOr<storage::Manifest> CatalogCache::Fetch(const storage::Manifest& manifest, const Between& between) {
  storage::Manifest fetched = manifest;
  ASSIGN_OR_RETURN(const auto known, KnownSegments());
  for (storage::SegmentManifest& segment : *fetched.mutable_segments()) {
    const auto found = known.find(segment.cluster_index());
    if (found != known.end()) {
      // What is replaced in it is said by the generation.
      segment.set_segment(found->second.segment());
      continue;
    }
    ASSIGN_OR_RETURN(segment, FetchSegment(segment, between));
  }
  return fetched;
}

absl::StatusOr<storage::SegmentManifest> CatalogCache::FetchSegment(const storage::SegmentManifest& in_cluster,
                                                                    const Between& between) {
  storage::SegmentManifest fetched = in_cluster;
  ASSIGN_OR_RETURN(const uint64_t number, store_->segments().NewSegment());
  fetched.set_segment(number);
  for (const storage::PieceSet& pieces : in_cluster.indexes()) {
    ASSIGN_OR_RETURN(const std::string bytes, reader_->ReadTable(in_cluster.cluster_index(), pieces, between));
    RETURN_IF_ERROR(store_->segments().PutPieces(number, pieces.name(), pieces.first_piece(), bytes).status());
  }
  return fetched;
}

absl::StatusOr<std::map<std::string, storage::SegmentManifest>> CatalogCache::KnownSegments() const {
  std::map<std::string, storage::SegmentManifest> known;
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> manifests, store_->manifests().AllManifests());
  for (const storage::Manifest& manifest : manifests) {
    for (const storage::SegmentManifest& segment : manifest.segments()) known[segment.cluster_index()] = segment;
  }
  return known;
}

}  // namespace bedside
