// Which generations a cluster has, which of them serve, and what happened to the documents of its corpora: what is
// published and retracted, one step after another, whoever does it.
//
// A generation is an index with its manifest in it, and serves where the alias of its corpus says so: a switch is one
// request that the cluster carries out as a whole or not at all. A change is a document with its number for its id,
// which is created once: so changes have an order without gaps.
//
// Thread-safe. Errors beside those named are those of ClusterClient::Call.
#ifndef BEDSIDE_INDEX_CLUSTER_CLUSTER_CATALOG_H_
#define BEDSIDE_INDEX_CLUSTER_CLUSTER_CATALOG_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/index_names.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

class ClusterCatalog {
 public:
  // Changes that are read at once.
  static constexpr size_t kChangesAtOnce = 256;

  // `client` must outlive the catalog.
  ClusterCatalog(const ClusterClient* client, const config::ClusterConfig& config)
      : client_(client), config_(config), names_(config) {}

  // The generation that serves of each corpus that has one. A node that has lost the others cannot say it.
  absl::StatusOr<std::map<std::string, std::string>> Active() const;

  // The one that serves the corpus; unset: none does.
  absl::StatusOr<absl::optional<std::string>> Serving(const std::string& corpus) const;

  // The names of generations, ascending, also of those that have no manifest yet.
  absl::StatusOr<std::vector<std::string>> GenerationNames(const std::string& corpus) const;

  // All generations of the corpus by name. DATA_LOSS: an index of a generation has no manifest, or one that does not
  // parse.
  absl::StatusOr<std::vector<storage::Manifest>> Generations(const std::string& corpus) const;

  // NOT_FOUND: there is none of this name. DATA_LOSS: as Generations.
  absl::StatusOr<storage::Manifest> Generation(const std::string& corpus, const std::string& generation) const;

  // Adds a generation that does not serve yet, under a name of the catalog's, which is returned: later than all others
  // of the corpus, and one that none of them had before, for servers know them by it. It is the time in milliseconds.
  absl::StatusOr<std::string> Add(storage::Manifest manifest) const;

  // Makes `to` serve instead of `from`, in one step; unset: none served, which is looked up before. OK also where it
  // does already. ABORTED: another one serves by now.
  absl::Status Switch(const std::string& corpus, const absl::optional<std::string>& from, const std::string& to) const;

  // Removes a generation; its segments stay. NOT_FOUND: there is none. REQUIRES: it does not serve
  absl::Status Remove(const std::string& corpus, const std::string& generation) const;

  // The indexes of segments, generations and jobs of the corpus, and when each was made. Others are not ours, whatever
  // their names begin with.
  absl::StatusOr<std::map<std::string, absl::Time>> Indexes(const std::string& corpus) const;

  // Removes an index, or finds that it is gone. REQUIRES: no generation has it
  absl::Status RemoveIndex(const std::string& index) const;

  // The changes with numbers above `sequence`, in order, at most kChangesAtOnce: those of all corpora. DATA_LOSS: one
  // does not parse, or there is none of the number `sequence`, which is not 0: the cluster has lost changes. A node
  // that has lost the others answers, too, with what it has.
  absl::StatusOr<std::vector<storage::Change>> ChangesAfter(uint64_t sequence) const;

  struct State {
    // As ChangesAfter.
    std::vector<storage::Change> changes;
    // As Active.
    std::map<std::string, std::string> active;
  };
  // Both of one node, which has not lost the others, then: its changes are those of the cluster. Errors are those of
  // both.
  absl::StatusOr<State> Look(uint64_t sequence) const;

  // Appends a change after `sequence`, or finds that it is there, as where an answer was lost. ABORTED: others have
  // appended meanwhile: read those first.
  absl::Status Append(const storage::Change& change, uint64_t sequence) const;

 private:
  absl::Status EnsureChanges() const;
  // The documents of the changes from this number on that are there without a gap, `count` at most.
  absl::StatusOr<nlohmann::json> GetChanges(uint64_t from, size_t count) const;
  ClusterRequest RequestOfChanges(uint64_t from, size_t count) const;
  ClusterRequest RequestOfActive() const;
  absl::StatusOr<std::map<std::string, std::string>> ReadActive(const absl::StatusOr<nlohmann::json>& answer) const;
  // Once this one serves instead of none. Takes it back where another one was made to serve at the same time.
  absl::Status CheckAlone(const std::string& corpus, const std::string& generation) const;
  absl::StatusOr<std::string> NextName(const std::string& corpus) const;

  const ClusterClient* client_;
  const config::ClusterConfig config_;
  const IndexNames names_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_CLUSTER_CATALOG_H_
