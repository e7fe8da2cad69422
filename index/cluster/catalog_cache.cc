#include "index/cluster/catalog_cache.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "index/cluster/segment_uploader.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"

namespace bedside {

absl::Status CatalogCache::Update(std::set<std::string>* stale) {
  RETURN_IF_ERROR(FetchChanges(stale));
  ASSIGN_OR_RETURN(const auto active, catalog_->Active());
  for (const auto& [corpus, generation] : active) {
    ASSIGN_OR_RETURN(const absl::optional<std::string> served, store_->manifests().Current(corpus));
    if (served == generation) continue;
    RETURN_IF_ERROR(FetchGenerations(corpus, generation));
    stale->insert(corpus);
  }
  return absl::OkStatus();
}

absl::Status CatalogCache::FetchChanges(std::set<std::string>* stale) {
  for (;;) {
    ASSIGN_OR_RETURN(const auto changes, catalog_->ChangesAfter(store_->changes().last_sequence()));
    if (changes.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(store_->changes().Append(changes).status());
    for (const storage::Change& change : changes) stale->insert(change.corpus());
  }
}

absl::Status CatalogCache::FetchGenerations(const std::string& corpus, const std::string& active) {
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> there, catalog_->Generations(corpus));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> here, store_->manifests().Manifests(corpus));
  WriteBatch batch;
  for (const storage::Manifest& manifest : here) {
    const auto is_same = [&](const auto& other) { return other.generation() == manifest.generation(); };
    if (absl::c_none_of(there, is_same)) ManifestStore::Delete(manifest, &batch);
  }
  for (const storage::Manifest& manifest : there) {
    const auto is_same = [&](const auto& other) { return other.generation() == manifest.generation(); };
    if (absl::c_any_of(here, is_same)) continue;
    ASSIGN_OR_RETURN(const storage::Manifest fetched, Fetch(manifest));
    ManifestStore::Put(fetched, &batch);
  }
  ManifestStore::SetCurrent(corpus, active, &batch);
  RETURN_IF_ERROR(store_->database().Write(batch, Database::Durability::kSynced));
  absl::MutexLock lock(&store_->publishing());
  return store_->ReclaimSegments();
}

absl::StatusOr<storage::Manifest> CatalogCache::Fetch(const storage::Manifest& manifest) {
  storage::Manifest fetched = manifest;
  ASSIGN_OR_RETURN(const auto known, KnownSegments());
  for (storage::SegmentManifest& segment : *fetched.mutable_segments()) {
    const auto found = known.find(segment.cluster_index());
    if (found != known.end()) {
      // What is replaced in it is said by the generation.
      segment.set_segment(found->second.segment());
      continue;
    }
    ASSIGN_OR_RETURN(segment, FetchSegment(segment));
  }
  return fetched;
}

absl::StatusOr<storage::SegmentManifest> CatalogCache::FetchSegment(const storage::SegmentManifest& in_cluster) {
  storage::SegmentManifest fetched = in_cluster;
  ASSIGN_OR_RETURN(const uint64_t number, store_->segments().NewSegment());
  fetched.set_segment(number);
  for (const storage::PieceSet& pieces : in_cluster.indexes()) {
    std::string bytes;
    for (int i = 0; i < pieces.sha256_size(); ++i) {
      const std::string id = PieceId(pieces.first_piece() + static_cast<uint32_t>(i));
      ASSIGN_OR_RETURN(const auto piece, reader_->ReadField({{in_cluster.cluster_index(), id}}, "piece"));
      if (Sha256(piece[0]) != pieces.sha256(i)) {
        return absl::DataLossError(absl::StrCat("piece ", i, " of ", pieces.name(), " in index ",
                                                in_cluster.cluster_index(),
                                                " of the cluster has a wrong SHA-256. Publish the corpus again."));
      }
      bytes += piece[0];
    }
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
