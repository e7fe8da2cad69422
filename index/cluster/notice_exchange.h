// What the store of a job and a cluster tell each other of the worth of documents. The changes of the cluster have one
// order, and the last word of each origin on a subject is in force; so a job that did not know the word which it would
// replace, because somebody else said it meanwhile, says only what is graver.
//
// Not thread-safe; others may tell the same cluster at the same time. Cost of a Push that says anything: reads all
// changes of the store. Memory: the last words of the cluster.
#ifndef BEDSIDE_INDEX_CLUSTER_NOTICE_EXCHANGE_H_
#define BEDSIDE_INDEX_CLUSTER_NOTICE_EXCHANGE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "index/cluster/cluster_catalog.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

class NoticeExchange {
 public:
  // Both must outlive the object.
  NoticeExchange(EvidenceStore* store, const ClusterCatalog* catalog) : store_(store), catalog_(catalog) {}

  // Takes over into the store what was said in the cluster since this was called last. Where the cluster has not the
  // changes that the store has seen, as after a restore, it is first told again what the store knows to be graver.
  // Errors are those of the catalog, here and below.
  absl::Status Pull();

  // Says in the cluster what the store was told since this was called last.
  absl::Status Push();

  // The number of the last change of the cluster that Push has read or made.
  uint64_t last_sequence() const { return last_sequence_; }

 private:
  // The last word on each subject by each origin in the changes of the cluster, read as far as they go.
  absl::Status ReadChanges();
  absl::Status SayAgain();
  // Null: there is none.
  const storage::StatusNotice* WordOn(const storage::Change& change) const;
  // Unless it is no news, given the last word on the same; asked again where that changes.
  absl::Status Append(const storage::Change& change,
                      const std::function<bool(const storage::StatusNotice* word)>& is_news);

  EvidenceStore* store_;
  const ClusterCatalog* catalog_;
  uint64_t last_sequence_ = 0;
  std::map<std::string, storage::StatusNotice> last_words_;
  // SHA-256 of each change that is in the cluster.
  std::set<std::string> there_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_NOTICE_EXCHANGE_H_
