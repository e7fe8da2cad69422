// Keeps the changes of a store of this machine at those of a cluster, under the numbers that they have there.
//
// Thread-safe. The store has no other writer of changes. A call waits for another that fetches or applies.
#ifndef BEDSIDE_INDEX_CLUSTER_CHANGE_CACHE_H_
#define BEDSIDE_INDEX_CLUSTER_CHANGE_CACHE_H_

#include <functional>
#include <map>
#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "index/cluster/cluster_catalog.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class ChangeCache {
 public:
  // Both must outlive the object.
  ChangeCache(EvidenceStore* store, const ClusterCatalog* catalog) : store_(store), catalog_(catalog) {}

  // Takes over what is new. Returns the generation that serves of each corpus, as of after that. DATA_LOSS: the cluster
  // has fewer changes than the store, or others. Other errors are those of the catalog.
  absl::StatusOr<std::map<std::string, std::string>> Fetch();

  // Calls `apply` with each corpus of which there is a change that it was not called with yet, also where Fetch failed
  // after that. Ends with the first error; that corpus is left for the next call.
  absl::Status Apply(const std::function<absl::Status(const std::string& corpus)>& apply);

  // That the store has the changes that the cluster had when the generation was published there; what is missing is
  // fetched. DATA_LOSS: the cluster has lost them. Other errors are those of Fetch.
  absl::Status RequireThoseOf(const storage::Manifest& generation);

 private:
  EvidenceStore* store_;
  const ClusterCatalog* catalog_;

  absl::Mutex mutex_;
  std::set<std::string> changed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CHANGE_CACHE_H_
