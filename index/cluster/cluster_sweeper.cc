#include "index/cluster/cluster_sweeper.h"

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "index/cluster/shard_leases.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr size_t kDefaultKeptGenerations = 2;

}  // namespace

ClusterSweeper::ClusterSweeper(const ClusterClient* client, const config::IndexConfig& config)
    : client_(client),
      names_(config.cluster()),
      kept_generations_(config.kept_generations() == 0 ? kDefaultKeptGenerations : config.kept_generations()),
      catalog_(client, config.cluster()) {}

bool ClusterSweeper::IsJob(const std::string& corpus, const std::string& index) const {
  return absl::StartsWith(index, names_.Job(corpus, ""));
}

absl::StatusOr<std::set<std::string>> ClusterSweeper::Strays(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const auto indexes, catalog_.Indexes(corpus));
  const absl::Time old = absl::Now() - kStrayAge;
  absl::Time limit = old;
  std::set<std::string> strays;
  for (const auto& [index, made] : indexes) {
    if (!IsJob(corpus, index)) continue;
    ASSIGN_OR_RETURN(const bool is_published, ShardLeases::IsPublished(*client_, index));
    // What it has built so far is younger than the job.
    if (!is_published) limit = std::min(limit, made);
    if (is_published && made < old) strays.insert(index);
  }
  for (const auto& [index, made] : indexes) {
    if (!IsJob(corpus, index) && made < limit) strays.insert(index);
  }
  return strays;
}

absl::StatusOr<std::vector<storage::Manifest>> ClusterSweeper::Generations(
    const std::string& corpus, const absl::optional<std::string>& before) const {
  ASSIGN_OR_RETURN(std::vector<storage::Manifest> generations, catalog_.Generations(corpus));
  std::sort(generations.begin(), generations.end(), [&](const auto& a, const auto& b) {
    const bool a_served = before == a.generation();
    const bool b_served = before == b.generation();
    return a_served != b_served ? a_served : a.generation() > b.generation();
  });
  return generations;
}

absl::Status ClusterSweeper::Sweep(const std::string& corpus, const std::string& published,
                                   const absl::optional<std::string>& before) const {
  // In this order: what a generation has that comes meanwhile is no stray, and what somebody goes back to stays.
  ASSIGN_OR_RETURN(std::set<std::string> unused, Strays(corpus));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> generations, Generations(corpus, before));
  ASSIGN_OR_RETURN(const absl::optional<std::string> serving, catalog_.Serving(corpus));
  std::set<std::string> used;
  size_t others = 0;
  for (const storage::Manifest& generation : generations) {
    const std::string& name = generation.generation();
    const bool is_kept = name == serving || name >= published || ++others <= kept_generations_;
    const std::string index = names_.Generation(corpus, name);
    (is_kept ? used : unused).insert(index);
    if (!is_kept) RETURN_IF_ERROR(catalog_.RemoveIndex(index));
    for (const auto& segment : generation.segments()) (is_kept ? used : unused).insert(segment.cluster_index());
  }
  for (const std::string& index : unused) {
    if (used.count(index) == 0) RETURN_IF_ERROR(catalog_.RemoveIndex(index));
  }
  return absl::OkStatus();
}

}  // namespace bedside
