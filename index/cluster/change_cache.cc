#include "index/cluster/change_cache.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {
namespace {

absl::Status LostChanges(uint64_t sequence) {
  return absl::DataLossError(absl::StrCat(
      "the cluster no longer has change ", sequence,
      " as it was seen. Where it was restored from a snapshot, start the server with an empty index.store_path."));
}

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> ChangeCache::Fetch() {
  absl::MutexLock lock(&mutex_);
  for (;;) {
    const uint64_t last = store_->changes().last_sequence();
    // The last one that is known is read again: a cluster that was restored may have another one of its number.
    const uint64_t known = last == 0 ? 0 : 1;
    ASSIGN_OR_RETURN(const auto here, store_->changes().After(last - known));
    ASSIGN_OR_RETURN(ClusterCatalog::State state, catalog_->Look(last - known));
    std::vector<storage::Change>& changes = state.changes;
    if (known > 0 && (changes.empty() || changes[0].SerializeAsString() != here[0].SerializeAsString())) {
      return LostChanges(last);
    }
    changes.erase(changes.begin(), changes.begin() + static_cast<ptrdiff_t>(known));
    if (changes.empty()) return std::move(state.active);
    RETURN_IF_ERROR(store_->changes().Append(changes).status());
    for (const storage::Change& change : changes) changed_.insert(change.corpus());
  }
}

absl::Status ChangeCache::Apply(const std::function<absl::Status(const std::string& corpus)>& apply) {
  absl::MutexLock lock(&mutex_);
  for (auto corpus = changed_.begin(); corpus != changed_.end(); corpus = changed_.erase(corpus)) {
    RETURN_IF_ERROR(apply(*corpus));
  }
  return absl::OkStatus();
}

absl::Status ChangeCache::RequireThoseOf(const storage::Manifest& generation) {
  if (store_->changes().last_sequence() >= generation.change_sequence()) return absl::OkStatus();
  RETURN_IF_ERROR(Fetch().status());
  const uint64_t last = store_->changes().last_sequence();
  if (last >= generation.change_sequence()) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      "the cluster has ", last, " changes, and had ", generation.change_sequence(), " when generation ",
      generation.generation(), " of corpus ", generation.corpus(),
      " was published: what was retracted is not known. Restore all indexes of its prefix from one snapshot."));
}

}  // namespace bedside
