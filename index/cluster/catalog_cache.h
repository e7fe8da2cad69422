// Keeps a store of this machine at the state of a cluster's catalog: the changes under the numbers that they have
// there, the manifests of the generations that are there, which of them serve, and their tables. Passages and documents
// stay in the cluster.
//
// What the store has then is what LocalEngine reads, with the passages of ClusterPassages. The store can be thrown
// away: it is fetched again.
//
// Not thread-safe. The store has no other writer of changes and manifests.
#ifndef BEDSIDE_INDEX_CLUSTER_CATALOG_CACHE_H_
#define BEDSIDE_INDEX_CLUSTER_CATALOG_CACHE_H_

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/cluster/cluster_catalog.h"
#include "index/cluster/segment_reader.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class CatalogCache {
 public:
  // All must outlive the object.
  CatalogCache(EvidenceStore* store, const ClusterCatalog* catalog, const SegmentReader* reader)
      : store_(store), catalog_(catalog), reader_(reader) {}

  // Adds to `stale` the corpora of which something is new in the store now: the generation that serves, or a change;
  // also where it fails after that. DATA_LOSS: a table in
  // the cluster is not what its manifest says, or the cluster has fewer changes than the store. Other errors are those
  // of the catalog; the store is at an earlier state of the catalog then.
  absl::Status Update(std::set<std::string>* stale);

  // Takes over the generations of the corpus, of which `active` serves, and lets go of those that are gone. Errors are
  // those of Update.
  absl::Status FetchGenerations(const std::string& corpus, const std::string& active);

 private:
  absl::Status FetchChanges(std::set<std::string>* stale);
  absl::StatusOr<storage::Manifest> Fetch(const storage::Manifest& manifest);
  absl::StatusOr<storage::SegmentManifest> FetchSegment(const storage::SegmentManifest& in_cluster);
  // Segments of the store by their index in the cluster.
  absl::StatusOr<std::map<std::string, storage::SegmentManifest>> KnownSegments() const;

  EvidenceStore* store_;
  const ClusterCatalog* catalog_;
  const SegmentReader* reader_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CATALOG_CACHE_H_
