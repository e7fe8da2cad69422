#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/cluster_publisher.h"
#include "index/status/status_macros.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/config/index_config.pb.h"
#include "tools/bench/engine_nodes.h"
#include "tools/bench/engine_points.h"
#include "tools/bench/load_cost.h"
#include "tools/bench/measured_servers.h"
#include "tools/bench/process_cpu.h"
#include "tools/eval/cpu_time.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

constexpr char kStore[] = "store";
constexpr char kCorpus[] = "default";
// One machine does the work of many here: what is slow is not taken for what is lost.
constexpr uint32_t kTimeoutMs = 120'000;
constexpr uint32_t kMaxLagMs = 600'000;
constexpr absl::Duration kLookInterval = absl::Seconds(1);
constexpr absl::Duration kMergeLimit = absl::Minutes(30);
// Times that all questions are asked before it is measured: until then a node takes several times as long.
constexpr int kWarmRounds = 3;
constexpr absl::Duration kIdleTime = absl::Seconds(5);

config::ClusterConfig ConfigOf(const EngineNodes& nodes, int replicas) {
  config::ClusterConfig config;
  for (const std::string& url : nodes.urls()) config.add_urls(url);
  config.set_vector_engine(config::CLUSTER_VECTOR_ENGINE_LUCENE);
  config.set_shards(static_cast<uint32_t>(nodes.urls().size()));
  config.set_replicas(static_cast<uint32_t>(replicas));
  config.set_timeout_ms(kTimeoutMs);
  config.set_max_lag_ms(kMaxLagMs);
  return config;
}

// A number of all indexes together, of the statistics `kind`. INTERNAL: the cluster does not say it.
absl::StatusOr<uint64_t> StatisticOf(const ClusterClient& client, const std::string& kind, const std::string& pointer) {
  ASSIGN_OR_RETURN(const Json answer, client.Get(absl::StrCat("/_all/_stats/", kind)));
  const Json::json_pointer place(absl::StrCat("/_all/total/", pointer));
  if (answer.contains(place)) return answer.at(place).get<uint64_t>();
  return absl::InternalError(absl::StrCat("the cluster does not say ", place.to_string()));
}

// Until what was written is on disk, and the nodes have put their segments together.
absl::Status Settle(const ClusterClient& client) {
  RETURN_IF_ERROR(client.Post("/_flush", Json::object()).status());
  for (const absl::Time deadline = absl::Now() + kMergeLimit; absl::Now() < deadline; absl::SleepFor(kLookInterval)) {
    ASSIGN_OR_RETURN(const uint64_t merges, StatisticOf(client, "merge", "merges/current"));
    if (merges == 0) return absl::OkStatus();
  }
  return absl::InternalError("the nodes still merge segments after half an hour");
}

absl::Status PublishStore(const BenchRun& run, const config::ClusterConfig& cluster) {
  config::IndexConfig config = run.options().config.index();
  *config.mutable_cluster() = cluster;
  ASSIGN_OR_RETURN(const auto store, EvidenceStore::Open(run.Work(kStore), Database::Access::kReadWrite));
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, store->manifests().Current(kCorpus));
  if (!active.has_value()) return absl::InternalError("the store has no generation");
  ASSIGN_OR_RETURN(const storage::Manifest generation, store->manifests().Get(kCorpus, *active));
  ASSIGN_OR_RETURN(const auto publisher, ClusterPublisher::Create(store.get(), config));
  return publisher->Publish(generation).status();
}

// Seconds are of all passages. The publisher is this process.
absl::StatusOr<Json> MeasurePublishing(const BenchRun& run, const EngineNodes& nodes,
                                       const config::ClusterConfig& cluster, const ClusterClient& client) {
  const absl::Time begin = absl::Now();
  const absl::Duration publisher_begin = ProcessCpuTime();
  ASSIGN_OR_RETURN(const double nodes_begin, CpuSecondsOf(nodes.processes()));
  RETURN_IF_ERROR(PublishStore(run, cluster));
  const double wall = absl::ToDoubleSeconds(absl::Now() - begin);
  RETURN_IF_ERROR(Settle(client));
  ASSIGN_OR_RETURN(const double nodes_end, CpuSecondsOf(nodes.processes()));
  return Json{{"wall_seconds_on_shared_cores", wall},
              {"nodes_cpu_seconds", nodes_end - nodes_begin},
              {"publisher_cpu_seconds", absl::ToDoubleSeconds(ProcessCpuTime() - publisher_begin)}};
}

absl::Status StartServers(BenchRun* run, const config::ClusterConfig& cluster, int count, MeasuredServers* servers) {
  for (int i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(const std::string config_path, run->NewCache(absl::StrCat("cache_", i), cluster));
    RETURN_IF_ERROR(servers->Start(config_path));
  }
  return absl::OkStatus();
}

// The nodes compile what they run often. Servers of their own are asked, so that those that are measured have been
// asked nothing.
absl::Status WarmNodes(BenchRun* run, const config::ClusterConfig& cluster, const BenchQuestions& questions) {
  MeasuredServers servers(run);
  RETURN_IF_ERROR(StartServers(run, cluster, 1, &servers));
  const SearchLoadOptions load = servers.Load(run->options().clients);
  RETURN_IF_ERROR(MeasureSearches(Repeated(questions.one, kWarmRounds), load).status());
  return MeasureSearches(Repeated(questions.many, kWarmRounds), load).status();
}

// What the nodes take each second where nobody asks: searches are charged with it as well.
absl::StatusOr<double> IdleCpuShare(const EngineNodes& nodes) {
  ASSIGN_OR_RETURN(const double before, CpuSecondsOf(nodes.processes()));
  absl::SleepFor(kIdleTime);
  ASSIGN_OR_RETURN(const double after, CpuSecondsOf(nodes.processes()));
  return (after - before) / absl::ToDoubleSeconds(kIdleTime);
}

absl::StatusOr<Json> MeasureServers(BenchRun* run, const config::ClusterConfig& cluster, int count,
                                    const EngineNodes& nodes, const BenchQuestions& questions) {
  MeasuredServers servers(run);
  RETURN_IF_ERROR(StartServers(run, cluster, count, &servers));
  const SearchedProcesses processes = {servers.processes(), nodes.processes()};
  const SearchLoadOptions one = servers.Load(1);
  const SearchLoadOptions many = servers.Load(run->options().clients);
  Json point = {{"engine", "cluster"}, {"servers", count}};
  RETURN_IF_ERROR(MeasureSearches(questions.warm_up, many).status());
  ASSIGN_OR_RETURN(point["one_client"], MeasureCost(questions.one, one, processes));
  ASSIGN_OR_RETURN(point["many_clients"], MeasureCost(questions.many, many, processes));
  ASSIGN_OR_RETURN(point["of_servers"], servers.ToJson());
  ASSIGN_OR_RETURN(point["nodes_resident_gib"], ResidentGib(nodes.processes()));
  return point;
}

}  // namespace

absl::Status MeasureCluster(BenchRun* run, const EnginePlan& plan, int nodes, const BenchQuestions& questions,
                            Json* points) {
  ASSIGN_OR_RETURN(
      const std::unique_ptr<EngineNodes> engine,
      EngineNodes::Start(run->Program("tests/cluster/open_search_nodes"), nodes, plan.heap, run->Work("nodes.log")));
  const config::ClusterConfig cluster = ConfigOf(*engine, plan.replicas);
  ASSIGN_OR_RETURN(const std::unique_ptr<ClusterClient> client, ClusterClient::Create(cluster));
  Json of_cluster = {{"nodes", nodes}, {"shards", cluster.shards()}, {"replicas", plan.replicas}, {"heap", plan.heap}};
  ASSIGN_OR_RETURN(of_cluster["publishing"], MeasurePublishing(*run, *engine, cluster, *client));
  ASSIGN_OR_RETURN(of_cluster["disk_bytes"], StatisticOf(*client, "store", "store/size_in_bytes"));
  ASSIGN_OR_RETURN(of_cluster["lucene_segments"], StatisticOf(*client, "segments", "segments/count"));
  RETURN_IF_ERROR(WarmNodes(run, cluster, questions));
  ASSIGN_OR_RETURN(of_cluster["idle_nodes_cpu_seconds_per_second"], IdleCpuShare(*engine));
  for (const int servers : plan.servers) {
    ASSIGN_OR_RETURN(Json point, MeasureServers(run, cluster, servers, *engine, questions));
    point.update(of_cluster);
    points->push_back(std::move(point));
  }
  return absl::OkStatus();
}

}  // namespace bedside
