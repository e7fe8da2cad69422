// Removes from a cluster what a corpus no longer needs: generations beyond the kept ones, and what no generation has
// and no job that goes on may have.
//
// A cluster cannot remove an index on a condition. So it is looked at before each removal: what is needed anew between
// that and the removal, within milliseconds, is lost. Who publishes looks at its segments once more before it switches.
//
// Thread-safe. Errors are those of ClusterClient::Call.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_SWEEPER_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_SWEEPER_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "index/cluster/cluster_catalog.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/index_names.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class ClusterSweeper {
 public:
  // No upload takes longer: an older index that no generation has is of a writer that was stopped and has built
  // something else since, or of a generation that was retired. The index of a job that was published stays as long.
  static constexpr absl::Duration kStrayAge = absl::Hours(24);

  // `client` must outlive the sweeper.
  ClusterSweeper(const ClusterClient* client, const config::IndexConfig& config);

  // `published`: the generation that was just made to serve, instead of `before`. Kept are these two, what serves by
  // now, later ones, which others are about to switch to, and as many as IndexConfig.kept_generations says. Where
  // another one comes or is switched to meanwhile, the rest stays.
  absl::Status Sweep(const std::string& corpus, const std::string& published,
                     const absl::optional<std::string>& before) const;

 private:
  struct State {
    absl::optional<std::string> serving;
    // By name.
    std::set<std::string> generations;
  };

  absl::StatusOr<State> Look(const std::string& corpus) const;
  // Ends where `state` is not what there is, but for what it has removed.
  absl::Status RemoveAll(const std::string& corpus, const std::vector<std::string>& indexes, State state) const;
  bool IsJob(const std::string& corpus, const std::string& index) const;
  // Indexes that are old enough to go where no generation has them.
  absl::StatusOr<std::set<std::string>> Strays(const std::string& corpus) const;
  // What served until now first, then from new to old.
  absl::StatusOr<std::vector<storage::Manifest>> Generations(const std::string& corpus,
                                                             const absl::optional<std::string>& before) const;

  const ClusterClient* client_;
  const IndexNames names_;
  const size_t kept_generations_;
  const ClusterCatalog catalog_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_SWEEPER_H_
