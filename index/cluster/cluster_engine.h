// EvidenceEngine over a cluster: passages are searched and read there (ClusterPassages); generations, their tables and
// what documents are worth are taken over into a store of this machine, which is a cache (CatalogCache). Any number of
// servers serve one cluster, and what one of them is told, a retraction or which generation is to serve, all of them
// follow.
//
// Follow() is to be called again and again. Once it has not seen the changes of the cluster for longer than max_lag_ms,
// no view is given out: what has been retracted meanwhile cannot be known. A generation that cannot be taken over, or
// does not load, stands in the way of no change, and of no way back to another one.
//
// Memory: the tables of the generations that serve: terms, words, abbreviations and documents.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_ENGINE_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_ENGINE_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/cluster/catalog_cache.h"
#include "index/cluster/change_cache.h"
#include "index/cluster/cluster_catalog.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/segment_reader.h"
#include "index/engine/evidence_engine.h"
#include "index/engine/freshness.h"
#include "index/engine/local_engine.h"
#include "index/store/evidence_store.h"
#include "index/vector/vector_settings.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class ClusterEngine : public EvidenceEngine {
 public:
  using Clock = Freshness::Clock;

  // Opens the cache at index.store_path and takes over what the cluster has. Where a generation cannot be taken over or
  // does not load, the engine starts all the same: with the one that the cache has, or View says why there is none.
  // Where the cluster does not answer now, it starts, too, and View is UNAVAILABLE until Follow succeeds.
  // Errors are those of Database::Open and of ClusterClient; DATA_LOSS: the cluster has lost changes that the cache
  // has. `embedder_id`: see LocalEngine.
  static absl::StatusOr<std::unique_ptr<ClusterEngine>> Create(const config::IndexConfig& config,
                                                               const std::string& embedder_id,
                                                               Clock clock = &absl::Now);

  // Takes over what is new in the cluster. An error is also what Following() says until a call succeeds; what served
  // goes on serving, with the changes that are known. Cost: two small requests, where nothing is new.
  absl::Status Follow();

  // FAILED_PRECONDITION: documents are imported by bedside_ingest.
  absl::Status CheckWritable() const override;
  absl::optional<FollowState> Following() const override;

  // UNAVAILABLE: the cluster has not been seen for too long. Other errors are those of LocalEngine, and of Follow for a
  // corpus that is not here.
  absl::StatusOr<std::shared_ptr<const EvidenceView>> View(const std::string& corpus) const override;

  std::vector<std::string> Corpora() const override;
  absl::StatusOr<std::shared_ptr<const EvidenceView>> OpenBeside(const storage::Manifest& generation) const override;
  std::string Fallback(const std::string& corpus) const override;
  absl::StatusOr<std::vector<storage::Manifest>> Generations(const std::string& corpus) const override;
  absl::StatusOr<std::string> ActiveGeneration(const std::string& corpus) const override;
  absl::StatusOr<GenerationComparison> Compare(const std::string& corpus, const std::string& base,
                                               const std::string& other) const override;

  // UNAVAILABLE: as View, for what was deleted meanwhile cannot be known. Cost of ReadVersions: one request, and one
  // more where it finds indexes gone; where the generation that serves lacks one, the document tables of the others are
  // read from the cache.
  absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> ReadVersions(
      const std::string& corpus, const std::vector<DocumentVersion>& documents) const override;
  absl::StatusOr<bool> IsDeleted(const std::string& corpus, const std::string& document) const override;

  // These change the cluster, and then take over what it has. UNAVAILABLE and the like: the cluster does not answer;
  // ABORTED: others change the same all the time.
  absl::Status Refresh(const std::string& corpus) override;
  absl::Status Activate(const std::string& corpus, const std::string& generation) override;
  absl::Status Retire(const std::string& corpus, const std::string& generation) override;
  absl::Status ApplyNotice(const std::string& corpus, const storage::StatusNotice& notice,
                           const std::string& request_id) override;

 private:
  ClusterEngine(std::unique_ptr<EvidenceStore> store, std::unique_ptr<ClusterClient> client,
                const config::IndexConfig& config, const VectorSettings& vector, Clock clock);

  std::shared_ptr<const PassageSource> PassagesOf(const EvidenceView& /*view*/) const override { return passages_; }

  absl::Status Look() ABSL_LOCKS_EXCLUDED(follow_mutex_);
  absl::Status LookLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(follow_mutex_);
  // The generations that serve in the cluster, whose changes are known and in force after it. Waits for no table.
  absl::StatusOr<std::map<std::string, std::string>> TakeChanges();
  absl::Status RefreshStale() ABSL_EXCLUSIVE_LOCKS_REQUIRED(follow_mutex_);
  // Keeps changes of others from waiting for the tables of a large generation.
  CatalogCache::Between BetweenPieces();
  absl::Status CheckFresh() const;
  // Where the cluster has the documents in these versions; a place stays unset where no kept generation has it.
  absl::Status FindPlaces(const std::string& corpus, const std::vector<DocumentVersion>& documents,
                          const std::set<std::string>& gone, std::vector<absl::optional<RecordPlace>>* places) const;
  // ReadVersions without the indexes that are known to be gone; adds those that it finds so.
  absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> ReadVersionsBut(
      const std::string& corpus, const std::vector<DocumentVersion>& documents, std::set<std::string>* gone) const;
  // FAILED_PRECONDITION: the generation is one of the active ones, or serves in place of one.
  absl::Status CheckUnused(const std::string& corpus, const std::string& generation,
                           const std::set<std::string>& active) const;
  // Into the cache, before there is what serves from it. `reached`: whether the changes and what is to serve are known.
  absl::Status FetchFirst(absl::Status* reached) ABSL_EXCLUSIVE_LOCKS_REQUIRED(follow_mutex_);

  std::unique_ptr<EvidenceStore> store_;
  std::unique_ptr<ClusterClient> client_;
  const ClusterCatalog catalog_;
  const SegmentReader reader_;
  const std::shared_ptr<const PassageSource> passages_;
  // How long ago the cluster's changes were known.
  Freshness freshness_;

  ChangeCache changes_;
  // One at a time looks for generations, or changes which there are. Held while tables are fetched.
  absl::Mutex follow_mutex_;
  CatalogCache cache_ ABSL_GUARDED_BY(follow_mutex_);
  // Corpora of which a generation was taken over that does not serve here yet.
  std::set<std::string> stale_ ABSL_GUARDED_BY(follow_mutex_);
  std::unique_ptr<LocalEngine> local_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_ENGINE_H_
