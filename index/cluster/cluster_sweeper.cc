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

absl::StatusOr<ClusterSweeper::State> ClusterSweeper::Look(const std::string& corpus) const {
  State state;
  ASSIGN_OR_RETURN(state.serving, catalog_.Serving(corpus));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, catalog_.GenerationNames(corpus));
  state.generations.insert(names.begin(), names.end());
  return state;
}

absl::Status ClusterSweeper::Sweep(const std::string& corpus, const std::string& published,
                                   const absl::optional<std::string>& before) const {
  // In this order: what a generation has that comes meanwhile is no stray.
  ASSIGN_OR_RETURN(std::set<std::string> unused, Strays(corpus));
  ASSIGN_OR_RETURN(const State state, Look(corpus));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> generations, Generations(corpus, before));
  std::set<std::string> used;
  std::vector<std::string> going;
  size_t others = 0;
  for (const storage::Manifest& generation : generations) {
    const std::string& name = generation.generation();
    const bool is_kept = name == state.serving || name >= published || ++others <= kept_generations_;
    const std::string index = names_.Generation(corpus, name);
    if (is_kept) used.insert(index);
    if (!is_kept) going.push_back(index);
    for (const auto& segment : generation.segments()) (is_kept ? used : unused).insert(segment.cluster_index());
  }
  for (const std::string& index : unused) {
    if (used.count(index) == 0) going.push_back(index);
  }
  return RemoveAll(corpus, going, state);
}

absl::Status ClusterSweeper::RemoveAll(const std::string& corpus, const std::vector<std::string>& indexes,
                                       State state) const {
  for (const std::string& index : indexes) {
    ASSIGN_OR_RETURN(const State now, Look(corpus));
    const bool is_same = now.serving == state.serving && now.generations == state.generations;
    // Another one came, or serves, which may need what goes. The publication after this one removes it.
    if (!is_same || !state.serving.has_value()) return absl::OkStatus();
    RETURN_IF_ERROR(catalog_.RemoveIndex(index));
    const absl::optional<std::string> generation = names_.GenerationOfIndex(corpus, index);
    if (generation.has_value()) state.generations.erase(*generation);
  }
  return absl::OkStatus();
}

}  // namespace bedside
