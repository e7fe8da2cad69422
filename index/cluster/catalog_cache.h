// Keeps a store of this machine at the state of a cluster's catalog: the manifests of the generations that are there,
// which of them serve, and their tables. Passages and documents stay in the cluster; changes: ChangeCache.
//
// What the store has then is what LocalEngine reads, with the passages of ClusterPassages. The store can be thrown
// away: it is fetched again.
//
// Not thread-safe. The store has no other writer of manifests.
#ifndef BEDSIDE_INDEX_CLUSTER_CATALOG_CACHE_H_
#define BEDSIDE_INDEX_CLUSTER_CATALOG_CACHE_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/cluster/change_cache.h"
#include "index/cluster/cluster_catalog.h"
#include "index/cluster/segment_reader.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class CatalogCache {
 public:
  // All must outlive the object.
  CatalogCache(EvidenceStore* store, const ClusterCatalog* catalog, const SegmentReader* reader, ChangeCache* changes)
      : store_(store), catalog_(catalog), reader_(reader), changes_(changes) {}

  // Called between the pieces of tables, which are some megabytes each.
  using Between = std::function<void()>;

  // Takes over the generations of each corpus of which another one serves than in the store. `stale` and errors: see
  // FetchGenerations; one corpus does not keep others from theirs.
  absl::Status FetchServing(const std::map<std::string, std::string>& active, std::set<std::string>* stale,
                            const Between& between);

  // Takes over the generations of the corpus, of which `active` serves, and lets go of those that are gone. Adds the
  // corpus to `stale` where another one serves in the store than before, also where it fails after that. One that does
  // not serve and cannot be fetched is left out. DATA_LOSS: a table in the cluster is not what its manifest says, so
  // that what served in the store goes on, or where nothing did, the last serves that can be fetched of those that did
  // before it was published; or changes are lost that were there when it was published. UNAVAILABLE: it has been
  // replaced meanwhile. Other errors are those of the catalog.
  absl::Status FetchGenerations(const std::string& corpus, const std::string& active, std::set<std::string>* stale,
                                const Between& between);

  // Takes over one generation, which need not serve. Errors are those of FetchGenerations, and NOT_FOUND.
  absl::Status FetchGeneration(const std::string& corpus, const std::string& generation, const Between& between);

 private:
  // Puts the generation into the store, where it is not there yet.
  absl::Status Take(const storage::Manifest& manifest, const Between& between);
  // Where none serves in the store.
  absl::Status TakeEarlier(const storage::Manifest& serving, std::set<std::string>* stale, const Between& between);
  absl::Status Activate(const std::string& corpus, const std::string& generation, std::set<std::string>* stale);
  absl::Status DropAllBut(const std::vector<storage::Manifest>& kept, const std::string& corpus);
  absl::StatusOr<storage::Manifest> Fetch(const storage::Manifest& manifest, const Between& between);
  absl::StatusOr<storage::SegmentManifest> FetchSegment(const storage::SegmentManifest& in_cluster,
                                                        const Between& between);
  // Segments of the store by their index in the cluster.
  absl::StatusOr<std::map<std::string, storage::SegmentManifest>> KnownSegments() const;

  EvidenceStore* store_;
  const ClusterCatalog* catalog_;
  const SegmentReader* reader_;
  ChangeCache* changes_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CATALOG_CACHE_H_
