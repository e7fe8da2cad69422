// Publishes generations of a store to a cluster: what of their segments is not there is put there, then the alias is
// switched, in one step. A writer that is stopped leaves what served, and what it wrote is not written again.
//
// Not thread-safe. Several may publish at once, also of one corpus: the last one serves, unless another one was
// switched to since it looked what serves.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_PUBLISHER_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_PUBLISHER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "index/cluster/cluster_catalog.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/cluster_sweeper.h"
#include "index/cluster/segment_uploader.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class ClusterPublisher {
 public:
  // `store` must outlive the publisher. `progress`: see SegmentUploader; null: none. Errors are those of ClusterClient.
  static absl::StatusOr<std::unique_ptr<ClusterPublisher>> Create(EvidenceStore* store,
                                                                  const config::IndexConfig& config,
                                                                  SegmentUploader::Progress progress = nullptr);

  // Takes over into the store what was said in the cluster of the worth of documents since this was called last, so
  // that an import knows what was deleted there. To be called before it. Where the cluster has lost changes that the
  // store has seen, as after a restore, it is told again first what the store knows.
  absl::Status Pull();

  // Puts what the store was told of the worth of documents since this was called last into the changes of the cluster.
  absl::Status Push();

  // The generation that serves the corpus in the cluster; unset: none does.
  absl::StatusOr<absl::optional<std::string>> Serving(const std::string& corpus) const {
    return catalog_.Serving(corpus);
  }

  // Whether Publish has made this generation serve out of this store, or found that it does with the same documents.
  // NOT_FOUND: there is none of this name in the cluster.
  absl::StatusOr<bool> IsOwn(const std::string& corpus, const std::string& generation) const;

  // Makes the generation serve in the cluster, and returns the name that it has there. Where what serves has the same
  // documents, nothing is switched, and its name is returned. Pushes first; afterwards removes what is no longer
  // needed (ClusterSweeper). ABORTED: another generation was published meanwhile, or has taken a segment with it when
  // it was removed: publish again. Errors beside that are those of SegmentUploader and ClusterCatalog; what is left
  // behind does not serve, and a publication on a later day removes it.
  absl::StatusOr<std::string> Publish(const storage::Manifest& generation);

  // As Publish, of a generation whose segments are in the cluster, to serve instead of `before`; unset: of none.
  absl::StatusOr<std::string> PublishUploaded(const storage::Manifest& generation,
                                              const absl::optional<std::string>& before) {
    return PublishOver(before, generation, /*is_own=*/false);
  }

 private:
  ClusterPublisher(EvidenceStore* store, const config::IndexConfig& config, std::unique_ptr<ClusterClient> client,
                   SegmentUploader::Progress progress);

  absl::StatusOr<storage::Manifest> Upload(const storage::Manifest& generation);
  absl::StatusOr<std::string> PublishOver(const absl::optional<std::string>& before, storage::Manifest uploaded,
                                          bool is_own);
  absl::Status RememberAsOwn(const storage::Manifest& generation, const std::string& name);
  // From `before` to the generation, which is in the cluster under this name; removes it where that is ABORTED.
  absl::Status Switch(const storage::Manifest& generation, const absl::optional<std::string>& before,
                      const std::string& name);
  // The last word on each subject by each origin in the changes of the cluster, read as far as they go.
  absl::Status ReadChanges();
  // As if nothing had been pulled or pushed before.
  absl::Status SayAgain();
  absl::Status Append(const storage::Change& change);

  EvidenceStore* store_;
  std::unique_ptr<ClusterClient> client_;
  ClusterCatalog catalog_;
  SegmentUploader uploader_;
  ClusterSweeper sweeper_;
  uint64_t last_sequence_ = 0;
  std::map<std::string, storage::StatusNotice> last_words_;
  // SHA-256 of each change that is in the cluster.
  std::set<std::string> there_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_PUBLISHER_H_
