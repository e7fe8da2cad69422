// Publishes generations of a store to a cluster: what of their segments is not there is put there, then the alias is
// switched, in one step. A writer that is stopped leaves what served, and what it wrote is not written again.
//
// Not thread-safe. Several may publish at once, also of one corpus: the last one serves, unless another one was
// switched to since it looked what serves.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_PUBLISHER_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_PUBLISHER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/cluster/cluster_catalog.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/cluster_sweeper.h"
#include "index/cluster/notice_exchange.h"
#include "index/cluster/segment_reader.h"
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

  // See NoticeExchange. Pull is to be called before an import, so that it knows what was deleted in the cluster.
  absl::Status Pull() { return notices_.Pull(); }
  absl::Status Push() { return notices_.Push(); }

  // The generation that serves the corpus in the cluster; unset: none does.
  absl::StatusOr<absl::optional<std::string>> Serving(const std::string& corpus) const {
    return catalog_.Serving(corpus);
  }

  // Whether Publish has made this generation serve out of this store, or found that it does with the same documents.
  absl::StatusOr<bool> IsOwn(const std::string& corpus, const std::string& generation) const;

  // Where somebody went back in the cluster to `serving`, which Publish has made serve out of this store before, goes
  // back in the store as well, so that an import builds on what serves. To be called before it. FAILED_PRECONDITION:
  // the store has that generation no longer.
  absl::Status GoBackTo(const std::string& corpus, const std::string& serving);

  // A source set other than `own` of which the generation in the cluster has documents in force; unset: none. Errors
  // are those of SegmentReader. Cost: reads the document tables of the generation.
  absl::StatusOr<absl::optional<std::string>> OtherSourceSet(const std::string& corpus, const std::string& generation,
                                                             absl::string_view own) const;

  // Makes the generation serve in the cluster instead of `before`, unset: of none; returns the name that it has there.
  // Where what serves has the same documents, nothing is switched, and its name is returned. Pushes first; afterwards
  // removes what is no longer needed (ClusterSweeper). ABORTED: another generation serves meanwhile, or has taken a
  // segment with it when it was removed: publish again. Errors beside that are those of SegmentUploader and
  // ClusterCatalog; what is left behind does not serve, and a publication on a later day removes it.
  absl::StatusOr<std::string> Publish(const storage::Manifest& generation, const absl::optional<std::string>& before);

  // As above, instead of what serves when this is called.
  absl::StatusOr<std::string> Publish(const storage::Manifest& generation);

  // As Publish, of a generation whose segments are in the cluster.
  absl::StatusOr<std::string> PublishUploaded(const storage::Manifest& generation,
                                              const absl::optional<std::string>& before) {
    return PublishOver(before, generation, absl::nullopt);
  }

 private:
  ClusterPublisher(EvidenceStore* store, const config::IndexConfig& config, std::unique_ptr<ClusterClient> client,
                   SegmentUploader::Progress progress);

  absl::StatusOr<storage::Manifest> Upload(const storage::Manifest& generation);
  // `own`: the name that the generation has in the store, out of which it is published.
  absl::StatusOr<std::string> PublishOver(const absl::optional<std::string>& before, storage::Manifest uploaded,
                                          const absl::optional<std::string>& own);
  // The name in the store of a generation of the cluster that was published out of it.
  absl::StatusOr<absl::optional<std::string>> OwnName(const std::string& corpus, const std::string& generation) const;
  // In the store.
  absl::Status Remember(const std::string& key, const std::string& name);
  // Whether what serves is the same.
  absl::StatusOr<bool> Serves(const std::string& serving, const storage::Manifest& uploaded) const;
  // What remains is swept by the next publication.
  void Sweep(const std::string& corpus, const std::string& published, const absl::optional<std::string>& before) const;
  absl::Status CheckServes(const std::string& corpus, const absl::optional<std::string>& before) const;
  // From `before` to the generation, which is in the cluster under this name; removes it where that is ABORTED.
  absl::Status Switch(const storage::Manifest& generation, const absl::optional<std::string>& before,
                      const std::string& name);

  EvidenceStore* store_;
  std::unique_ptr<ClusterClient> client_;
  ClusterCatalog catalog_;
  SegmentReader reader_;
  NoticeExchange notices_;
  SegmentUploader uploader_;
  ClusterSweeper sweeper_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_PUBLISHER_H_
